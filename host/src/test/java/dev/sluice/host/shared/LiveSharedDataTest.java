package dev.sluice.host.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.ProxyStatus;
import org.junit.jupiter.api.Test;

class LiveSharedDataTest {
    private static final int MEBIBYTE = 1 << 20;

    private final LiveSharedData data = new LiveSharedData();

    @Test
    void holdsSixteenMebibytesAndNoMore() {
        for (int i = 0; i < 15; i++) {
            assertThat(data.set("k" + i, new byte[MEBIBYTE], 0)).isEqualTo(ProxyStatus.OK);
        }
        byte[] before = data.get("k0").value();

        assertThat(data.set("more", new byte[MEBIBYTE], 0)).isEqualTo(ProxyStatus.INTERNAL_FAILURE);
        assertThat(data.set("k0", new byte[3 * MEBIBYTE], 0))
                .isEqualTo(ProxyStatus.INTERNAL_FAILURE);
        assertThat(data.get("more")).isNull();
        assertThat(data.get("k0").value()).isSameAs(before);
    }

    @Test
    void aSmallerValueMakesRoom() {
        data.set("a", new byte[15 * MEBIBYTE], 0);
        assertThat(data.set("a", new byte[1], 0)).isEqualTo(ProxyStatus.OK);
        assertThat(data.set("b", new byte[15 * MEBIBYTE], 0)).isEqualTo(ProxyStatus.OK);
    }
}
