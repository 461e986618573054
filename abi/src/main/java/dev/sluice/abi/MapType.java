package dev.sluice.abi;

/// Which header or trailer map a host call means, `proxy_map_type_t`. The wire code is the ordinal.
public enum MapType {
    HTTP_REQUEST_HEADERS,
    HTTP_REQUEST_TRAILERS,
    HTTP_RESPONSE_HEADERS,
    HTTP_RESPONSE_TRAILERS,
    GRPC_RECEIVE_INITIAL_METADATA,
    GRPC_RECEIVE_TRAILING_METADATA,
    HTTP_CALL_RESPONSE_HEADERS,
    HTTP_CALL_RESPONSE_TRAILERS
}
