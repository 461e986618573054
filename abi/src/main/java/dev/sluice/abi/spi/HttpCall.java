package dev.sluice.abi.spi;

import dev.sluice.abi.PairList;
import org.jspecify.annotations.Nullable;

/// An HTTP call that a guest asked for, `proxy_http_call`.
///
/// @param token what the answer is told with
/// @param origin the stream that made it, or null when the root context did
/// @param upstream name of the upstream, known to exist when the guest asked
/// @param headers with `:method`, `:path` and `:authority` present; an own copy
/// @param body own copy
/// @param trailers accepted and, as on Envoy, not sent
/// @param timeoutMillis 0 for none
@SuppressWarnings("ArrayRecordComponent") // bytes, never compared
public record HttpCall(
        int token,
        @Nullable HttpStream origin,
        String upstream,
        PairList headers,
        byte[] body,
        PairList trailers,
        int timeoutMillis) {}
