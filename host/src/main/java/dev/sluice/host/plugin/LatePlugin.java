package dev.sluice.host.plugin;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.http.Body;
import dev.sluice.host.loop.Loop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands in for a plugin whose loop gets its next VM in a moment: holds the request until then,
/// and is the plugin from then on. When the VM takes longer the plugin's policy answers.
///
/// Thread: the exchange's event loop.
final class LatePlugin implements HttpFilter {
    private static final long LONGEST_MILLIS = 1000;

    private final FilterControl control;
    private final PluginSource source;
    private final Loop loop;
    private @Nullable HttpFilter filter;
    private @Nullable Future<?> timer;

    /// An answer has passed that is not the plugin's, or the exchange has ended.
    private boolean over;

    LatePlugin(FilterControl control, PluginSource source) {
        this.control = control;
        this.source = source;
        loop = control.stream().loop();
    }

    @Override
    public FilterAction requestHeaders(boolean endOfStream) {
        if (filter != null) {
            return filter.requestHeaders(endOfStream);
        }
        source.bundle().await(loop, this);
        timer = loop.eventLoop().schedule(this::giveUp, LONGEST_MILLIS, TimeUnit.MILLISECONDS);
        return FilterAction.STOP_ALL;
    }

    /// The loop has a VM, or gets none so soon.
    void look() {
        if (over || filter != null) {
            return;
        }
        PluginVm vm = source.bundle().vm(loop);
        if (vm != null) {
            become(source.filter(control, vm));
        } else if (source.bundle().isAwaited(loop)) {
            source.bundle().await(loop, this);
        } else {
            giveUp();
        }
    }

    private void giveUp() {
        if (!over && filter == null) {
            become(new AbsentPlugin(control, source.onError()));
        }
    }

    private void become(HttpFilter what) {
        stopWaiting();
        filter = what;
        control.retryRequest();
    }

    private void stopWaiting() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public FilterAction requestBody(Body body, boolean endOfStream) {
        return filter == null ? FilterAction.CONTINUE : filter.requestBody(body, endOfStream);
    }

    @Override
    public FilterAction requestTrailers() {
        return filter == null ? FilterAction.CONTINUE : filter.requestTrailers();
    }

    @Override
    public FilterAction responseHeaders(boolean endOfStream) {
        if (filter == null) {
            over = true;
            return FilterAction.CONTINUE;
        }
        return filter.responseHeaders(endOfStream);
    }

    @Override
    public FilterAction responseBody(Body body, boolean endOfStream) {
        return filter == null ? FilterAction.CONTINUE : filter.responseBody(body, endOfStream);
    }

    @Override
    public FilterAction responseTrailers() {
        return filter == null ? FilterAction.CONTINUE : filter.responseTrailers();
    }

    @Override
    public boolean readsRequestBody() {
        return filter != null && filter.readsRequestBody();
    }

    @Override
    public boolean readsResponseBody() {
        return filter != null && filter.readsResponseBody();
    }

    @Override
    public void close() {
        over = true;
        stopWaiting();
        if (filter == null) {
            source.bundle().forget(loop, this);
        } else {
            filter.close();
        }
    }
}
