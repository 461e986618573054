package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.Puppet.args;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.testing.FakeStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamCallsTest {
    private final Puppet guest = new Puppet();
    private final FakeStream stream = new FakeStream();

    @Test
    void stagesEffectsInTheirOrder() {
        guest.inside(
                stream,
                () -> {
                    guest.calls.streams.resume(args(1));
                    guest.calls.streams.resume(args(0));
                    guest.calls.streams.close(args(0));
                    guest.calls.streams.resumeRequest(args());
                    guest.calls.streams.resumeResponse(args());
                    assertThat(stream.effects).isEmpty();
                });

        assertThat(stream.effects)
                .containsExactly(
                        "resume response",
                        "resume request",
                        "reset",
                        "resume request",
                        "resume response");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,0", "2,12", "3,12", "4,2", "-1,2"})
    void answersByStreamType(long type, long status) {
        guest.inside(
                stream,
                () -> {
                    assertThat(guest.calls.streams.resume(args(type))).containsExactly(status);
                    assertThat(guest.calls.streams.close(args(type))).containsExactly(status);
                });
    }

    @Test
    void answersInTheUpstreamsPlace() {
        String headers = "\1\0\0\0\1\0\0\0\1\0\0\0a\0b\0";
        guest.inside(
                stream,
                () ->
                        assertThat(
                                        guest.calls.streams.sendLocalResponse(
                                                args(
                                                        403,
                                                        guest.put("not your day"),
                                                        12,
                                                        guest.put("body"),
                                                        4,
                                                        guest.put(headers),
                                                        headers.length(),
                                                        -1)))
                                .containsExactly(0));

        LocalResponse reply = stream.replies.getFirst();
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.details()).isEqualTo("not_your_day");
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("body");
        assertThat(reply.headers().size()).isEqualTo(1);
        assertThat(reply.grpcStatus()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "16,16", "17,-1", "-1,-1", "4294967295,-1"})
    void keepsOnlyRealGrpcStatuses(long given, int kept) {
        guest.inside(
                stream,
                () -> guest.calls.streams.sendLocalResponse(args(200, 0, 0, 0, 0, 0, 0, given)));

        assertThat(stream.replies.getFirst().grpcStatus()).isEqualTo(kept);
    }

    @Test
    void doesNothingInARootContext() {
        guest.insideRoot(() -> {
            assertThat(guest.calls.streams.sendLocalResponse(args(200, 0, 0, 0, 0, 0, 0, -1)))
                    .containsExactly(0);
            assertThat(guest.calls.streams.resume(args(0))).containsExactly(0);
        });

        assertThat(stream.effects).isEmpty();
    }
}
