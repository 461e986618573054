package dev.sluice.abi.hostcall;

import static dev.sluice.abi.BufferType.HTTP_REQUEST_BODY;
import static dev.sluice.abi.hostcall.Puppet.RESULT;
import static dev.sluice.abi.hostcall.Puppet.RESULT_SIZE;
import static dev.sluice.abi.hostcall.Puppet.args;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.testing.FakeBody;
import dev.sluice.abi.testing.FakeStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BufferCallsTest {
    private final Puppet guest = new Puppet();
    private final FakeStream stream = new FakeStream();
    private final FakeBody body = new FakeBody("0123456789");

    BufferCallsTest() {
        stream.bodies.put(HTTP_REQUEST_BODY, body);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            textBlock =
                    """
                    0,          10,         0123456789
                    2,          3,          234
                    8,          4294967295, 89
                    0,          -1,         0123456789
                    10,         5,          ''
                    4294967295, 4294967295, ''
                    3,          0,          ''
                    """)
    void givesThePartThatIsThere(long start, long size, String expected) {
        guest.inside(stream, () -> assertThat(bytes(0, start, size)).containsExactly(0));

        assertThat(guest.given()).isEqualTo(expected);
        assertThat(guest.allocations()).isEqualTo(expected.isEmpty() ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,1", "4,1", "5,1", "7,1", "8,1", "9,2", "-1,2"})
    void answersForBuffersThatAreNotThere(int type, long status) {
        guest.inside(stream, () -> assertThat(bytes(type, 0, 10)).containsExactly(status));
    }

    @Test
    void givesTheVmConfigurationAnywhereAndThePluginsWhileItIsConfigured() {
        List<String> seen = new ArrayList<>();
        guest.script =
                (callback, argument) -> {
                    if (callback != 99) {
                        seen.add(callback + " " + bytes(6, 0, 100)[0] + guest.given());
                        seen.add(callback + " " + bytes(7, 0, 100)[0] + guest.given());
                    }
                    return 1;
                };

        guest.plugin.start();

        assertThat(seen)
                .containsExactly(
                        "1 0vm-conf",
                        "1 0conf",
                        "2 0vm-conf",
                        "2 1vm-conf",
                        "3 0vm-conf",
                        "3 0conf");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    0,          0,          XYZ, XYZ0123456789
                    0,          4294967295, XYZ, XYZ
                    0,          4,          XYZ, XYZ456789
                    0,          4294967295, '',  ''
                    10,         0,          XYZ, 0123456789XYZ
                    4294967295, 0,          XYZ, 0123456789XYZ
                    """)
    void editsTheBodyAtItsEnds(long start, long size, String text, String expected) {
        int at = guest.put(text);

        guest.inside(
                stream,
                () ->
                        assertThat(
                                        guest.calls.buffers.setBytes(
                                                args(0, start, size, at, text.length())))
                                .containsExactly(0));

        assertThat(body.text()).isEqualTo(expected);
    }

    @Test
    void refusesEditsInTheMiddleAndOfConfigurations() {
        guest.inside(
                stream,
                () -> {
                    assertThat(guest.calls.buffers.setBytes(args(0, 3, 2, 0, 0)))
                            .containsExactly(2);
                    assertThat(guest.calls.buffers.setBytes(args(6, 0, 0, 0, 0)))
                            .containsExactly(2);
                    assertThat(guest.calls.buffers.setBytes(args(1, 0, 0, 0, 0)))
                            .containsExactly(1);
                });

        assertThat(body.text()).isEqualTo("0123456789");
    }

    @Test
    void tellsLengthAndNoFlags() {
        guest.word(RESULT_SIZE, 7);

        guest.inside(
                stream,
                () -> {
                    assertThat(guest.calls.buffers.status(args(0, RESULT, RESULT_SIZE)))
                            .containsExactly(0);
                    assertThat(guest.calls.buffers.status(args(1, RESULT, RESULT_SIZE)))
                            .containsExactly(1);
                });

        assertThat(guest.word(RESULT)).isEqualTo(10);
        assertThat(guest.word(RESULT_SIZE)).isZero();
    }

    private long[] bytes(int type, long start, long size) {
        return guest.calls.buffers.bytes(args(type, start, size, RESULT, RESULT_SIZE));
    }
}
