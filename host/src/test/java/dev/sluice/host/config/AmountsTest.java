package dev.sluice.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({"0B, 0", "1023B, 1023", "64KiB, 65536", "1MiB, 1048576", "3GiB, 3221225472"})
    void sizesReadAndWriteAlike(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes)).hasToString(text);
    }

    @Test
    void aSizeOfTwoGibibytesIsNoInt() {
        assertThat(new ByteSize(Integer.MAX_VALUE).toInt()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> ByteSize.mib(2048).toInt())
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"0s, 0", "250ms, 250", "5s, 5000", "1m, 60000", "90s, 90000", "2h, 7200000"})
    void durationsReadAndWriteAlike(String text, long millis) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(DurationText.format(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "5S", "1m30s", "1.5s", "5d", "１s", "+1s"})
    void otherDurationsAreRefused(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"%s\" (expected: a whole number and a unit, ms, s, m or h, such as 250ms)",
                        text);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:80, 10.0.0.1, 80",
        "[2001:DB8::1]:443, 2001:db8::1, 443",
        "localhost:0, localhost, 0",
        "my_service.ns:8080, my_service.ns, 8080"
    })
    void addressesAreReadInLowerCase(String text, String host, int port) {
        assertThat(HostPort.parse(text))
                .isEqualTo(new HostPort(host, port))
                .hasToString(text.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({
        "tiemout, timeout, 1",
        "data_dir, dataDir, 0",
        "upstreem, upstream, 1",
        "listener, listeners, 1",
        "hots, host, 1",
        "host, port, 2"
    })
    void nearnessIgnoresCaseAndSeparators(String left, String right, int distance) {
        assertThat(Nearest.distance(left, right)).isEqualTo(distance);
    }
}
