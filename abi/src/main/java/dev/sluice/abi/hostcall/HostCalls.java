package dev.sluice.abi.hostcall;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.callback.GuestCallbacks;
import dev.sluice.abi.context.EffectiveContext;
import dev.sluice.abi.engine.GuestInstance;
import dev.sluice.abi.engine.HostGate;
import dev.sluice.abi.spi.Clock;
import java.util.Map;

/// The chapters of host calls, made for one VM.
///
/// Thread: the VM's.
public final class HostCalls {
    final LogCalls log;
    final TimerCalls timer;
    final ContextCalls context;
    final HeaderCalls headers;
    final BufferCalls buffers;
    final StreamCalls streams;
    final HttpCalls http;
    final PropertyCalls properties;
    final SharedDataCalls sharedData;
    final ForeignCalls foreign;
    final RuntimeCalls runtime;
    final WasiCalls wasi;

    /// @param version decides what an absent header is
    /// @param environment what the guest sees as its environment
    public HostCalls(
            GuestInstance instance,
            GuestCallbacks callbacks,
            EffectiveContext effective,
            HostGate gate,
            Clock clock,
            AbiVersion version,
            Map<String, String> environment) {
        GuestMemory memory = new GuestMemory(instance, callbacks, gate);
        log = new LogCalls(effective, memory);
        timer = new TimerCalls(effective, memory, clock);
        context = new ContextCalls(effective, memory);
        headers = new HeaderCalls(effective, memory, version == AbiVersion.V0_1_0);
        buffers = new BufferCalls(effective, memory);
        streams = new StreamCalls(effective, memory);
        http = new HttpCalls(effective, memory);
        properties = new PropertyCalls(effective, memory);
        sharedData = new SharedDataCalls(effective, memory);
        foreign = new ForeignCalls(memory);
        runtime = new RuntimeCalls(memory);
        wasi = new WasiCalls(effective, memory, clock, environment);
    }
}
