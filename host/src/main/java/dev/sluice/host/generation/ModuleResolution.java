package dev.sluice.host.generation;

import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.ModuleConfig;
import dev.sluice.host.config.ModuleSource;
import dev.sluice.host.config.PluginConfig;
import dev.sluice.host.config.UpdatePolicy;
import dev.sluice.host.plugin.AdmissionException;
import dev.sluice.host.plugin.ModuleStore;
import dev.sluice.host.plugin.ModuleStore.Resolved;
import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageReference;
import dev.sluice.registry.Access;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out which bytes each module means, and has them on this machine's disk.
///
/// A file is read every time; of the others, what did not change is not asked for again. Pulls run
/// at the same time.
///
/// Thread: the control thread; pulls run on virtual threads.
final class ModuleResolution {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleResolution.class);

    private final ModuleStore store;
    private final GatewayConfig config;
    private final Live base;

    ModuleResolution(ModuleStore store, GatewayConfig config, Live base) {
        this.store = store;
        this.config = config;
        this.base = base;
    }

    /// What each module that a plugin uses was resolved to; those that were not are in `problems`.
    SortedMap<String, Resolved> resolve(Problems problems) throws InterruptedException {
        SortedMap<String, Resolved> resolved = new TreeMap<>();
        Map<String, Future<Resolved>> pulls = new TreeMap<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String name : used()) {
                ModuleConfig module = Objects.requireNonNull(config.modules().get(name), name);
                Resolved known = known(name, module);
                if (known == null) {
                    pulls.put(name, workers.submit(() -> fetch(name, module)));
                } else {
                    resolved.put(name, known);
                }
            }
            for (Map.Entry<String, Future<Resolved>> pull : pulls.entrySet()) {
                try {
                    resolved.put(pull.getKey(), pull.getValue().get());
                } catch (ExecutionException e) {
                    problems.add("/modules/" + pull.getKey(), problem(pull.getKey(), e.getCause()));
                } catch (InterruptedException e) {
                    workers.shutdownNow();
                    throw e;
                }
            }
        }
        return resolved;
    }

    /// What the modules of `base` were resolved to; those whose bytes are lost are fetched again,
    /// where that is possible.
    SortedMap<String, Resolved> resolveLost() throws InterruptedException {
        SortedMap<String, Resolved> resolved = new TreeMap<>(base.modules());
        for (String name : used()) {
            Resolved present = resolved.get(name);
            if (present != null && store.has(present.module())) {
                continue;
            }
            try {
                ModuleConfig module = Objects.requireNonNull(config.modules().get(name), name);
                resolved.put(name, fetch(name, module));
            } catch (AdmissionException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
        return resolved;
    }

    private Iterable<String> used() {
        return config.plugins().values().stream()
                .map(PluginConfig::module)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private @Nullable Resolved known(String name, ModuleConfig module) {
        if (module.source() instanceof ModuleSource.File) {
            return null;
        }
        ModuleConfig before = base.config().modules().get(name);
        Resolved resolved = base.modules().get(name);
        boolean unchanged =
                before != null
                        && (before.equals(module)
                                || (module.policy() == UpdatePolicy.IF_NOT_PRESENT
                                        && before.source().equals(module.source())
                                        && before.pin().equals(module.pin())));
        if (resolved != null && unchanged && store.has(resolved.module())) {
            return resolved;
        }
        String pinned = module.pin().moduleDigest();
        if (pinned != null && store.has(Digest.parse(pinned))) {
            return new Resolved(Digest.parse(pinned), null);
        }
        return null;
    }

    private Resolved fetch(String name, ModuleConfig module) {
        Resolved resolved =
                switch (module.source()) {
                    case ModuleSource.File(var path) -> store.read(name, path);
                    case ModuleSource.Oci oci -> pull(name, oci, module.pin().manifestDigest());
                };
        String pinned = module.pin().moduleDigest();
        if (pinned != null && !resolved.module().toString().equals(pinned)) {
            throw new AdmissionException(
                    "module_digest_mismatch",
                    "module %s: its bytes have digest %s (pin.moduleDigest: %s)"
                            .formatted(name, resolved.module(), pinned));
        }
        return resolved;
    }

    private Resolved pull(String name, ModuleSource.Oci oci, @Nullable String manifest) {
        ImageReference reference = ImageReference.parse(oci.reference());
        if (manifest != null) {
            reference = reference.withDigest(Digest.parse(manifest));
        }
        var secrets = new Secrets(config.secrets());
        var access = new Access(secrets.credentials(oci.pullSecret()), oci.plainHttp());
        return store.pull(name, reference, access);
    }

    private static AdmissionException problem(String name, @Nullable Throwable cause) {
        return cause instanceof AdmissionException known
                ? known
                : new AdmissionException(
                        "module_pull_failed", "module %s: %s".formatted(name, cause), cause);
    }
}
