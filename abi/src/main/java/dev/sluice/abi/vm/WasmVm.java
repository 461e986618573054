package dev.sluice.abi.vm;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.GuestFailure.Kind;
import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.Profile;
import dev.sluice.abi.callback.GuestCallbacks;
import dev.sluice.abi.context.GuestContexts;
import dev.sluice.abi.context.PluginContext;
import dev.sluice.abi.context.PluginSettings;
import dev.sluice.abi.context.VmSettings;
import dev.sluice.abi.engine.GuestInstance;
import dev.sluice.abi.engine.HostGate;
import dev.sluice.abi.hostcall.HostCalls;
import dev.sluice.abi.hostcall.Result;
import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.spi.LogSink;
import dev.sluice.abi.spi.PluginHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One instance of a module, with the plugins that run in it.
///
/// A guest that trapped, overran a budget or exited is never entered again: see [#failure].
///
/// Thread: the slot's; [#handOver] moves it to another.
public final class WasmVm implements AutoCloseable {
    private final GuestInstance instance;
    private final GuestContexts contexts;

    /// Builds the instance and runs the module's own initialisation.
    ///
    /// @param slot whose thread this is, until [#handOver]
    /// @param startLog takes what the guest logs before there is a plugin
    /// @throws GuestStartException when the initialisation fails
    public WasmVm(
            PluginModule module, VmOptions options, Clock clock, GuestSlot slot, LogSink startLog) {
        checkMemory(module, options.limits().memoryBytes());
        instance =
                new GuestInstance(
                        module.code(), options.limits().memoryBytes(), options.memory(), clock);
        HostGate gate = new HostGate(Result.INTERNAL_FAILURE);
        GuestCallbacks callbacks = new GuestCallbacks(instance, module.callbacks());
        VmSettings settings =
                new VmSettings(
                        options.vmId(),
                        options.vmConfiguration(),
                        options.limits(),
                        headersStopAlone(options.profile(), module.abiVersion()));
        contexts = new GuestContexts(instance, callbacks, gate, settings, slot, startLog);
        HostCalls calls =
                new HostCalls(
                        instance,
                        callbacks,
                        contexts.effective(),
                        gate,
                        clock,
                        module.abiVersion(),
                        options.environment());
        instance.link(module.linker().bind(calls), gate);
        GuestFailure failure = contexts.initialize();
        if (failure != null) {
            throw new GuestStartException(module.name(), failure);
        }
    }

    /// Adds a plugin; the guest learns of it with [PluginContext#start].
    public PluginContext addPlugin(PluginSettings settings, PluginHost host) {
        return contexts.addPlugin(settings, host);
    }

    /// Names the slot, and with it the thread, that enters the guest from now on. The caller
    /// publishes the VM safely to that thread.
    public void handOver(GuestSlot slot) {
        contexts.handOver(slot);
    }

    /// Why the guest can no longer be entered, or null.
    public @Nullable GuestFailure failure() {
        return contexts.failure();
    }

    /// How big the guest's memory is; nothing after [#close].
    public long memoryBytes() {
        return instance.memory().length;
    }

    /// How many instructions have run interpreted, about 150 times slower: a number that grows
    /// after the start means that one of [PluginModule#interpretedFunctions] is on the request
    /// path.
    public long interpretedInstructions() {
        return instance.interpretedInstructions();
    }

    /// How many streams have a context in it.
    public int contexts() {
        return contexts.streams();
    }

    /// How many HTTP calls have not been answered.
    public int outstandingCalls() {
        return contexts.outstandingCalls();
    }

    /// Drops all contexts, staged effects and the guest's memory, without a call into the guest.
    @Override
    public void close() {
        contexts.close();
        instance.close();
    }

    private static void checkMemory(PluginModule module, long most) {
        long initial = module.code().initialMemoryBytes();
        if (initial > most) {
            String message = "initial memory: %d (expected: at most %d)".formatted(initial, most);
            throw new GuestStartException(
                    module.name(), new GuestFailure(Kind.TRAP, "_initialize", message, List::of));
        }
    }

    private static boolean headersStopAlone(Profile profile, AbiVersion version) {
        return switch (profile) {
            case AUTO -> version == AbiVersion.V0_2_100;
            case HIGRESS -> true;
            case ENVOY, STRICT -> false;
        };
    }
}
