package dev.sluice.abi.context;

import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.spi.HttpCall;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.abi.spi.PluginHost;

/// Something a guest asked for that happens after it has returned.
sealed interface Effect {
    record ResumeRequest(HttpStream stream) implements Effect {}

    record ResumeResponse(HttpStream stream) implements Effect {}

    record Reset(HttpStream stream) implements Effect {}

    record Reply(HttpStream stream, LocalResponse response) implements Effect {}

    record Dispatch(PluginHost host, HttpCall call) implements Effect {}

    record Tick(PluginHost host, int millis) implements Effect {}

    record Delete(PluginContext plugin) implements Effect {}
}
