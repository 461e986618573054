package dev.sluice.abi.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.FilterAction;
import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.GuestFailure.Kind;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.testing.FakeStream;
import dev.sluice.abi.testing.TestVm;
import dev.sluice.abi.testing.TestWatchdog;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestFailureTest {
    private static final int LOOP = 4;

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    0, TRAP,           Trapped on unreachable instruction
                    1, TRAP,           integer divide by zero
                    2, TRAP,           out of bounds memory access: 4 bytes at 0xfffd of 65536
                    3, STACK_OVERFLOW, call stack exhausted
                    5, EXIT,           proc_exit(7)
                    6, HOST_CALLS,     host calls in one callback: over 10000
                    7, TRAP,           uninitialized element 1
                    8, TRAP,           abort: no at (none):3:4
                    """)
    void isNamedForWhatHappened(int which, Kind kind, String message) {
        TestVm vm = TestVm.wat("failing").started();
        FakeStream stream = new FakeStream();

        FilterAction action = vm.stream(stream).onRequestBody(which, true);

        assertThat(action).isEqualTo(FilterAction.FAILED);
        GuestFailure failure = vm.vm.failure();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).isEqualTo(message);
        assertThat(failure.callback()).isEqualTo("proxy_on_request_body");
        assertThat(failure.backtrace()).isNotEmpty();
    }

    @Test
    void discardsTheEffectsOfTheFailedCallbackButNotItsLogLines() {
        TestVm vm = TestVm.wat("failing").started();
        FakeStream stream = new FakeStream();

        vm.stream(stream).onRequestBody(0, true);

        assertThat(stream.effects).isEmpty();
        assertThat(vm.host.lines).containsExactly("INFO before");
    }

    @Test
    void keepsTheVmFromBeingEnteredAgain() {
        TestVm vm = TestVm.wat("failing").started();
        var victim = vm.stream(new FakeStream());
        victim.onRequestHeaders(0, false);
        vm.stream(new FakeStream()).onRequestBody(0, true);

        assertThat(victim.onRequestHeaders(0, false)).isEqualTo(FilterAction.FAILED);
        assertThat(victim.onRequestBody(99, true)).isEqualTo(FilterAction.FAILED);
        assertThat(victim.onResponseHeaders(0, true)).isEqualTo(FilterAction.FAILED);
        victim.close();
        vm.plugin.tick();
        assertThat(vm.plugin.shutDown()).isTrue();
        assertThat(vm.host.lines).hasSize(1);
    }

    @Test
    void isTheEndOfAnEndlessLoopWithinItsBudget() {
        VmLimits limits =
                new VmLimits(
                        1 << 20, Duration.ofMillis(20), Duration.ofSeconds(10), 10_000, 16, 100);
        TestVm vm = TestVm.wat("failing", limits).started();

        try (var _ = new TestWatchdog(vm.slot)) {
            FilterAction action = vm.stream(new FakeStream()).onRequestBody(LOOP, true);

            assertThat(action).isEqualTo(FilterAction.FAILED);
        }
        assertThat(vm.vm.failure().kind()).isEqualTo(Kind.BUDGET);
        assertThat(vm.vm.failure().message()).isEqualTo("CPU budget used up");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void isTheEndOfAGuestThatGrowsForHalfTheBudgetOfACallback() {
        VmLimits limits =
                new VmLimits(1 << 20, Duration.ofNanos(4), Duration.ofSeconds(10), 10_000, 16, 100);
        TestVm vm = TestVm.wat("growing-pages", limits).started();
        int nanos = 2;

        assertThat(vm.stream(new FakeStream()).onRequestHeaders(nanos, false))
                .isEqualTo(FilterAction.CONTINUE);
        assertThat(vm.stream(new FakeStream()).onRequestHeaders(nanos, false))
                .isEqualTo(FilterAction.CONTINUE);
        assertThat(vm.stream(new FakeStream()).onRequestHeaders(nanos + 1, false))
                .isEqualTo(FilterAction.FAILED);

        assertThat(vm.vm.failure().kind()).isEqualTo(Kind.BUDGET);
        assertThat(vm.vm.failure().message())
                .isEqualTo("CPU budget used up growing memory beyond 458752 bytes");
    }

    @Test
    void tellsAnInterruptFromOutside() {
        TestVm vm = TestVm.wat("failing").started();
        var stream = vm.stream(new FakeStream());
        Thread.currentThread().interrupt();

        FilterAction action = stream.onRequestBody(LOOP, true);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(action).isEqualTo(FilterAction.FAILED);
        assertThat(vm.vm.failure().kind()).isEqualTo(Kind.HOST);
    }

    @Test
    void isOfTheHostWhenAnImplementationThrows() {
        TestVm vm = TestVm.wat("allocating").started();
        vm.host.properties.clear();
        vm.host.level = null;

        vm.plugin.tick();

        assertThat(vm.vm.failure().kind()).isEqualTo(Kind.HOST);
        assertThat(vm.vm.failure().message()).startsWith("proxy_log: ");
    }
}
