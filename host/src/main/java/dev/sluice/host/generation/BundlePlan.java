package dev.sluice.host.generation;

import dev.sluice.abi.Profile;
import dev.sluice.abi.VmLimits;
import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.LimitsConfig;
import dev.sluice.host.config.PluginConfig;
import dev.sluice.host.config.VmConfig;
import dev.sluice.host.generation.BindingPlan.Step;
import dev.sluice.host.plugin.AdmissionException;
import dev.sluice.host.plugin.BundleSpec;
import dev.sluice.host.plugin.Bytes;
import dev.sluice.host.plugin.ModuleStore.Resolved;
import dev.sluice.host.plugin.PluginSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which bundles a config needs: one per plugin and configuration, or one for all that name a
/// common VM id and agree in everything else.
final class BundlePlan {
    /// Where a step's plugin is found.
    ///
    /// @param index which of the bundle's plugins
    record Place(BundleSpec bundle, int index) {}

    /// A bundle that is being collected: everything but its plugins.
    ///
    /// @param owner the one step it is for, or null when plugins share it by VM id
    private record Shell(@Nullable Step owner, BundleSpec empty) {}

    private final GatewayConfig config;
    private final Map<String, Resolved> modules;
    private final Secrets secrets;

    BundlePlan(GatewayConfig config, Map<String, Resolved> modules) {
        this.config = config;
        this.modules = modules;
        secrets = new Secrets(config.secrets());
    }

    /// The place of every step whose module is resolved; plugins that cannot be configured are in
    /// `failures`.
    Map<Step, Place> places(Iterable<Step> steps, Map<String, AdmissionException> failures) {
        Map<Shell, List<PluginSpec>> members = new LinkedHashMap<>();
        Map<Step, Shell> shells = new LinkedHashMap<>();
        Map<Step, PluginSpec> specs = new LinkedHashMap<>();
        for (Step step : steps) {
            PluginConfig plugin = config.plugin(step.plugin());
            Resolved module = modules.get(plugin.module());
            if (module == null) {
                continue;
            }
            try {
                PluginSpec spec = spec(step, plugin);
                Shell shell = shell(step, plugin, module);
                List<PluginSpec> list = members.computeIfAbsent(shell, _ -> new ArrayList<>());
                if (!list.contains(spec)) {
                    list.add(spec);
                }
                shells.put(step, shell);
                specs.put(step, spec);
            } catch (AdmissionException e) {
                failures.put(step.plugin(), e);
            }
        }
        Map<Step, Place> places = new LinkedHashMap<>();
        shells.forEach((step, shell) -> {
            List<PluginSpec> list = members.getOrDefault(shell, List.of());
            BundleSpec bundle = shell.empty().with(list);
            places.put(step, new Place(bundle, list.indexOf(specs.get(step))));
        });
        return places;
    }

    private PluginSpec spec(Step step, PluginConfig plugin) {
        return new PluginSpec(
                step.plugin(),
                plugin.rootId(),
                new Bytes(step.configuration().toBytes(secrets)),
                plugin.limits().logLines());
    }

    private Shell shell(Step step, PluginConfig plugin, Resolved module) {
        VmConfig vm = plugin.vm();
        BundleSpec empty =
                new BundleSpec(
                        vm.id(),
                        module.module(),
                        Profile.valueOf(plugin.profile().name()),
                        limits(plugin.limits()),
                        vm.env(),
                        new Bytes(vm.configuration().toBytes(secrets)),
                        List.of());
        return new Shell(vm.id().isEmpty() ? step : null, empty);
    }

    private static VmLimits limits(LimitsConfig limits) {
        return new VmLimits(
                limits.memory().bytes(),
                limits.callbackTime(),
                limits.startTime(),
                limits.hostCalls(),
                limits.calloutsPerStream(),
                limits.callouts());
    }
}
