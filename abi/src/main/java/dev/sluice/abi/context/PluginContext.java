package dev.sluice.abi.context;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.callback.Callback;
import dev.sluice.abi.spi.BodyBuffer;
import dev.sluice.abi.spi.HeaderMap;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.abi.spi.PluginHost;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One configured plugin in a VM: its root context.
///
/// Thread: the VM's.
public final class PluginContext implements GuestContext {
    private static final int BROKEN_CONNECTION = 11;
    private static final byte[] RESET = "reset".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_MESSAGE = {};

    final int id;
    final PluginSettings settings;
    final PluginHost host;
    final byte[] name;
    final byte[] rootId;
    int outstandingCalls;
    boolean configuring;
    boolean parked;
    int statusCode;
    byte[] statusMessage = NO_MESSAGE;
    private final GuestContexts contexts;
    private boolean deleted;

    PluginContext(GuestContexts contexts, int id, PluginSettings settings, PluginHost host) {
        this.contexts = contexts;
        this.id = id;
        this.settings = settings;
        this.host = host;
        this.name = settings.name().getBytes(StandardCharsets.UTF_8);
        this.rootId = settings.rootId().getBytes(StandardCharsets.UTF_8);
    }

    /// The plugin's name.
    public String name() {
        return settings.name();
    }

    /// `proxy_on_context_create`, `proxy_on_vm_start`, `proxy_on_configure`, each within the start
    /// budget; what is not exported counts as yes.
    public StartResult start() {
        int vmSize = contexts.vmConfiguration().length;
        int size = settings.configuration().length;
        if (!startStep(Callback.CONTEXT_CREATE, 0)) {
            return failedOr(Callback.CONTEXT_CREATE);
        }
        if (!startStep(Callback.VM_START, vmSize)) {
            return failedOr(Callback.VM_START);
        }
        if (!startStep(Callback.CONFIGURE, size)) {
            return failedOr(Callback.CONFIGURE);
        }
        return new StartResult.Started();
    }

    /// Opens a stream context; the guest learns of it with its first callback.
    public StreamContext openStream(HttpStream stream) {
        return contexts.openStream(this, stream);
    }

    /// `proxy_on_tick`.
    public void tick() {
        if (!deleted
                && contexts.callbacks().has(Callback.TICK)
                && contexts.enter(this, null, Callback.TICK)) {
            try {
                contexts.callbacks().call(Callback.TICK, id);
            } catch (RuntimeException | Error e) {
                contexts.thrown(e);
            }
            contexts.leave();
        }
    }

    /// `proxy_on_http_call_response`, the end of a call. Unknown tokens are ignored.
    ///
    /// @param headers with `:status`; null when there was no answer, which the guest is told as
    ///   three zeros and status 11 "reset"
    /// @param body null for none
    /// @param trailers null for none
    public void onHttpCallResponse(
            int token,
            @Nullable HeaderMap headers,
            @Nullable BodyBuffer body,
            @Nullable HeaderMap trailers) {
        if (!contexts.answered(token, this)
                || deleted
                || !contexts.callbacks().has(Callback.HTTP_CALL_RESPONSE)
                || !contexts.enter(this, null, Callback.HTTP_CALL_RESPONSE)) {
            return;
        }
        try {
            if (headers == null) {
                statusCode = BROKEN_CONNECTION;
                statusMessage = RESET;
                contexts.callbacks().httpCallResponse(id, token, 0, 0, 0);
            } else {
                contexts.effective().lend(headers, body, trailers);
                int bodySize = body == null ? 0 : body.length();
                int trailerCount = trailers == null ? 0 : trailers.size();
                contexts.callbacks()
                        .httpCallResponse(id, token, headers.size(), bodySize, trailerCount);
            }
        } catch (RuntimeException | Error e) {
            contexts.thrown(e);
        }
        statusMessage = NO_MESSAGE;
        contexts.leave();
    }

    /// `proxy_on_done`, then `proxy_on_delete` unless the guest asked to wait.
    ///
    /// @return whether the plugin is gone; else it is once the guest has called `proxy_done`
    public boolean shutDown() {
        if (deleted || !contexts.usable()) {
            deleted = true;
            return true;
        }
        if (parked) {
            return false;
        }
        if (contexts.callbacks().has(Callback.DONE) && contexts.enter(this, null, Callback.DONE)) {
            try {
                parked = contexts.callbacks().call(Callback.DONE, id) == 0;
            } catch (RuntimeException | Error e) {
                contexts.thrown(e);
            }
            contexts.leave();
        }
        if (!parked) {
            delete();
        }
        return !parked;
    }

    /// Whether the plugin is gone after [#shutDown].
    public boolean isDeleted() {
        return deleted;
    }

    /// How many of its HTTP calls have not been answered.
    public int outstandingCalls() {
        return outstandingCalls;
    }

    void delete() {
        if (deleted) {
            return;
        }
        deleted = true;
        if (contexts.callbacks().has(Callback.DELETE)
                && contexts.enter(this, null, Callback.DELETE)) {
            try {
                contexts.callbacks().call(Callback.DELETE, id);
            } catch (RuntimeException | Error e) {
                contexts.thrown(e);
            }
            contexts.forget(this);
            contexts.leave();
        } else {
            contexts.forget(this);
        }
    }

    /// Runs one step of the start; whether it did not fail and the guest did not say no.
    private boolean startStep(Callback callback, int argument) {
        if (!contexts.callbacks().has(callback)) {
            return contexts.usable();
        }
        if (!contexts.enterToStart(this, callback)) {
            return false;
        }
        int answer = 0;
        configuring = callback != Callback.VM_START;
        try {
            answer = contexts.callbacks().call(callback, id, argument);
        } catch (RuntimeException | Error e) {
            contexts.thrown(e);
        }
        configuring = false;
        return contexts.leave() && (answer != 0 || callback == Callback.CONTEXT_CREATE);
    }

    private StartResult failedOr(Callback callback) {
        GuestFailure failure = contexts.failure();
        return failure == null
                ? new StartResult.Refused(callback.exportName())
                : new StartResult.Failed(failure);
    }
}
