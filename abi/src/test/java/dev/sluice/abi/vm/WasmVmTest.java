package dev.sluice.abi.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.abi.FilterAction;
import dev.sluice.abi.GuestFailure.Kind;
import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.Profile;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.testing.FakeStream;
import dev.sluice.abi.testing.TestVm;
import dev.sluice.abi.testing.Wat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WasmVmTest {
    private static final VmLimits SMALL =
            new VmLimits(200_000, Duration.ofSeconds(1), Duration.ofSeconds(1), 10_000, 16, 100);

    @Test
    void runsTheStartSectionThenInitializeThenMain() {
        TestVm vm = TestVm.wat("start");

        assertThat(vm.host.lines).containsExactly("INFO start", "INFO init", "INFO main");
    }

    @Test
    void failsWhenARestrictedCallIsMadeWhileTheModuleStarts() {
        assertThatThrownBy(() -> TestVm.wat("restricted"))
                .isInstanceOf(GuestStartException.class)
                .hasMessage(
                        "start module restricted: _initialize: proxy_get_property is restricted"
                                + " while the module starts")
                .extracting(each -> ((GuestStartException) each).failure().kind())
                .isEqualTo(Kind.TRAP);
    }

    @Test
    void prefersProxyOnMemoryAllocateAndRefusesCallsInItExceptLogAndWasi() {
        TestVm vm = TestVm.wat("allocating").started();

        vm.plugin.tick();

        assertThat(vm.host.ticks).containsExactly(0, 0, 10, 0, 0);
        assertThat(vm.host.lines).containsExactly("INFO plugin");
    }

    @Test
    void stopsTheMemoryAtItsLimit() {
        TestVm vm = TestVm.wat("growing", SMALL).started();

        vm.plugin.tick();

        assertThat(vm.host.ticks.getFirst()).isEqualTo(3);
        assertThat(vm.vm.memoryBytes()).isEqualTo(3 * 65536);
        assertThat(vm.vm.failure()).isNull();
    }

    @Test
    void refusesAModuleThatBeginsOverItsMemoryLimit() {
        VmLimits tiny = new VmLimits(65535, Duration.ofSeconds(1), Duration.ofSeconds(1), 10, 1, 1);

        assertThatThrownBy(() -> TestVm.wat("growing", tiny))
                .isInstanceOf(GuestStartException.class)
                .hasMessageContaining("initial memory: 65536 (expected: at most 65535)");
    }

    @Test
    void keepsATableThatGrewToItself() {
        PluginModule module = Wat.module("growing");
        TestVm first = TestVm.of(module, TestVm.options(SMALL, Profile.AUTO), "");
        first.plugin.tick();
        first.plugin.tick();

        TestVm second = TestVm.of(module, TestVm.options(SMALL, Profile.AUTO), "");
        second.plugin.tick();

        assertThat(first.host.ticks.get(3)).isEqualTo(14);
        assertThat(second.host.ticks.get(1)).isEqualTo(4);
    }

    @Test
    void isEnteredOnItsThreadOnly() {
        TestVm vm = TestVm.wat("growing").started();
        vm.vm.handOver(new GuestSlot(new Thread("other")));

        assertThatThrownBy(() -> vm.plugin.tick())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("(expected: other)");
    }

    @Test
    void forgetsEverythingWhenClosed() {
        TestVm vm = TestVm.wat("failing").started();
        var stream = vm.stream(new FakeStream());
        assertThat(vm.vm.contexts()).isEqualTo(1);

        vm.vm.close();

        assertThat(stream.onRequestHeaders(0, true)).isEqualTo(FilterAction.FAILED);
        assertThat(vm.vm.contexts()).isZero();
    }

    @Test
    void letsTrafficPassThroughAModuleWithoutCallbacks() {
        PluginModule module = Wat.load("bare", Wat.assemble(Wat.minimal("")));
        TestVm vm = TestVm.of(module, "").started();

        var stream = vm.stream(new FakeStream());

        assertThat(stream.onRequestHeaders(1, false)).isEqualTo(FilterAction.CONTINUE);
        assertThat(stream.onResponseBody(1, true)).isEqualTo(FilterAction.CONTINUE);
        stream.close();
        assertThat(vm.plugin.shutDown()).isTrue();
    }

    @Test
    void takesTheProfileFromTheMarkerUnlessToldOtherwise() {
        byte[] wasm =
                Wat.assemble(
                        Wat.minimal(
                                """
                                (func (export "proxy_abi_version_0_2_100"))
                                (func (export "proxy_on_request_headers") (param i32 i32) (result i32)
                                  (i32.const 1))
                                """));
        PluginModule module = Wat.load("higress", wasm);

        assertThat(action(module, Profile.AUTO)).isEqualTo(FilterAction.STOP_ITERATION);
        assertThat(action(module, Profile.HIGRESS)).isEqualTo(FilterAction.STOP_ITERATION);
        assertThat(action(module, Profile.ENVOY)).isEqualTo(FilterAction.STOP_ALL);
    }

    private static FilterAction action(PluginModule module, Profile profile) {
        TestVm vm = TestVm.of(module, TestVm.options(VmLimits.defaults(), profile), "");
        return vm.started().stream(new FakeStream()).onRequestHeaders(0, true);
    }
}
