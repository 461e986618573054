package dev.sluice.abi.callback;

/// A function that the host calls when the guest exports it.
public enum Callback {
    INITIALIZE("_initialize", ":"),
    START("_start", ":"),
    MAIN("main", "ii:i"),
    MAIN_VOID("__main_void", ":i"),
    MEMORY_ALLOCATE("proxy_on_memory_allocate", "i:i"),
    MALLOC("malloc", "i:i"),
    CONTEXT_CREATE("proxy_on_context_create", "ii:"),
    VM_START("proxy_on_vm_start", "ii:i"),
    CONFIGURE("proxy_on_configure", "ii:i"),
    TICK("proxy_on_tick", "i:"),
    REQUEST_HEADERS("proxy_on_request_headers", "iii:i"),
    REQUEST_BODY("proxy_on_request_body", "iii:i"),
    REQUEST_TRAILERS("proxy_on_request_trailers", "ii:i"),
    RESPONSE_HEADERS("proxy_on_response_headers", "iii:i"),
    RESPONSE_BODY("proxy_on_response_body", "iii:i"),
    RESPONSE_TRAILERS("proxy_on_response_trailers", "ii:i"),
    HTTP_CALL_RESPONSE("proxy_on_http_call_response", "iiiii:"),
    LOG("proxy_on_log", "i:"),
    DONE("proxy_on_done", "i:i"),
    DELETE("proxy_on_delete", "i:");

    private final String exportName;
    private final String type;

    Callback(String exportName, String type) {
        this.exportName = exportName;
        this.type = type;
    }

    /// The name it is exported under.
    public String exportName() {
        return exportName;
    }

    /// Whether an export of this type can be called.
    boolean accepts(String found) {
        return found.equals(type) || (withoutEndOfStream() && found.equals("ii:i"));
    }

    /// How messages name the type.
    String expectedType() {
        return withoutEndOfStream() ? type + " or ii:i" : type;
    }

    /// ABI 0.1.0 calls the header callbacks without the end-of-stream flag.
    private boolean withoutEndOfStream() {
        return this == REQUEST_HEADERS || this == RESPONSE_HEADERS;
    }
}
