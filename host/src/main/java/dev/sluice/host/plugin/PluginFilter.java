package dev.sluice.host.plugin;

import dev.sluice.abi.BufferType;
import dev.sluice.abi.ByteSink;
import dev.sluice.abi.FilterAction;
import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.MapType;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.context.StreamContext;
import dev.sluice.abi.spi.BodyBuffer;
import dev.sluice.abi.spi.HeaderMap;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.host.config.FailurePolicyConfig.OnError;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.upstream.Clusters;
import org.jspecify.annotations.Nullable;

/// One plugin's part in one exchange, between the chain and the guest.
///
/// Thread: the exchange's event loop.
final class PluginFilter implements HttpFilter, HttpStream {
    private final FilterControl control;
    private final PluginVm vm;
    private final OnError policy;
    private final StreamContext context;
    private int position;

    /// The guest is out of this exchange: its policy has decided.
    private boolean detached;

    PluginFilter(FilterControl control, PluginVm vm, RootPlugin root, OnError policy) {
        this.control = control;
        this.vm = vm;
        this.policy = policy;
        context = root.context().openStream(this);
        vm.entered(this);
    }

    int position() {
        return position;
    }

    void position(int index) {
        position = index;
    }

    Clusters clusters() {
        return control.stream().clusters();
    }

    @Override
    public FilterAction requestHeaders(boolean endOfStream) {
        if (detached) {
            return FilterAction.CONTINUE;
        }
        int count = count(MapType.HTTP_REQUEST_HEADERS);
        return judge(context.onRequestHeaders(count, endOfStream), context.hasRequestHeaders());
    }

    @Override
    public FilterAction requestBody(Body body, boolean endOfStream) {
        return detached
                ? FilterAction.CONTINUE
                : judge(
                        context.onRequestBody(body.length(), endOfStream),
                        context.hasRequestBody());
    }

    @Override
    public FilterAction requestTrailers() {
        return detached
                ? FilterAction.CONTINUE
                : judge(
                        context.onRequestTrailers(count(MapType.HTTP_REQUEST_TRAILERS)),
                        context.hasRequestTrailers());
    }

    @Override
    public FilterAction responseHeaders(boolean endOfStream) {
        if (detached) {
            return FilterAction.CONTINUE;
        }
        int count = count(MapType.HTTP_RESPONSE_HEADERS);
        return judge(context.onResponseHeaders(count, endOfStream), context.hasResponseHeaders());
    }

    @Override
    public FilterAction responseBody(Body body, boolean endOfStream) {
        return detached
                ? FilterAction.CONTINUE
                : judge(
                        context.onResponseBody(body.length(), endOfStream),
                        context.hasResponseBody());
    }

    @Override
    public FilterAction responseTrailers() {
        return detached
                ? FilterAction.CONTINUE
                : judge(
                        context.onResponseTrailers(count(MapType.HTTP_RESPONSE_TRAILERS)),
                        context.hasResponseTrailers());
    }

    @Override
    public boolean readsRequestBody() {
        return context.hasRequestBody();
    }

    @Override
    public boolean readsResponseBody() {
        return context.hasResponseBody();
    }

    @Override
    public void close() {
        context.close();
        vm.afterEntry();
        if (!detached && !vm.isDead()) {
            vm.bundle().left(control.stream().loop(), control.stream().startNanos());
        }
        vm.left(this);
    }

    private int count(MapType type) {
        Fields fields = control.fields(type);
        return fields == null ? 0 : fields.size();
    }

    /// @param called whether the guest has this callback
    private FilterAction judge(FilterAction action, boolean called) {
        control.stream().loop().counters().pluginCallbacks++;
        if (action != FilterAction.FAILED) {
            if (called) {
                vm.proved();
            }
            return action;
        }
        detached = true;
        vm.afterEntry();
        if (policy == OnError.OPEN) {
            control.stream().loop().counters().pluginSkipped++;
            return FilterAction.CONTINUE;
        }
        refuse();
        return FilterAction.STOP_ALL;
    }

    private void refuse() {
        control.stream().loop().counters().pluginRefused++;
        control.fail("plugin_failed");
    }

    /// The VM has failed in somebody else's callback.
    void vmFailed() {
        if (detached) {
            return;
        }
        detached = true;
        if (policy == OnError.OPEN) {
            control.resumeRequest();
            control.resumeResponse();
        } else {
            refuse();
        }
    }

    // What the guest sees

    @Override
    public @Nullable HeaderMap readable(MapType type) {
        return control.fields(type);
    }

    @Override
    public @Nullable HeaderMap writable(MapType type) {
        return control.isWritable(type) ? control.fields(type) : null;
    }

    @Override
    public @Nullable BodyBuffer body(BufferType type) {
        return switch (type) {
            case HTTP_REQUEST_BODY -> control.requestBody();
            case HTTP_RESPONSE_BODY -> control.responseBody();
            default -> null;
        };
    }

    @Override
    public ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out) {
        return StreamProperties.write(control, source, pathOffset, pathLength, out);
    }

    @Override
    public ProxyStatus setProperty(
            byte[] source, int pathOffset, int pathLength, int valueOffset, int valueLength) {
        return StreamProperties.store(
                control, source, pathOffset, pathLength, valueOffset, valueLength);
    }

    @Override
    public void resumeRequest() {
        control.resumeRequest();
    }

    @Override
    public void resumeResponse() {
        control.resumeResponse();
    }

    @Override
    public void reset() {
        control.reset("plugin_reset");
    }

    @Override
    public void sendLocalResponse(LocalResponse response) {
        control.reply(response);
    }
}
