package dev.sluice.abi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.Profile;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.context.PluginContext;
import dev.sluice.abi.context.PluginSettings;
import dev.sluice.abi.context.StartResult;
import dev.sluice.abi.context.StreamContext;
import dev.sluice.abi.spi.MemoryBudget;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.abi.vm.VmOptions;
import dev.sluice.abi.vm.WasmVm;
import java.util.Map;

/// One plugin in one VM on the current thread, with fakes around it.
public final class TestVm {
    public final GuestSlot slot = new GuestSlot(Thread.currentThread());
    public final FakeHost host = new FakeHost();
    public final WasmVm vm;
    public final PluginContext plugin;

    private TestVm(PluginModule module, VmOptions options, String configuration) {
        vm = new WasmVm(module, options, new FakeClock(), slot, host);
        plugin =
                vm.addPlugin(
                        new PluginSettings("test-plugin", "root", configuration.getBytes(UTF_8)),
                        host);
    }

    public static VmOptions options(VmLimits limits, Profile profile) {
        return new VmOptions(
                "vm-1",
                Map.of("COLOUR", "blue"),
                "vm-conf".getBytes(UTF_8),
                limits,
                profile,
                MemoryBudget.UNLIMITED);
    }

    public static TestVm of(PluginModule module, VmOptions options, String configuration) {
        return new TestVm(module, options, configuration);
    }

    public static TestVm of(PluginModule module, String configuration) {
        return of(module, options(VmLimits.defaults(), Profile.AUTO), configuration);
    }

    /// A VM of the WAT guest `name`, not started.
    public static TestVm wat(String name) {
        return of(Wat.module(name), "conf");
    }

    public static TestVm wat(String name, VmLimits limits) {
        return of(Wat.module(name), options(limits, Profile.AUTO), "conf");
    }

    /// Starts the plugin, which must succeed.
    public TestVm started() {
        StartResult result = plugin.start();
        if (!(result instanceof StartResult.Started)) {
            throw new AssertionError(result.toString());
        }
        return this;
    }

    public StreamContext stream(FakeStream stream) {
        return plugin.openStream(stream);
    }
}
