package dev.sluice.abi.hostcall;

import dev.sluice.abi.PairList;
import dev.sluice.abi.context.EffectiveContext;
import dev.sluice.abi.spi.PluginHost;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Calls to upstreams.
///
/// Thread: the VM's.
final class HttpCalls {
    private final EffectiveContext context;
    private final GuestMemory memory;

    HttpCalls(EffectiveContext context, GuestMemory memory) {
        this.context = context;
        this.memory = memory;
    }

    /// `proxy_http_call(upstream, upstreamSize, headers, headersSize, body, bodySize, trailers,
    /// trailersSize, timeoutMillis, returnToken)`: sends a request after the guest has returned.
    ///
    /// Returns `BAD_ARGUMENT` when the timeout is negative, the upstream unknown, or `:method`,
    /// `:path` or `:authority` missing; `INTERNAL_FAILURE` when too many calls are outstanding, or
    /// more than 16 MiB of their bodies; `INVALID_MEMORY_ACCESS` when an address is out of bounds.
    long[] call(long[] arguments) {
        byte[] bytes = memory.array();
        int upstream = GuestMemory.at(bytes, arguments[0], arguments[1]);
        int headers = GuestMemory.at(bytes, arguments[2], arguments[3]);
        int body = GuestMemory.at(bytes, arguments[4], arguments[5]);
        int trailers = GuestMemory.at(bytes, arguments[6], arguments[7]);
        if (upstream < 0
                || headers < 0
                || body < 0
                || trailers < 0
                || GuestMemory.at(bytes, arguments[9], 4) < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        GuestMemory.writeInt(bytes, arguments[9], 0);
        int timeout = (int) arguments[8];
        PluginHost host = context.host();
        String name = new String(bytes, upstream, (int) arguments[1], StandardCharsets.UTF_8);
        if (timeout < 0 || host == null || !host.hasUpstream(context.stream(), name)) {
            return Result.BAD_ARGUMENT;
        }
        PairList pairs = RequestHead.complete(PairList.copy(bytes, headers, (int) arguments[3]));
        if (pairs == null) {
            return Result.BAD_ARGUMENT;
        }
        int token =
                context.call(
                        name,
                        pairs,
                        Arrays.copyOfRange(bytes, body, body + (int) arguments[5]),
                        PairList.copy(bytes, trailers, (int) arguments[7]),
                        timeout);
        if (token == 0) {
            return Result.INTERNAL_FAILURE;
        }
        GuestMemory.writeInt(bytes, arguments[9], token);
        return Result.OK;
    }
}
