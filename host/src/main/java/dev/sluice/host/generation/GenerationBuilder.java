package dev.sluice.host.generation;

import dev.sluice.abi.vm.PluginModule;
import dev.sluice.host.config.AdmissionConfig.Await;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.FailurePolicyConfig.OnLoad;
import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.HostPort;
import dev.sluice.host.config.PluginConfig;
import dev.sluice.host.filter.Chain;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.generation.BindingPlan.Step;
import dev.sluice.host.generation.BundlePlan.Place;
import dev.sluice.host.generation.Live.PluginStatus;
import dev.sluice.host.listener.Listener;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.plugin.Admission;
import dev.sluice.host.plugin.AdmissionException;
import dev.sluice.host.plugin.Bundle;
import dev.sluice.host.plugin.BundleSpec;
import dev.sluice.host.plugin.FailedPlugin;
import dev.sluice.host.plugin.ModuleStore;
import dev.sluice.host.plugin.ModuleStore.Resolved;
import dev.sluice.host.plugin.PluginSource;
import dev.sluice.host.route.Generation;
import dev.sluice.host.stream.ExchangeContext;
import dev.sluice.host.upstream.Clusters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Builds generations: resolve, compile, start and configure, bind; whatever did not change is
/// taken from the generation that runs.
///
/// Thread: the control thread.
final class GenerationBuilder {
    private final Loops loops;
    private final ExchangeContext context;
    private final Admission admission;
    private final ModuleStore store;
    private final UnaryOperator<FilterSource> wrapper;
    private final ApplyHook hook;

    /// @param wrapper what stands in a chain for a plugin; the plugin itself, but for experiments
    /// @param hook what happens between steps; nothing, but for experiments
    GenerationBuilder(
            Loops loops,
            ExchangeContext context,
            Admission admission,
            ModuleStore store,
            UnaryOperator<FilterSource> wrapper,
            ApplyHook hook) {
        this.loops = loops;
        this.context = context;
        this.admission = admission;
        this.store = store;
        this.wrapper = wrapper;
        this.hook = hook;
    }

    /// Builds the generation after `base`.
    ///
    /// @param known what modules were resolved to, when it starts from a record: then no registry
    ///   is asked, a plugin that fails is treated by its `onLoad`, and an endpoint that is not
    ///   found is looked up again when it is connected to
    /// @param draft takes what is made, also when this fails
    /// @throws ApplyException with all that is wrong
    Live build(
            long id,
            ConfigDocument document,
            GatewayConfig config,
            Live base,
            @Nullable SortedMap<String, Resolved> known,
            Draft draft)
            throws InterruptedException, IOException {
        var problems = new Problems();
        Clusters clusters = ClusterPlan.build(config, base.generation().clusters(), loops);
        clusters.byName().values().stream()
                .filter(each -> base.generation().clusters().byName().get(each.name()) != each)
                .forEach(draft::made);
        hook.before(ApplyStep.RESOLVE);
        SortedMap<String, Resolved> modules =
                known == null ? new ModuleResolution(store, config, base).resolve(problems) : known;
        Set<Step> steps = steps(config);
        Map<String, AdmissionException> failures = new TreeMap<>();
        Map<Step, Place> places = new BundlePlan(config, modules).places(steps, failures);
        if (known == null) {
            ClusterPlan.check(clusters, base.generation().clusters(), problems);
            problems.addPlugins(failures);
            problems.throwIfAny(ApplyException.Kind.NOT_ADMITTED);
        }

        Map<String, AdmissionException> unusable = new TreeMap<>();
        hook.before(ApplyStep.COMPILE);
        Map<String, PluginModule> code = new CodePlan(store, config, modules).code(unusable);
        hook.before(ApplyStep.ADMIT);
        Map<BundleSpec, Bundle> bundles =
                admit(config, places, code, clusters, base, draft, failures);
        if (known == null) {
            problems.addModules(unusable);
            problems.addPlugins(failures);
            problems.throwIfAny(ApplyException.Kind.NOT_ADMITTED);
        }
        hook.before(ApplyStep.WARM_UP);
        if (known == null && base.generation().id() > 0) {
            warmUp(bundles, base);
        }
        config.plugins()
                .forEach((name, plugin) -> {
                    AdmissionException problem = unusable.get(plugin.module());
                    if (problem != null) {
                        failures.put(name, problem);
                    }
                });

        Map<Step, FilterSource> sources = sources(config, steps, places, bundles);
        var plan = new BindingPlan(config);
        Map<List<FilterSource>, Chain> interned = new HashMap<>();
        var routes =
                new RoutePlan(
                                config,
                                clusters,
                                (domain, route) ->
                                        interned.computeIfAbsent(
                                                plan.steps(domain, route).stream()
                                                        .map(sources::get)
                                                        .filter(each -> each != null)
                                                        .toList(),
                                                Chain::new))
                        .build();
        hook.before(ApplyStep.BIND);
        Map<HostPort, Listener> listeners = open(config, base, draft, problems);
        problems.throwIfAny(ApplyException.Kind.FAILED);
        return new Live(
                new Generation(id, document.hash(), routes, clusters),
                document,
                config,
                modules,
                bundles,
                listeners,
                status(config, steps, failures));
    }

    private static Set<Step> steps(GatewayConfig config) {
        var plan = new BindingPlan(config);
        Set<Step> steps = new LinkedHashSet<>(plan.steps(null, null));
        config.domains().keySet().forEach(domain -> steps.addAll(plan.steps(domain, null)));
        config.routes()
                .forEach((name, route) -> {
                    if (route.domain() != null) {
                        steps.addAll(plan.steps(route.domain(), name));
                        return;
                    }
                    steps.addAll(plan.steps(null, name));
                    config.domains()
                            .keySet()
                            .forEach(domain -> steps.addAll(plan.steps(domain, name)));
                });
        return steps;
    }

    private Map<BundleSpec, Bundle> admit(
            GatewayConfig config,
            Map<Step, Place> places,
            Map<String, PluginModule> code,
            Clusters clusters,
            Live base,
            Draft draft,
            Map<String, AdmissionException> failures)
            throws InterruptedException {
        Map<BundleSpec, Bundle> bundles = new LinkedHashMap<>();
        Map<BundleSpec, CompletableFuture<Bundle>> admitted = new LinkedHashMap<>();
        for (BundleSpec spec : wanted(places)) {
            Bundle running = base.bundles().get(spec);
            String first = spec.plugins().getFirst().name();
            PluginModule module = code.get(first);
            if (running != null) {
                bundles.put(spec, running);
            } else if (module != null) {
                var future = admission.admit(spec, module, clusters, wait(config, spec));
                draft.made(future);
                admitted.put(spec, future);
            }
        }
        for (Map.Entry<BundleSpec, CompletableFuture<Bundle>> each : admitted.entrySet()) {
            await(each.getKey(), each.getValue(), bundles, failures);
        }
        return bundles;
    }

    /// New code takes over from code that the JVM has compiled long ago; at a start nothing serves,
    /// and it is better to serve soon.
    private void warmUp(Map<BundleSpec, Bundle> bundles, Live base) throws InterruptedException {
        Set<PluginModule> known =
                base.bundles().values().stream().map(Bundle::module).collect(Collectors.toSet());
        for (Bundle each : bundles.values()) {
            if (known.add(each.module())) {
                admission.warmUp(each);
            }
        }
    }

    private static void await(
            BundleSpec spec,
            CompletableFuture<Bundle> admitted,
            Map<BundleSpec, Bundle> bundles,
            Map<String, AdmissionException> failures)
            throws InterruptedException {
        try {
            bundles.put(spec, admitted.get());
        } catch (ExecutionException e) {
            AdmissionException problem = problem(spec, e.getCause());
            spec.plugins().forEach(each -> failures.put(each.name(), problem));
        }
    }

    private static SequencedSet<BundleSpec> wanted(Map<Step, Place> places) {
        return places.values().stream()
                .map(Place::bundle)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// The longest wait that any of its plugins asks for.
    private static Admission.Wait wait(GatewayConfig config, BundleSpec spec) {
        return spec.plugins().stream()
                .map(each -> config.plugin(each.name()).admission())
                .map(each -> new Admission.Wait(each.await() == Await.CALLOUTS, each.deadline()))
                .reduce((a, b) ->
                        new Admission.Wait(
                                a.callouts() || b.callouts(),
                                a.deadline().compareTo(b.deadline()) >= 0
                                        ? a.deadline()
                                        : b.deadline()))
                .orElseThrow();
    }

    private static AdmissionException problem(BundleSpec spec, @Nullable Throwable cause) {
        return cause instanceof AdmissionException known
                ? known
                : new AdmissionException(
                        "plugin_start_failed",
                        "plugin %s: %s".formatted(spec.plugins().getFirst().name(), cause),
                        cause);
    }

    private Map<Step, FilterSource> sources(
            GatewayConfig config,
            Set<Step> steps,
            Map<Step, Place> places,
            Map<BundleSpec, Bundle> bundles) {
        Map<Step, FilterSource> sources = new HashMap<>();
        for (Step step : steps) {
            PluginConfig plugin = config.plugin(step.plugin());
            Place place = places.get(step);
            Bundle bundle = place == null ? null : bundles.get(place.bundle());
            if (place != null && bundle != null) {
                sources.put(
                        step,
                        wrapper.apply(
                                new PluginSource(
                                        step.plugin(),
                                        bundle,
                                        place.index(),
                                        plugin.failurePolicy().onError(),
                                        plugin.limits().bodyBuffer().toInt())));
            } else if (plugin.failurePolicy().onLoad() != OnLoad.BYPASS) {
                sources.put(step, new FailedPlugin(step.plugin()));
            }
        }
        return sources;
    }

    private Map<HostPort, Listener> open(
            GatewayConfig config, Live base, Draft draft, Problems problems) {
        Map<HostPort, Listener> listeners = new LinkedHashMap<>();
        config.listeners()
                .forEach((name, declared) -> {
                    HostPort address = declared.address();
                    Listener running = base.listeners().get(address);
                    if (running != null) {
                        listeners.put(address, running);
                        return;
                    }
                    try {
                        var opened =
                                Listener.open(
                                        context,
                                        loops,
                                        new InetSocketAddress(address.host(), address.port()),
                                        declared.limits());
                        draft.made(address, opened);
                        listeners.put(address, opened);
                    } catch (IOException e) {
                        problems.add(
                                "/listeners/" + name,
                                "address_not_bound",
                                String.valueOf(e.getMessage()));
                    }
                });
        return listeners;
    }

    private static List<PluginStatus> status(
            GatewayConfig config, Set<Step> steps, Map<String, AdmissionException> failures) {
        Set<String> bound = steps.stream().map(Step::plugin).collect(Collectors.toSet());
        List<PluginStatus> all = new ArrayList<>();
        config.plugins()
                .forEach((name, plugin) -> {
                    AdmissionException failure = failures.get(name);
                    String state = bound.contains(name) ? "live" : "unbound";
                    all.add(
                            new PluginStatus(
                                    name,
                                    plugin.module(),
                                    failure == null ? state : "failed",
                                    failure == null ? "" : String.valueOf(failure.getMessage())));
                });
        return List.copyOf(all);
    }
}
