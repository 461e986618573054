package dev.sluice.host.generation;

import dev.sluice.abi.Profile;
import dev.sluice.host.config.ConfigDiff;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigError;
import dev.sluice.host.config.ConfigException;
import dev.sluice.host.config.ConfigParser;
import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.PluginConfig;
import dev.sluice.host.config.SettingsConfig;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.loop.Scheduling;
import dev.sluice.host.plugin.Admission;
import dev.sluice.host.plugin.Bundle;
import dev.sluice.host.plugin.ModuleStore;
import dev.sluice.host.plugin.ModuleStore.CodeKey;
import dev.sluice.host.plugin.ModuleStore.Resolved;
import dev.sluice.host.route.CurrentGeneration;
import dev.sluice.host.stream.ExchangeContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer: makes generations of configs and publishes them.
///
/// An apply ends in what was asked for, live on every loop and on disk, or in nothing and a report.
///
/// Thread: callers block; the work happens on the control thread.
public final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Loops loops;
    private final SettingsConfig settings;
    private final CurrentGeneration current;
    private final ModuleStore store;
    private final GenerationBuilder builder;
    private final RecordStore records;
    private final ApplyHook hook;
    private final ExecutorService control =
            Executors.newSingleThreadExecutor(task ->
                    Thread.ofPlatform()
                            .name("sluice-control")
                            .unstarted(Scheduling.yielding(task)));
    private volatile Live live;
    private volatile @Nullable BuildLimit building;
    private volatile boolean stopping;
    private @Nullable String lastFile;
    private long lastId;

    /// How far an apply goes.
    public enum Mode {
        /// All the way.
        LIVE,
        /// Parses and compares; runs no guest.
        PLAN,
        /// Everything up to the commit, then throws it away.
        FULL
    }

    /// What is asked for.
    ///
    /// @param change from the config that runs to the one wanted
    /// @param expected hashes of the configs the writer has seen, or null for any
    /// @param source `api` or `file`
    /// @param file hash of the file it comes from, or null
    public record Request(
            UnaryOperator<ConfigDocument> change,
            @Nullable Set<String> expected,
            Mode mode,
            String source,
            @Nullable String file) {}

    /// @param settings those this process was started with
    /// @param current starts with the generation of the empty config
    /// @param wrapper what stands in a chain for a plugin; the plugin itself, but for experiments
    /// @param hook what happens between steps; nothing, but for experiments
    public Publisher(
            Loops loops,
            SettingsConfig settings,
            ExchangeContext context,
            CurrentGeneration current,
            Admission admission,
            ModuleStore store,
            RecordStore records,
            UnaryOperator<FilterSource> wrapper,
            ApplyHook hook) {
        this.loops = loops;
        this.settings = settings;
        this.current = current;
        this.store = store;
        builder = new GenerationBuilder(loops, context, admission, store, wrapper, hook);
        this.hook = hook;
        this.records = records;
        live =
                new Live(
                        current.get(),
                        ConfigDocument.empty(),
                        GatewayConfig.defaults(),
                        new TreeMap<>(),
                        Map.of(),
                        Map.of(),
                        List.of());
    }

    /// What runs now.
    public Live live() {
        return live;
    }

    /// How many bundles nothing may enter for the moment.
    public long brokenBundles() {
        return live.bundles().values().stream().filter(Bundle::isBroken).count();
    }

    /// Starts what a record says.
    ///
    /// @throws ApplyException when it cannot run here at all
    public void restore(GenerationRecord record) {
        onControl(() -> {
            lastFile = record.file();
            publish(
                    record.document(),
                    parse(record.document()),
                    record.id(),
                    record.modules(),
                    null);
            return record;
        });
    }

    /// Tries again what could not be loaded; all else stays as it is, modules and their bytes too.
    /// What still fails is treated by its `onLoad`.
    ///
    /// @return how many plugins have failed still
    long recover() {
        return onControl(this::recoverNow);
    }

    private long recoverNow() throws InterruptedException, IOException {
        Live before = live;
        if (!before.hasFailures()) {
            return 0;
        }
        var draft = new Draft();
        Live next;
        try {
            next =
                    inTime(() ->
                            builder.build(
                                    lastId + 1,
                                    before.document(),
                                    before.config(),
                                    before,
                                    new ModuleResolution(store, before.config(), before)
                                            .resolveLost(),
                                    draft));
            if (next.failures() < before.failures()) {
                commit(next, "recovery", lastFile);
            }
        } catch (RuntimeException | IOException | InterruptedException | Error e) {
            discard(draft, before);
            throw e;
        }
        if (next.failures() < before.failures()) {
            goLive(before, next, draft, lastFile);
        } else {
            discard(draft, before);
        }
        return next.failures();
    }

    /// Applies a config.
    ///
    /// @throws ApplyException when it is not; then nothing has changed
    public Applied apply(Request request) {
        try {
            Applied applied = onControl(() -> applyNow(request));
            if (!applied.dryRun() && !applied.changes().isEmpty()) {
                LOG.info(
                        "generation {} is live, by {}: added {}, changed {}, removed {}",
                        applied.generation(),
                        request.source(),
                        applied.changes().added(),
                        applied.changes().changed(),
                        applied.changes().removed());
            }
            return applied;
        } catch (ApplyException e) {
            LOG.info("a change by {} was refused: {}", request.source(), e.getMessage());
            throw e;
        }
    }

    private Applied applyNow(Request request) throws InterruptedException, IOException {
        Live before = live;
        if (request.expected() != null && !request.expected().contains(before.document().hash())) {
            throw new ApplyException(
                    ApplyException.Kind.STALE,
                    List.of(
                            new ConfigError(
                                    "",
                                    "config_changed",
                                    "the config has changed since you read it: get it again (its"
                                            + " ETag is \"%s\") and repeat your change"
                                                    .formatted(before.document().hash()),
                                    null)));
        }
        ConfigDocument document;
        GatewayConfig config;
        try {
            document = request.change().apply(before.document());
            config = parse(document);
        } catch (ConfigException e) {
            throw new ApplyException(ApplyException.Kind.INVALID, e.errors());
        }
        ConfigDiff diff = before.document().diffTo(document);
        List<String> warnings = warnings(config);
        if (request.mode() == Mode.PLAN || (diff.isEmpty() && !isStale(before, request))) {
            return new Applied(
                    before.generation().id(),
                    document.hash(),
                    diff,
                    warnings,
                    request.mode() != Mode.LIVE);
        }
        if (request.mode() == Mode.FULL) {
            var draft = new Draft();
            try {
                inTime(() -> builder.build(lastId + 1, document, config, before, null, draft));
            } finally {
                discard(draft, before);
            }
            return new Applied(before.generation().id(), document.hash(), diff, warnings, true);
        }
        publish(document, config, lastId + 1, null, request);
        return new Applied(live.generation().id(), document.hash(), diff, warnings, false);
    }

    /// Whether applying the config that runs once more changes what runs, or what is on record.
    private boolean isStale(Live before, Request request) throws InterruptedException {
        boolean newFile = request.file() != null && !request.file().equals(lastFile);
        return lastId == 0
                || newFile
                || before.hasFailures()
                || !new ModuleResolution(store, before.config(), before)
                        .resolve(new Problems())
                        .equals(before.modules());
    }

    private static GatewayConfig parse(ConfigDocument document) {
        return ConfigParser.parse(document).orThrow();
    }

    /// @param known module digests from a record, which is committed already; null for an apply
    private void publish(
            ConfigDocument document,
            GatewayConfig config,
            long id,
            @Nullable SortedMap<String, Resolved> known,
            @Nullable Request request)
            throws InterruptedException, IOException {
        Live before = live;
        var draft = new Draft();
        Live next;
        String file = request == null || request.file() == null ? lastFile : request.file();
        try {
            next =
                    known == null
                            ? inTime(() -> builder.build(id, document, config, before, null, draft))
                            : builder.build(id, document, config, before, known, draft);
            if (request != null) {
                commit(next, request.source(), file);
            }
        } catch (RuntimeException | IOException | InterruptedException | Error e) {
            discard(draft, before);
            throw e;
        }
        try {
            hook.before(ApplyStep.PUBLISH);
        } catch (RuntimeException | IOException | InterruptedException | Error e) {
            withdraw(id);
            discard(draft, before);
            throw e;
        }
        goLive(before, next, draft, file);
    }

    private void goLive(Live before, Live next, Draft draft, @Nullable String file)
            throws InterruptedException {
        long id = next.generation().id();
        int lost = draft.mergeSharedData();
        current.publish(next.generation());
        live = next;
        lastId = id;
        lastFile = file;
        try {
            confirm(id);
        } finally {
            settle(before, next, draft, lost);
        }
    }

    /// What is built, given up when it takes too long or the gateway ends.
    private Live inTime(Build build) throws InterruptedException, IOException {
        var now = new BuildLimit(hook.longestBuild());
        try (now) {
            building = now;
            if (stopping) {
                now.giveUp();
            }
            return build.run();
        } catch (RuntimeException | IOException | InterruptedException e) {
            if (!now.isExceeded()) {
                throw e;
            }
            throw stopping
                    ? failed(
                            "stopping",
                            "the gateway is being stopped; nothing has changed: apply it again when it is back")
                    : failed(
                            "apply_timeout",
                            ("the change was not ready after %d s and was given up; nothing"
                                            + " has changed")
                                    .formatted(hook.longestBuild().toSeconds()));
        } finally {
            building = null;
        }
    }

    /// Makes what runs next.
    private interface Build {
        Live run() throws InterruptedException, IOException;
    }

    /// Returns when no loop reads the generation before.
    private void confirm(long id) throws InterruptedException {
        try {
            hook.before(ApplyStep.BARRIER);
            if (!hook.skips(ApplyStep.BARRIER)) {
                loops.barrier().join();
            }
        } catch (RuntimeException | IOException e) {
            throw failed(
                    "not_confirmed",
                    "generation %d is live and on record, but not every loop has confirmed it: %s"
                            .formatted(id, e));
        }
    }

    /// Ends what the new generation does not name; it is live whatever becomes of this.
    private void settle(Live before, Live next, Draft draft, int lost) throws InterruptedException {
        draft.resumeTicks();
        if (lost > 0) {
            LOG.warn("{} shared-data changes of new plugins lost to live ones", lost);
        }
        next.bundles().values().forEach(each -> each.clusters(next.generation().clusters()));
        openListeners(next);
        try {
            hook.before(ApplyStep.RETIRE);
        } catch (RuntimeException | IOException e) {
            LOG.error("generation {} is live; tidying up after it", next.generation().id(), e);
        }
        retire(before, next);
        next.plugins().stream()
                .filter(Live.PluginStatus::hasFailed)
                .forEach(each -> LOG.error("{}", each.message()));
    }

    private void commit(Live next, String source, @Nullable String file)
            throws InterruptedException {
        try {
            hook.before(ApplyStep.COMMIT);
            records.commit(
                    new GenerationRecord(
                            next.generation().id(),
                            Instant.now(),
                            source,
                            file,
                            next.modules(),
                            next.document()));
        } catch (IOException e) {
            throw failed(
                    "disk_failed", "the config could not be written to the data directory: " + e);
        }
    }

    private void withdraw(long id) {
        try {
            records.withdraw(id);
        } catch (IOException e) {
            LOG.error("record {} does not run and could not be deleted: {}", id, e.toString());
        }
    }

    private static ApplyException failed(String code, String message) {
        return new ApplyException(
                ApplyException.Kind.FAILED, List.of(new ConfigError("", code, message, null)));
    }

    private static void openListeners(Live next) {
        next.config()
                .listeners()
                .values()
                .forEach(each -> {
                    next.listener(each).limits(each.limits());
                    next.listener(each).accept();
                });
    }

    private void retire(Live before, Live next) {
        before.bundles().values().stream()
                .filter(each -> !next.bundles().containsValue(each))
                .forEach(Bundle::retire);
        before.generation().clusters().byName().values().stream()
                .filter(each -> next.generation().clusters().byName().get(each.name()) != each)
                .forEach(each -> each.retire());
        before.listeners().entrySet().stream()
                .filter(each -> !next.listeners().containsKey(each.getKey()))
                .forEach(each -> each.getValue().close());
        tidy(next);
    }

    private void discard(Draft draft, Live before) {
        draft.discard();
        tidy(before);
    }

    /// Keeps the code of what runs, and the bytes that it or a record names.
    private void tidy(Live running) {
        store.retainCode(
                running.config().plugins().values().stream()
                        .flatMap(each -> code(running, each))
                        .collect(Collectors.toSet()));
        try {
            store.retainBytes(
                    Stream.concat(
                                    records.prune().stream(),
                                    running.modules().values().stream().map(Resolved::module))
                            .collect(Collectors.toSet()));
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("old records could not be deleted: {}", e.toString());
        }
    }

    private static Stream<CodeKey> code(Live running, PluginConfig plugin) {
        Resolved resolved = running.modules().get(plugin.module());
        return resolved == null
                ? Stream.empty()
                : Stream.of(
                        new CodeKey(resolved.module(), Profile.valueOf(plugin.profile().name())));
    }

    private List<String> warnings(GatewayConfig config) {
        return settings.equals(config.settings())
                ? List.of()
                : List.of("changed settings take effect when the gateway is started again");
    }

    private <T> T onControl(Callable<T> task) {
        try {
            return control.submit(task).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a config was applied", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw failed("internal", String.valueOf(e.getCause()));
        }
    }

    /// Gives up what is being built, and what will be: the gateway ends.
    public void stop() {
        stopping = true;
        BuildLimit now = building;
        if (now != null) {
            now.giveUp();
        }
    }

    /// Ends all listeners and plugins; the loops are the caller's to close.
    @Override
    public void close() {
        stop();
        onControl(() -> {
            Live last = live;
            last.listeners().values().forEach(each -> each.close());
            last.bundles().values().forEach(Bundle::retire);
            last.generation().clusters().byName().values().forEach(each -> each.retire());
            return last;
        });
        control.shutdown();
        try {
            control.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
