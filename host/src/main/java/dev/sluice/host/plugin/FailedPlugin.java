package dev.sluice.host.plugin;

import dev.sluice.host.config.FailurePolicyConfig.OnError;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.filter.HttpFilter;

/// The place of a plugin that could not be loaded when the gateway started from its record: it
/// answers 503.
///
/// @param name the plugin's name
public record FailedPlugin(String name) implements FilterSource {
    @Override
    public int bodyLimit() {
        return 0;
    }

    @Override
    public HttpFilter open(FilterControl control) {
        return new AbsentPlugin(control, OnError.CLOSED);
    }
}
