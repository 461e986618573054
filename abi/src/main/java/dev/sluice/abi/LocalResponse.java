package dev.sluice.abi;

/// An answer that a guest makes in place of the upstream, `proxy_send_local_response`.
///
/// @param status HTTP status as the guest gave it; the host judges it
/// @param details for the access log; whitespace already replaced by `_`
/// @param headers fields to add; an own copy
/// @param body own copy
/// @param grpcStatus 0 to 16, or -1 for none
@SuppressWarnings("ArrayRecordComponent") // bytes, never compared
public record LocalResponse(
        int status, String details, PairList headers, byte[] body, int grpcStatus) {}
