package dev.sluice.abi.context;

import dev.sluice.abi.BufferType;
import dev.sluice.abi.ByteSink;
import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.LogLevel;
import dev.sluice.abi.MapType;
import dev.sluice.abi.PairList;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.spi.BodyBuffer;
import dev.sluice.abi.spi.HeaderMap;
import dev.sluice.abi.spi.HttpCall;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.abi.spi.LogSink;
import dev.sluice.abi.spi.PluginHost;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What host calls act on. Not for the gateway.
///
/// It is a plugin and, inside a stream's callback, a stream. Every entry sets it; the guest may
/// change it until it returns. What is asked of the world is staged and happens afterwards.
///
/// Thread: the VM's.
public final class EffectiveContext {
    private static final byte[] NO_MESSAGE = {};

    private final VmSettings settings;
    private final byte[] vmId;
    private final LogSink startLog;
    private final IntTable<GuestContext> contexts;
    private final EffectQueue effects;
    private final CallOuts calls;
    private final GuestOutput standardOutput = new GuestOutput(LogLevel.INFO);
    private final GuestOutput standardError = new GuestOutput(LogLevel.ERROR);

    private @Nullable PluginContext plugin;
    private @Nullable StreamContext stream;
    private @Nullable HeaderMap answerHeaders;
    private @Nullable BodyBuffer answerBody;
    private @Nullable HeaderMap answerTrailers;

    EffectiveContext(
            VmSettings settings,
            LogSink startLog,
            IntTable<GuestContext> contexts,
            EffectQueue effects,
            CallOuts calls) {
        this.settings = settings;
        this.vmId = settings.vmId().getBytes(StandardCharsets.UTF_8);
        this.startLog = startLog;
        this.contexts = contexts;
        this.effects = effects;
        this.calls = calls;
    }

    /// Makes the context with this id the effective one, if there is one.
    public boolean setEffective(int id) {
        return switch (contexts.get(id)) {
            case PluginContext found -> {
                plugin = found;
                stream = null;
                yield true;
            }
            case StreamContext found -> {
                plugin = found.plugin;
                stream = found;
                yield true;
            }
            case null -> false;
        };
    }

    /// Takes the log lines of the effective plugin.
    public LogSink log() {
        return plugin == null ? startLog : plugin.host;
    }

    /// Takes what the guest wrote to standard output, as log lines of the effective plugin.
    ///
    /// @param length more than 0
    public void output(byte[] source, int offset, int length) {
        if (LogLevel.INFO.compareTo(log().logLevel()) >= 0) {
            standardOutput.write(log(), source, offset, length);
        }
    }

    /// Takes what the guest wrote to standard error, as [#output] does.
    ///
    /// @param length more than 0
    public void errorOutput(byte[] source, int offset, int length) {
        if (LogLevel.ERROR.compareTo(log().logLevel()) >= 0) {
            standardError.write(log(), source, offset, length);
        }
    }

    /// The effective plugin's world, or null while there is no plugin.
    public @Nullable PluginHost host() {
        return plugin == null ? null : plugin.host;
    }

    /// The effective stream's world, or null in a root context.
    public @Nullable HttpStream stream() {
        return stream == null ? null : stream.host;
    }

    /// Whether the effective stream is being logged.
    public boolean logging() {
        return stream != null && stream.logging;
    }

    /// Property `plugin_vm_id`.
    public byte[] vmId() {
        return vmId;
    }

    /// Property `plugin_name`.
    public byte[] pluginName() {
        return plugin == null ? NO_MESSAGE : plugin.name;
    }

    /// Property `plugin_root_id`.
    public byte[] pluginRootId() {
        return plugin == null ? NO_MESSAGE : plugin.rootId;
    }

    /// The map if it can be read now.
    public @Nullable HeaderMap readable(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS,
                    HTTP_REQUEST_TRAILERS,
                    HTTP_RESPONSE_HEADERS,
                    HTTP_RESPONSE_TRAILERS ->
                    stream == null ? null : stream.host.readable(type);
            case HTTP_CALL_RESPONSE_HEADERS -> answerHeaders;
            case HTTP_CALL_RESPONSE_TRAILERS -> answerTrailers;
            case GRPC_RECEIVE_INITIAL_METADATA, GRPC_RECEIVE_TRAILING_METADATA -> null;
        };
    }

    /// The map if it can be changed now.
    public @Nullable HeaderMap writable(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS,
                    HTTP_REQUEST_TRAILERS,
                    HTTP_RESPONSE_HEADERS,
                    HTTP_RESPONSE_TRAILERS ->
                    stream == null || stream.logging ? null : stream.host.writable(type);
            case HTTP_CALL_RESPONSE_HEADERS,
                    HTTP_CALL_RESPONSE_TRAILERS,
                    GRPC_RECEIVE_INITIAL_METADATA,
                    GRPC_RECEIVE_TRAILING_METADATA ->
                    null;
        };
    }

    /// The body of the stream or of the call's answer, if it can be read now.
    public @Nullable BodyBuffer body(BufferType type) {
        return switch (type) {
            case HTTP_REQUEST_BODY, HTTP_RESPONSE_BODY ->
                    stream == null ? null : stream.host.body(type);
            case HTTP_CALL_RESPONSE_BODY -> answerBody;
            case DOWNSTREAM_DATA,
                    UPSTREAM_DATA,
                    GRPC_RECEIVE_BUFFER,
                    VM_CONFIGURATION,
                    PLUGIN_CONFIGURATION,
                    CALL_DATA ->
                    null;
        };
    }

    /// Buffer 6.
    public byte[] vmConfiguration() {
        return settings.vmConfiguration();
    }

    /// Buffer 7 while the plugin is created or configured, else null.
    public byte @Nullable [] pluginConfiguration() {
        return plugin == null || !plugin.configuring ? null : plugin.settings.configuration();
    }

    /// Writes the property at `path`: the stream's, else the plugin's.
    public ProxyStatus property(byte[] source, int offset, int length, ByteSink out) {
        if (stream != null) {
            ProxyStatus status = stream.host.property(source, offset, length, out);
            if (status != ProxyStatus.NOT_FOUND) {
                return status;
            }
        }
        out.clear();
        return plugin == null
                ? ProxyStatus.NOT_FOUND
                : plugin.host.property(source, offset, length, out);
    }

    /// Code of the effective plugin's last failed call.
    public int statusCode() {
        return plugin == null ? 0 : plugin.statusCode;
    }

    /// Message of the failed call whose callback runs.
    public byte[] statusMessage() {
        return plugin == null ? NO_MESSAGE : plugin.statusMessage;
    }

    /// Stages the resumption of the effective stream's request, if there is a stream.
    public void resumeRequest() {
        if (stream != null) {
            effects.add(new Effect.ResumeRequest(stream.host));
        }
    }

    /// Stages the resumption of the effective stream's response, if there is a stream.
    public void resumeResponse() {
        if (stream != null) {
            effects.add(new Effect.ResumeResponse(stream.host));
        }
    }

    /// Stages the reset of the effective stream, if there is one.
    public void reset() {
        if (stream != null) {
            effects.add(new Effect.Reset(stream.host));
        }
    }

    /// Whether a local response has an effect: there is a stream, and it has none yet.
    public boolean mayReply() {
        return stream != null && !stream.replied;
    }

    /// Stages a local response on the effective stream, if there is one.
    public void reply(LocalResponse response) {
        if (stream != null && mayReply()) {
            stream.replied = true;
            effects.add(new Effect.Reply(stream.host, response));
        }
    }

    /// Stages the effective plugin's tick period.
    public void tickPeriod(int millis) {
        if (plugin != null) {
            effects.add(new Effect.Tick(plugin.host, millis));
        }
    }

    /// Stages an HTTP call of the effective plugin.
    ///
    /// @return its token, or 0 when too many are outstanding, or too many bytes with them
    public int call(
            String upstream, PairList headers, byte[] body, PairList trailers, int timeoutMillis) {
        if (plugin == null) {
            return 0;
        }
        int token = calls.open(plugin, stream, body.length);
        if (token != 0) {
            HttpCall call =
                    new HttpCall(token, stream(), upstream, headers, body, trailers, timeoutMillis);
            effects.add(new Effect.Dispatch(plugin.host, call));
        }
        return token;
    }

    /// Ends the effective plugin's wait for `proxy_done`; whether it was waiting.
    public boolean done() {
        if (plugin == null || !plugin.parked) {
            return false;
        }
        plugin.parked = false;
        effects.add(new Effect.Delete(plugin));
        return true;
    }

    /// Begins a callback.
    void set(@Nullable PluginContext root, @Nullable StreamContext own) {
        plugin = root;
        stream = own;
    }

    /// Ends a callback.
    void clear() {
        standardOutput.flush();
        standardError.flush();
        plugin = null;
        stream = null;
        answerHeaders = null;
        answerBody = null;
        answerTrailers = null;
    }

    /// Lends the callback that is about to run the answer of a call.
    void lend(HeaderMap headers, @Nullable BodyBuffer body, @Nullable HeaderMap trailers) {
        answerHeaders = headers;
        answerBody = body;
        answerTrailers = trailers;
    }
}
