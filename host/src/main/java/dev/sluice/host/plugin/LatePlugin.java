package dev.sluice.host.plugin;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.http.Body;
import dev.sluice.host.loop.Deadline;
import dev.sluice.host.loop.Loop;

/// Stands in for a plugin whose loop gets its next VM in a moment: holds the request until then,
/// and is the plugin from then on. When the VM takes longer the plugin's policy answers.
///
/// Thread: the exchange's event loop.
final class LatePlugin implements HttpFilter {
    private static final long LONGEST_NANOS = 1_000_000_000;

    private final FilterControl control;
    private final PluginSource source;
    private final Loop loop;
    private final Deadline deadline;

    /// What decides: the plugin, or else its absence.
    private HttpFilter filter;

    /// Whether it is known what decides; also when it does not matter any more.
    private boolean settled;

    LatePlugin(FilterControl control, PluginSource source) {
        this.control = control;
        this.source = source;
        loop = control.stream().loop();
        deadline = new Deadline(loop, this::retry);
        filter = new AbsentPlugin(control, source.onError());
    }

    @Override
    public FilterAction requestHeaders(boolean endOfStream) {
        if (settled) {
            return filter.requestHeaders(endOfStream);
        }
        source.bundle().await(loop, this);
        deadline.in(LONGEST_NANOS);
        return FilterAction.STOP_ALL;
    }

    /// The loop has a VM, or gets none so soon.
    void look() {
        if (settled) {
            return;
        }
        PluginVm vm = source.bundle().vm(loop);
        if (vm == null && source.bundle().isAwaited(loop)) {
            source.bundle().await(loop, this);
            return;
        }
        if (vm != null) {
            filter = source.filter(control, vm);
        }
        retry();
    }

    private void retry() {
        settle();
        control.retryRequest();
    }

    private void settle() {
        settled = true;
        deadline.close();
        source.bundle().forget(loop, this);
    }

    @Override
    public FilterAction requestBody(Body body, boolean endOfStream) {
        return filter.requestBody(body, endOfStream);
    }

    @Override
    public FilterAction requestTrailers() {
        return filter.requestTrailers();
    }

    /// An answer that comes before the VM is not the plugin's business.
    @Override
    public FilterAction responseHeaders(boolean endOfStream) {
        settle();
        return filter.responseHeaders(endOfStream);
    }

    @Override
    public FilterAction responseBody(Body body, boolean endOfStream) {
        return filter.responseBody(body, endOfStream);
    }

    @Override
    public FilterAction responseTrailers() {
        return filter.responseTrailers();
    }

    @Override
    public boolean readsRequestBody() {
        return filter.readsRequestBody();
    }

    @Override
    public boolean readsResponseBody() {
        return filter.readsResponseBody();
    }

    @Override
    public void close() {
        settle();
        filter.close();
    }
}
