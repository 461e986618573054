package dev.sluice.host.generation;

import dev.sluice.abi.Profile;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.PluginConfig;
import dev.sluice.host.plugin.AdmissionException;
import dev.sluice.host.plugin.ModuleStore;
import dev.sluice.host.plugin.ModuleStore.CodeKey;
import dev.sluice.host.plugin.ModuleStore.Resolved;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Has the code of all plugins ready: what was kept is loaded at the same time.
///
/// Thread: the control thread.
final class CodePlan {
    private final ModuleStore store;
    private final GatewayConfig config;
    private final Map<String, Resolved> modules;

    CodePlan(ModuleStore store, GatewayConfig config, Map<String, Resolved> modules) {
        this.store = store;
        this.config = config;
        this.modules = modules;
    }

    /// The code of every plugin, by plugin; modules that have none are in `unusable`.
    Map<String, PluginModule> code(Map<String, AdmissionException> unusable)
            throws InterruptedException {
        Map<String, Future<PluginModule>> byPlugin = new LinkedHashMap<>();
        Map<CodeKey, Future<PluginModule>> once = new HashMap<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Map.Entry<String, PluginConfig> each : config.plugins().entrySet()) {
                String module = each.getValue().module();
                Resolved resolved = modules.get(module);
                if (resolved == null) {
                    unusable.put(module, lost(module));
                    continue;
                }
                var profile = Profile.valueOf(each.getValue().profile().name());
                byPlugin.put(
                        each.getKey(),
                        once.computeIfAbsent(
                                new CodeKey(resolved.module(), profile),
                                key ->
                                        workers.submit(() ->
                                                store.code(module, key.module(), key.profile()))));
            }
        }
        Map<String, PluginModule> code = new HashMap<>();
        for (Map.Entry<String, Future<PluginModule>> each : byPlugin.entrySet()) {
            try {
                code.put(each.getKey(), each.getValue().get());
            } catch (ExecutionException e) {
                String module = config.plugin(each.getKey()).module();
                unusable.put(module, problem(module, e.getCause()));
            }
        }
        return code;
    }

    private static AdmissionException lost(String module) {
        return new AdmissionException(
                "module_lost", "module %s is not in the record".formatted(module));
    }

    private static AdmissionException problem(String module, @Nullable Throwable cause) {
        return cause instanceof AdmissionException known
                ? known
                : new AdmissionException(
                        "module_not_compiled",
                        "module %s cannot be compiled: %s".formatted(module, cause),
                        cause);
    }
}
