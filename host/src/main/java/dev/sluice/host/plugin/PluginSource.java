package dev.sluice.host.plugin;

import dev.sluice.host.config.FailurePolicyConfig.OnError;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.filter.HttpFilter;

/// A plugin's place in a chain.
///
/// @param name the plugin's name
/// @param bundle where its VMs are
/// @param index which of the bundle's plugins it is
/// @param onError what becomes of requests while it cannot decide
/// @param bodyLimit most body bytes held for it, each way
public record PluginSource(String name, Bundle bundle, int index, OnError onError, int bodyLimit)
        implements FilterSource {
    @Override
    public HttpFilter open(FilterControl control) {
        PluginVm vm = bundle.vm(control.stream().loop());
        if (vm != null) {
            return filter(control, vm);
        }
        return bundle.isAwaited(control.stream().loop())
                ? new LatePlugin(control, this)
                : new AbsentPlugin(control, onError);
    }

    HttpFilter filter(FilterControl control, PluginVm vm) {
        control.stream().loop().counters().pluginStreams++;
        return new PluginFilter(control, vm, vm.root(index), onError);
    }
}
