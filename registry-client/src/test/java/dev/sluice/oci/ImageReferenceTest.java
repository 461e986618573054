package dev.sluice.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {
    private static final String HEX =
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/acme/waf:v1, ghcr.io, acme/waf, v1",
        "ghcr.io/acme/waf, ghcr.io, acme/waf, latest",
        "oci://ghcr.io/acme/waf:v1, ghcr.io, acme/waf, v1",
        "localhost/waf:v1, localhost, waf, v1",
        "127.0.0.1:5000/a/b/c:1.0-rc_1, 127.0.0.1:5000, a/b/c, 1.0-rc_1",
        "[::1]:5000/waf:v1, [::1]:5000, waf, v1",
        "registry:5000/my__repo/a-b.c:V1, registry:5000, my__repo/a-b.c, V1",
    })
    void readsHostRepositoryAndTag(String text, String registry, String repository, String tag) {
        assertThat(ImageReference.parse(text))
                .isEqualTo(new ImageReference(registry, repository, tag, null));
    }

    @Test
    void pinnedReferenceNeedsNoTag() {
        var reference = ImageReference.parse("ghcr.io/acme/waf@sha256:" + HEX);

        assertThat(reference)
                .isEqualTo(new ImageReference("ghcr.io", "acme/waf", null, new Digest(HEX)));
    }

    @Test
    void digestDecidesWhereTagAndDigestAreGiven() {
        var reference = ImageReference.parse("ghcr.io/acme/waf:v1@sha256:" + HEX);

        assertThat(reference.manifestName()).isEqualTo("sha256:" + HEX);
        assertThat(reference).hasToString("ghcr.io/acme/waf:v1@sha256:" + HEX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nginx | registry host first",
                "acme/waf:v1 | registry host first",
                "'' | registry host first",
                "/waf | registry host first",
                "a..b/waf:v1 | registry host first",
                "ghcr.io:99999/waf:v1 | registry host first",
                "ghcr.io:0/waf:v1 | registry host first",
                "1.2.3.456/waf:v1 | registry host first",
                "https://ghcr.io/acme/waf | oci:// at most",
                "oci://oci://ghcr.io/waf | oci:// at most",
                "ghcr.io/ | repository",
                "ghcr.io/Acme/waf | repository",
                "ghcr.io/acme//waf | repository",
                "ghcr.io/../waf | repository",
                "ghcr.io/acme/waf: | tag",
                "ghcr.io/acme/waf:a:b | tag",
                "ghcr.io/acme/waf:-v1 | tag",
                "ghcr.io/acme/waf@sha256:12 | digest",
                "ghcr.io/acme/waf@sha512:12 | digest",
                "user@ghcr.io/acme/waf | digest",
                "ghcr.io/acme/waf:v 1 | tag",
            })
    void refusalNamesThePartAtFault(String text, String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessageContaining(part)
                .withMessageContaining("(expected: ");
    }
}
