package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.Puppet.RESULT;
import static dev.sluice.abi.hostcall.Puppet.RESULT_SIZE;
import static dev.sluice.abi.hostcall.Puppet.args;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.engine.FunctionLink;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WasiCallsTest {
    private static final int VECTORS = 512;
    private final Puppet guest = new Puppet();

    @Test
    void turnsOutputIntoLogLines() {
        guest.insideRoot(() -> {
            assertThat(write(1, "hello\n", "")).containsExactly(0);
            assertThat(write(2, "two ", "parts")).containsExactly(0);
            assertThat(write(3, "x", "")).containsExactly(8);
        });

        assertThat(guest.host.lines).containsExactly("INFO hello", "ERROR two parts");
        assertThat(guest.word(RESULT)).isEqualTo(9);
    }

    @Test
    void joinsPiecesOfALineUntilItOrTheCallbackEnds() {
        guest.insideRoot(() -> {
            write(2, "goroutine ", "");
            write(1, "out\n", "");
            write(2, "1 [running]:\n", "");
            write(2, "rest", "");
            assertThat(guest.host.lines)
                    .containsExactly("INFO out", "ERROR goroutine 1 [running]:");
        });

        assertThat(guest.host.lines).endsWith("ERROR rest").hasSize(3);
    }

    @Test
    void givesTheEnvironmentItWasConfiguredWith() {
        guest.insideRoot(() -> {
            guest.calls.wasi.environmentSizes(args(RESULT, RESULT_SIZE));
            assertThat(guest.word(RESULT)).isEqualTo(1);
            assertThat(guest.word(RESULT_SIZE)).isEqualTo(12);
            guest.calls.wasi.environment(args(RESULT, 600));
            guest.word(RESULT_SIZE, 12);
        });

        assertThat(guest.given()).isEqualTo("COLOUR=blue\0");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,0", "2,58", "-1,58"})
    void knowsTwoClocks(long clock, long errno) {
        assertThat(guest.calls.wasi.time(args(clock, 0, RESULT))).containsExactly(errno);
        assertThat(guest.calls.wasi.resolution(args(clock, RESULT))).containsExactly(errno);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "32,0", "65537,28", "4294967295,28", "65536,21"})
    void givesRandomnessUpToALimit(long size, long errno) {
        assertThat(guest.calls.wasi.random(args(RESULT, size))).containsExactly(errno);
    }

    @Test
    void givesRandomnessThatIsNotZero() {
        guest.calls.wasi.random(args(RESULT, 16));

        assertThat(guest.word(RESULT) | guest.word(RESULT + 4) | guest.word(RESULT + 8))
                .isNotZero();
    }

    @Test
    void pollsWithoutWaiting() {
        guest.word(RESULT, 9);

        assertThat(guest.calls.wasi.poll(args(0, 0, 1, RESULT))).containsExactly(0);

        assertThat(guest.word(RESULT)).isZero();
    }

    @Test
    void endsTheVmOnExit() {
        guest.script =
                (callback, argument) -> {
                    guest.calls.wasi.exit(args(3));
                    return 0;
                };

        guest.plugin.tick();

        GuestFailure failure = guest.contexts.failure();
        assertThat(failure.kind()).isEqualTo(GuestFailure.Kind.EXIT);
        assertThat(failure.message()).isEqualTo("proc_exit(3)");
        assertThat(failure.callback()).isEqualTo("proxy_on_tick");
    }

    @ParameterizedTest
    @CsvSource({
        "path_open,44",
        "path_link,58",
        "sock_send,58",
        "fd_prestat_get,8",
        "fd_read,52",
        "sched_yield,0",
        "args_get,0",
        "proc_raise,58"
    })
    void answersWhatItDoesNotHave(String name, long errno) {
        HostCall call =
                WasiTable.ALL.stream().filter(each -> each.name().equals(name)).findAny().get();

        assertThat(call.binding().apply(guest.calls).call(args())).containsExactly(errno);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wasi_snapshot_preview1", "wasi_unstable"})
    void linksEveryFunctionUnderBothNames(String module) {
        List<FunctionLink> links =
                WasiTable.ALL.stream()
                        .map(each -> new FunctionLink(module, each.name(), each.type(), 0))
                        .toList();

        ImportLinker linker = new ImportLinker(links);

        assertThat(links).hasSize(46);
        assertThat(linker.refused()).isEmpty();
        assertThat(linker.unimplemented()).isEmpty();
    }

    private long[] write(int fd, String first, String second) {
        guest.word(VECTORS, guest.put(first));
        guest.word(VECTORS + 4, first.length());
        guest.word(VECTORS + 8, guest.put(second));
        guest.word(VECTORS + 12, second.length());
        return guest.calls.wasi.write(args(fd, VECTORS, 2, RESULT));
    }
}
