package dev.sluice.host.plugin;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.config.FailurePolicyConfig.OnError;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.http.Body;

/// Stands in for a plugin while its loop has no VM of it: its policy answers.
///
/// Thread: the exchange's event loop.
final class AbsentPlugin implements HttpFilter {
    private final FilterControl control;
    private final OnError policy;

    AbsentPlugin(FilterControl control, OnError policy) {
        this.control = control;
        this.policy = policy;
    }

    @Override
    public FilterAction requestHeaders(boolean endOfStream) {
        if (policy == OnError.OPEN) {
            control.stream().loop().counters().pluginSkipped++;
            return FilterAction.CONTINUE;
        }
        control.stream().loop().counters().pluginRefused++;
        control.fail("plugin_unavailable");
        return FilterAction.STOP_ALL;
    }

    @Override
    public FilterAction requestBody(Body body, boolean endOfStream) {
        return FilterAction.CONTINUE;
    }

    @Override
    public FilterAction requestTrailers() {
        return FilterAction.CONTINUE;
    }

    @Override
    public FilterAction responseHeaders(boolean endOfStream) {
        return FilterAction.CONTINUE;
    }

    @Override
    public FilterAction responseBody(Body body, boolean endOfStream) {
        return FilterAction.CONTINUE;
    }

    @Override
    public FilterAction responseTrailers() {
        return FilterAction.CONTINUE;
    }

    @Override
    public boolean readsRequestBody() {
        return false;
    }

    @Override
    public boolean readsResponseBody() {
        return false;
    }

    @Override
    public void close() {}
}
