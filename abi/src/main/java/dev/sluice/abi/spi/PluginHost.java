package dev.sluice.abi.spi;

import dev.sluice.abi.ByteSink;
import dev.sluice.abi.ProxyStatus;
import org.jspecify.annotations.Nullable;

/// The world as one plugin's root context sees it.
///
/// [#log], [#logLevel], [#hasUpstream] and [#property] are asked from inside host calls: no call
/// back into a guest, no I/O. [#dispatch] and [#tickPeriod] are effects, carried out after the
/// guest has returned.
///
/// Thread: the VM's.
public interface PluginHost extends LogSink {
    /// Whether `name` is an upstream that can be called.
    ///
    /// @param origin the stream whose generation decides, or null for the plugin's own
    boolean hasUpstream(@Nullable HttpStream origin, String name);

    /// Starts an HTTP call; its end is told to the plugin context that made it, once, always later.
    void dispatch(HttpCall call);

    /// Calls the plugin's `proxy_on_tick` every `millis` milliseconds from now on; 0 ends it.
    void tickPeriod(int millis);

    /// Writes a property that holds outside any stream, as [HttpStream#property] does.
    ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out);

    /// The shared data of the plugin's VM id.
    SharedData sharedData();
}
