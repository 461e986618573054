package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.Puppet.RESULT;
import static dev.sluice.abi.hostcall.Puppet.RESULT_SIZE;
import static dev.sluice.abi.hostcall.Puppet.args;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.PairList;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.spi.HttpCall;
import dev.sluice.abi.testing.FakeBody;
import dev.sluice.abi.testing.FakeHeaders;
import dev.sluice.abi.testing.FakeStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpCallsTest {
    private static final int TOKEN = 28;
    private final Puppet guest = new Puppet();
    private final FakeStream stream = new FakeStream();

    @Test
    void dispatchesAfterTheCallbackWithTokensCountingByFour() {
        guest.inside(
                stream,
                () -> {
                    assertThat(call("auth", head(), "body", 250)).containsExactly(0);
                    assertThat(guest.word(TOKEN)).isEqualTo(4);
                    assertThat(call("auth", head(), "", 0)).containsExactly(0);
                    assertThat(guest.word(TOKEN)).isEqualTo(8);
                    assertThat(guest.host.calls).isEmpty();
                });

        HttpCall first = guest.host.calls.getFirst();
        assertThat(first.token()).isEqualTo(4);
        assertThat(first.origin()).isSameAs(stream);
        assertThat(first.upstream()).isEqualTo("auth");
        assertThat(new String(first.body(), StandardCharsets.UTF_8)).isEqualTo("body");
        assertThat(first.timeoutMillis()).isEqualTo(250);
        assertThat(names(first.headers())).containsExactly(":method", ":path", ":authority");
        assertThat(guest.host.calls).hasSize(2);
        assertThat(guest.contexts.outstandingCalls()).isEqualTo(2);
    }

    @Test
    void refusesWhatCannotBeSent() {
        String noPath = "\1\0\0\0\7\0\0\0\3\0\0\0:method\0GET\0";

        guest.inside(
                stream,
                () -> {
                    assertThat(call("nobody", head(), "", 0)).containsExactly(2);
                    assertThat(call("auth", head(), "", -1)).containsExactly(2);
                    assertThat(call("auth", noPath, "", 0)).containsExactly(2);
                    assertThat(call("auth", "", "", 0)).containsExactly(2);
                    assertThat(guest.word(TOKEN)).isZero();
                });

        assertThat(guest.host.calls).isEmpty();
    }

    @Test
    void takesHostForAuthority() {
        String head =
                "\3\0\0\0\7\0\0\0\1\0\0\0\5\0\0\0\1\0\0\0\4\0\0\0\1\0\0\0"
                        + ":method\0G\0:path\0/\0host\0h\0";

        guest.inside(stream, () -> assertThat(call("auth", head, "", 0)).containsExactly(0));

        PairList sent = guest.host.calls.getFirst().headers();
        assertThat(names(sent)).containsExactly(":method", ":path", ":authority");
    }

    @Test
    void limitsTheCallsOfAStreamAndOfTheVm() {
        VmLimits limits =
                new VmLimits(
                        1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(1), 1_000_000, 2, 3);
        Puppet limited = new Puppet(AbiVersion.V0_2_1, limits);
        List<Long> statuses = new ArrayList<>();
        Runnable two =
                () -> {
                    statuses.add(call(limited, "auth", head(), "", 0)[0]);
                    statuses.add(call(limited, "auth", head(), "", 0)[0]);
                    statuses.add(call(limited, "auth", head(), "", 0)[0]);
                };

        limited.inside(stream, two);
        limited.inside(new FakeStream(), two);

        assertThat(statuses).containsExactly(0L, 0L, 10L, 0L, 10L, 10L);
    }

    @Test
    void lendsTheAnswerToTheCallbackOnly() {
        guest.inside(stream, () -> call("auth", head(), "", 0));
        List<String> seen = new ArrayList<>();
        guest.script =
                (callback, argument) -> {
                    if (callback == 8) {
                        seen.add("headers " + argument);
                        guest.calls.headers.value(
                                args(6, guest.put(":status"), 7, RESULT, RESULT_SIZE));
                        seen.add(guest.given());
                        guest.calls.buffers.bytes(args(4, 0, 99, RESULT, RESULT_SIZE));
                        seen.add(guest.given());
                        seen.add("set " + guest.calls.headers.remove(args(6, 0, 0))[0]);
                        seen.add("set " + guest.calls.buffers.setBytes(args(4, 0, 0, 0, 0))[0]);
                    }
                    return 0;
                };

        guest.plugin.onHttpCallResponse(
                4, FakeHeaders.of(":status", "200", "a", "b"), new FakeBody("yes"), null);
        guest.insideRoot(
                () -> seen.add("after " + guest.calls.buffers.bytes(args(4, 0, 9, 16, 20))[0]));

        assertThat(seen).containsExactly("headers 2", "200", "yes", "set 2", "set 2", "after 1");
        assertThat(guest.contexts.outstandingCalls()).isZero();
    }

    @Test
    void tellsOfABrokenCallWithZerosAndStatusReset() {
        guest.inside(stream, () -> call("auth", head(), "", 0));
        List<String> seen = new ArrayList<>();
        guest.script =
                (callback, argument) -> {
                    if (callback == 8) {
                        guest.calls.context.status(args(RESULT + 8, RESULT, RESULT_SIZE));
                        seen.add(argument + " " + guest.word(RESULT + 8) + guest.given());
                    }
                    return 0;
                };

        guest.plugin.onHttpCallResponse(4, null, null, null);
        guest.insideRoot(() -> {
            guest.calls.context.status(args(RESULT + 8, RESULT, RESULT_SIZE));
            seen.add("after " + guest.word(RESULT + 8) + guest.given());
        });

        assertThat(seen).containsExactly("0 11reset", "after 11");
    }

    @Test
    void ignoresAnswersToTokensThatAreNotOut() {
        guest.inside(stream, () -> call("auth", head(), "", 0));
        guest.plugin.onHttpCallResponse(4, null, null, null);
        int before = guest.callbacks.size();

        guest.plugin.onHttpCallResponse(4, null, null, null);
        guest.plugin.onHttpCallResponse(1000, null, null, null);

        assertThat(guest.callbacks).hasSize(before);
    }

    private long[] call(String upstream, String headers, String body, int timeout) {
        return call(guest, upstream, headers, body, timeout);
    }

    private static long[] call(
            Puppet guest, String upstream, String headers, String body, int timeout) {
        return guest.calls.http.call(
                args(
                        guest.put(upstream),
                        upstream.length(),
                        guest.put(headers),
                        headers.length(),
                        guest.put(body),
                        body.length(),
                        0,
                        0,
                        timeout,
                        TOKEN));
    }

    private static String head() {
        return "\3\0\0\0\7\0\0\0\3\0\0\0\5\0\0\0\1\0\0\0\12\0\0\0\1\0\0\0"
                + ":method\0GET\0:path\0/\0:authority\0h\0";
    }

    private static List<String> names(PairList pairs) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            names.add(
                    new String(
                            pairs.bytes(),
                            pairs.nameOffset(i),
                            pairs.nameLength(i),
                            StandardCharsets.UTF_8));
        }
        return names;
    }
}
