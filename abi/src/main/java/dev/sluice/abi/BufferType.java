package dev.sluice.abi;

/// Which buffer a host call means, `proxy_buffer_type_t`. The wire code is the ordinal.
public enum BufferType {
    HTTP_REQUEST_BODY,
    HTTP_RESPONSE_BODY,
    DOWNSTREAM_DATA,
    UPSTREAM_DATA,
    HTTP_CALL_RESPONSE_BODY,
    GRPC_RECEIVE_BUFFER,
    VM_CONFIGURATION,
    PLUGIN_CONFIGURATION,
    CALL_DATA
}
