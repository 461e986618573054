package dev.sluice.abi.context;

import dev.sluice.abi.FilterAction;
import dev.sluice.abi.callback.Callback;
import dev.sluice.abi.spi.HttpStream;

/// One plugin's view of one HTTP exchange.
///
/// The guest learns of it right before its first callback. A callback that the module does not
/// export answers `CONTINUE`; once the VM has failed every callback answers `FAILED`.
///
/// Thread: the VM's.
public final class StreamContext implements GuestContext {
    final int id;
    final PluginContext plugin;
    final HttpStream host;
    int outstandingCalls;
    boolean replied;
    boolean logging;
    private final GuestContexts contexts;
    private boolean created;
    private boolean closed;
    private int result;

    StreamContext(GuestContexts contexts, int id, PluginContext plugin, HttpStream host) {
        this.contexts = contexts;
        this.id = id;
        this.plugin = plugin;
        this.host = host;
    }

    /// `proxy_on_request_headers`.
    ///
    /// @param count number of entries in the map
    public FilterAction onRequestHeaders(int count, boolean endOfStream) {
        return headers(Callback.REQUEST_HEADERS, count, endOfStream);
    }

    /// `proxy_on_request_body`.
    ///
    /// @param size bytes that the guest can see now
    public FilterAction onRequestBody(int size, boolean endOfStream) {
        return data(Callback.REQUEST_BODY, size, endOfStream);
    }

    /// `proxy_on_request_trailers`.
    ///
    /// @param count number of entries in the map
    public FilterAction onRequestTrailers(int count) {
        return trailers(Callback.REQUEST_TRAILERS, count);
    }

    /// `proxy_on_response_headers`.
    ///
    /// @param count number of entries in the map
    public FilterAction onResponseHeaders(int count, boolean endOfStream) {
        return headers(Callback.RESPONSE_HEADERS, count, endOfStream);
    }

    /// `proxy_on_response_body`.
    ///
    /// @param size bytes that the guest can see now
    public FilterAction onResponseBody(int size, boolean endOfStream) {
        return data(Callback.RESPONSE_BODY, size, endOfStream);
    }

    /// `proxy_on_response_trailers`.
    ///
    /// @param count number of entries in the map
    public FilterAction onResponseTrailers(int count) {
        return trailers(Callback.RESPONSE_TRAILERS, count);
    }

    /// Whether the module exports `proxy_on_request_headers`. Call [#onRequestHeaders] in any case:
    /// it is how a module that only logs learns of the stream.
    public boolean hasRequestHeaders() {
        return contexts.callbacks().has(Callback.REQUEST_HEADERS);
    }

    /// Whether the module exports `proxy_on_request_body`.
    public boolean hasRequestBody() {
        return contexts.callbacks().has(Callback.REQUEST_BODY);
    }

    /// Whether the module exports `proxy_on_request_trailers`.
    public boolean hasRequestTrailers() {
        return contexts.callbacks().has(Callback.REQUEST_TRAILERS);
    }

    /// Whether the module exports `proxy_on_response_headers`.
    public boolean hasResponseHeaders() {
        return contexts.callbacks().has(Callback.RESPONSE_HEADERS);
    }

    /// Whether the module exports `proxy_on_response_body`.
    public boolean hasResponseBody() {
        return contexts.callbacks().has(Callback.RESPONSE_BODY);
    }

    /// Whether the module exports `proxy_on_response_trailers`.
    public boolean hasResponseTrailers() {
        return contexts.callbacks().has(Callback.RESPONSE_TRAILERS);
    }

    /// How many HTTP calls of this stream have not been answered.
    public int outstandingCalls() {
        return outstandingCalls;
    }

    /// Ends the context: `proxy_on_log`, `proxy_on_done`, `proxy_on_delete`, if the guest ever
    /// learned of it. Again is no error.
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (created && wantsEnd() && contexts.enter(plugin, this, Callback.LOG)) {
            try {
                end();
            } catch (RuntimeException | Error e) {
                contexts.thrown(e);
            }
            contexts.forget(this);
            contexts.leave();
        } else {
            contexts.forget(this);
        }
    }

    private FilterAction headers(Callback callback, int count, boolean endOfStream) {
        if (!call(callback, count, endOfStream ? 1 : 0)) {
            return FilterAction.FAILED;
        }
        if (replied) {
            return FilterAction.STOP_ALL;
        }
        return switch (result) {
            case 0, 2 -> FilterAction.CONTINUE;
            case 1 ->
                    contexts.headersStopAlone()
                            ? FilterAction.STOP_ITERATION
                            : FilterAction.STOP_ALL;
            default -> FilterAction.STOP_ALL;
        };
    }

    private FilterAction data(Callback callback, int size, boolean endOfStream) {
        if (!call(callback, size, endOfStream ? 1 : 0)) {
            return FilterAction.FAILED;
        }
        if (replied) {
            return FilterAction.BUFFER;
        }
        return switch (result) {
            case 0 -> FilterAction.CONTINUE;
            case 1 -> FilterAction.BUFFER;
            case 2 -> FilterAction.WATERMARK;
            default -> FilterAction.DROP;
        };
    }

    private FilterAction trailers(Callback callback, int count) {
        if (!call(callback, count, 0)) {
            return FilterAction.FAILED;
        }
        return result == 0 && !replied ? FilterAction.CONTINUE : FilterAction.STOP_ALL;
    }

    private boolean call(Callback callback, int first, int second) {
        if (closed) {
            throw new IllegalStateException(callback.exportName() + " after close");
        }
        result = 0;
        replied = false;
        boolean exported = contexts.callbacks().has(callback);
        if (!exported && (created || !contexts.callbacks().has(Callback.CONTEXT_CREATE))) {
            created = true;
            return contexts.usable();
        }
        if (!contexts.enter(plugin, this, callback)) {
            return false;
        }
        try {
            if (!created) {
                create();
                contexts.run(callback);
            }
            if (exported) {
                result =
                        contexts.callbacks()
                                .call(
                                        callback,
                                        /* first= */ id,
                                        /* second= */ first,
                                        /* third= */ second);
            }
        } catch (RuntimeException | Error e) {
            contexts.thrown(e);
        }
        return contexts.leave();
    }

    private void create() {
        created = true;
        if (contexts.callbacks().has(Callback.CONTEXT_CREATE)) {
            contexts.run(Callback.CONTEXT_CREATE);
            contexts.callbacks().call(Callback.CONTEXT_CREATE, id, plugin.id);
        }
    }

    private boolean wantsEnd() {
        return contexts.callbacks().has(Callback.LOG)
                || contexts.callbacks().has(Callback.DONE)
                || contexts.callbacks().has(Callback.DELETE);
    }

    private void end() {
        if (contexts.callbacks().has(Callback.LOG)) {
            logging = true;
            contexts.callbacks().call(Callback.LOG, id);
            logging = false;
        }
        if (contexts.callbacks().has(Callback.DONE)) {
            contexts.run(Callback.DONE);
            contexts.callbacks().call(Callback.DONE, id);
        }
        if (contexts.callbacks().has(Callback.DELETE)) {
            contexts.run(Callback.DELETE);
            contexts.callbacks().call(Callback.DELETE, id);
        }
    }
}
