package dev.sluice.abi;

/// What a host call answers the guest, `proxy_status_t`. The wire code is the ordinal.
public enum ProxyStatus {
    OK,
    NOT_FOUND,
    BAD_ARGUMENT,
    SERIALIZATION_FAILURE,
    PARSE_FAILURE,
    BAD_EXPRESSION,
    INVALID_MEMORY_ACCESS,
    EMPTY,
    CAS_MISMATCH,
    RESULT_MISMATCH,
    INTERNAL_FAILURE,
    BROKEN_CONNECTION,
    UNIMPLEMENTED;

    /// The number on the wire.
    @SuppressWarnings("EnumOrdinal") // declared in wire order
    public int code() {
        return ordinal();
    }
}
