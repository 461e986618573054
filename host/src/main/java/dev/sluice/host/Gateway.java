package dev.sluice.host;

import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.host.accesslog.AccessLog;
import dev.sluice.host.admin.AdminApi;
import dev.sluice.host.admin.AdminServer;
import dev.sluice.host.config.AccessLogConfig.Destination;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigException;
import dev.sluice.host.config.ConfigParser;
import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.HostPort;
import dev.sluice.host.config.SettingsConfig;
import dev.sluice.host.config.TransportConfig;
import dev.sluice.host.generation.Applied;
import dev.sluice.host.generation.ApplyException;
import dev.sluice.host.generation.GenerationRecord;
import dev.sluice.host.generation.Publisher;
import dev.sluice.host.generation.RecordStore;
import dev.sluice.host.generation.Recovery;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.loop.Transport;
import dev.sluice.host.plugin.Admission;
import dev.sluice.host.plugin.BlobStore;
import dev.sluice.host.plugin.CodeCache;
import dev.sluice.host.plugin.GuestMemoryUse;
import dev.sluice.host.plugin.ModuleStore;
import dev.sluice.host.plugin.Watchdog;
import dev.sluice.host.route.CurrentGeneration;
import dev.sluice.host.route.Generation;
import dev.sluice.host.route.RouteTable;
import dev.sluice.host.shared.SharedStore;
import dev.sluice.host.stats.Metrics;
import dev.sluice.host.stream.ExchangeContext;
import dev.sluice.host.upstream.Clusters;
import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running gateway: the page where everything is wired together.
///
/// Owns what it starts, and ends it in reverse order.
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long DRAIN_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final Loops loops;
    private final CurrentGeneration current;
    private final Publisher publisher;
    private final AdminServer admin;

    /// The config a gateway starts with.
    ///
    /// @param document as declared
    /// @param source `file`, or what else is responsible for it
    public record Start(ConfigDocument document, String source) {}

    /// Starts a gateway: what its data directory recorded last, then `start` when that was not
    /// applied before. It serves when this returns.
    ///
    /// @throws ApplyException when the config cannot run
    /// @throws IOException when the data directory or an address cannot be had
    public static Gateway start(Start start) throws IOException {
        return start(start, Experiment.none());
    }

    /// [#start] with something broken or watched in it.
    public static Gateway start(Start start, Experiment experiment) throws IOException {
        GatewayConfig config = ConfigParser.parse(start.document()).orThrow();
        var owned = new ArrayDeque<AutoCloseable>();
        try {
            return new Gateway(start, config.settings(), experiment, owned);
        } catch (IOException | RuntimeException | Error e) {
            close(owned);
            throw e;
        }
    }

    private Gateway(
            Start start, SettingsConfig declared, Experiment experiment, Deque<AutoCloseable> owned)
            throws IOException {
        var directory = own(owned, DataDirectory.open(declared.dataDir()));
        var records = new RecordStore(directory.generations());
        GenerationRecord record = records.last();
        boolean applied = record != null && start.document().hash().equals(record.file());
        SettingsConfig settings = record != null && applied ? recorded(record, declared) : declared;

        loops =
                own(
                        owned,
                        new Loops(
                                transport(settings.transport()),
                                loopCount(settings),
                                settings.heldBodies().bytes()));
        var watchdog = own(owned, new Watchdog(loops.all().stream().map(Loop::guestSlot).toList()));
        AccessLog accessLog = accessLog(owned, settings.accessLog().destination());
        current = new CurrentGeneration(nothing());
        var context =
                new ExchangeContext(SystemClock.INSTANCE, current, accessLog, loops.serving());
        own(owned, () -> drain(context));
        var registry = own(owned, new RegistryClient(RegistryOptions.defaults()));
        var limits = ModuleLimits.defaults();
        var store =
                new ModuleStore(
                        registry,
                        new BlobStore(directory.blobs()),
                        new CodeCache(directory.code(), limits),
                        limits);
        var memory =
                new GuestMemoryUse(settings.guestMemory().bytes(Runtime.getRuntime().maxMemory()));
        var admission =
                new Admission(loops, watchdog, SystemClock.INSTANCE, new SharedStore(), memory);
        publisher =
                own(
                        owned,
                        new Publisher(
                                loops,
                                settings,
                                context,
                                current,
                                admission,
                                store,
                                records,
                                experiment.wrapper().apply(current),
                                experiment.hook()));
        var metrics = own(owned, new Metrics(loops.all().stream().map(Loop::counters).toList()));
        metrics.gauge("sluice.generation", "Id of the live generation", () -> current.get().id());
        metrics.gauge("sluice.guest.memory.bytes", "Memory of all VMs", memory::total);
        metrics.gauge("sluice.guest.memory.limit.bytes", "What they may hold", memory::most);
        metrics.gauge("sluice.guest.vms", "VMs", memory::vms);
        metrics.gauge(
                "sluice.plugin.breaker.open", "Plugins left out now", publisher::brokenBundles);

        if (record != null) {
            restore(record, applied);
        }
        if (!applied) {
            Applied file =
                    publisher.apply(
                            new Publisher.Request(
                                    _ -> start.document(),
                                    null,
                                    Publisher.Mode.LIVE,
                                    start.source(),
                                    start.document().hash()));
            if (record != null && !file.changes().isEmpty()) {
                LOG.warn(
                        "the file has changed since it was applied last, and replaces generation {}:"
                                + " added {}, changed {}, removed {}",
                        record.id(),
                        file.changes().added(),
                        file.changes().changed(),
                        file.changes().removed());
            }
        }
        admin = own(owned, openAdmin(settings.admin().address(), metrics));
        own(owned, publisher::stop);
        if (record != null) {
            own(owned, new Recovery(publisher));
        }
        this.owned.addAll(owned);
    }

    /// Serves what was recorded last. Where that cannot run any more, a file that was changed since
    /// takes its place.
    private void restore(GenerationRecord record, boolean last) {
        try {
            publisher.restore(record);
            if (last) {
                LOG.info(
                        "generation {} runs again, as it was left by {} at {}: the file has not"
                                + " changed since it was applied",
                        record.id(),
                        record.source(),
                        record.time());
            }
        } catch (ApplyException | ConfigException e) {
            if (last) {
                throw e;
            }
            LOG.warn("generation {} cannot be restored: {}", record.id(), e.getMessage());
        }
    }

    /// Where the config API is.
    public InetSocketAddress adminAddress() {
        return admin.address();
    }

    /// Where a listener is.
    ///
    /// @param name of the listener in the config that runs
    public InetSocketAddress address(String name) {
        var live = publisher.live();
        return live.listener(Objects.requireNonNull(live.config().listeners().get(name), name))
                .address();
    }

    /// The one writer of what runs.
    public Publisher publisher() {
        return publisher;
    }

    /// The threads it serves on.
    Loops loops() {
        return loops;
    }

    /// How many event loops serve.
    public int loopCount() {
        return loops.serving().size();
    }

    /// Accepts no more, lets what is under way end for at most 10 s, and ends everything.
    @Override
    public void close() {
        close(owned);
    }

    /// Waits for what is under way; then no line of it is missing in the access log.
    private void drain(ExchangeContext context) {
        long deadline = System.nanoTime() + DRAIN_NANOS;
        while (open() > 0 && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(DRAIN_LOOK_NANOS);
        }
        loops.serving().forEach(loop -> loop.execute(() -> context.flushLog(loop)));
        loops.barrier().join();
    }

    /// Connections whose listener is closed end when their last answer has left.
    private long open() {
        return loops.serving().stream().mapToLong(loop -> loop.counters().connectionsActive).sum();
    }

    private AdminServer openAdmin(HostPort address, Metrics metrics) throws IOException {
        return AdminServer.open(
                loops,
                new InetSocketAddress(address.host(), address.port()),
                new AdminApi(publisher, metrics, Version.current()));
    }

    private static SettingsConfig recorded(GenerationRecord record, SettingsConfig declared) {
        SettingsConfig kept = ConfigParser.parse(record.document()).orThrow().settings();
        return new SettingsConfig(
                kept.admin(),
                declared.dataDir(),
                kept.accessLog(),
                kept.transport(),
                kept.guestMemory(),
                kept.heldBodies(),
                kept.loops());
    }

    private static Generation nothing() {
        var none = new RouteTable.Builder();
        return new Generation(
                0,
                ConfigDocument.empty().hash(),
                none.build(RouteTable.DomainRoutes.nothing()),
                Clusters.none());
    }

    private static int loopCount(SettingsConfig settings) {
        return settings.loops() > 0 ? settings.loops() : Runtime.getRuntime().availableProcessors();
    }

    private static Transport transport(TransportConfig wanted) {
        Transport transport =
                switch (wanted) {
                    case AUTO -> Transport.best();
                    case IO_URING -> Transport.IO_URING;
                    case EPOLL -> Transport.EPOLL;
                    case NIO -> Transport.NIO;
                };
        if (!transport.isAvailable()) {
            Transport best = Transport.best();
            LOG.warn("transport {} does not work on this machine; using {}", transport, best);
            return best;
        }
        return transport;
    }

    private static @Nullable AccessLog accessLog(
            Deque<AutoCloseable> owned, Destination destination) throws IOException {
        return switch (destination) {
            case Destination.Off() -> null;
            case Destination.Stdout() -> own(owned, new AccessLog(System.out));
            case Destination.File(Path path) -> {
                if (path.getParent() != null) {
                    Files.createDirectories(path.getParent());
                }
                OutputStream file =
                        own(
                                owned,
                                new BufferedOutputStream(
                                        Files.newOutputStream(
                                                path,
                                                StandardOpenOption.CREATE,
                                                StandardOpenOption.APPEND)));
                yield own(owned, new AccessLog(file));
            }
        };
    }

    private static <T extends AutoCloseable> T own(Deque<AutoCloseable> owned, T part) {
        owned.push(part);
        return part;
    }

    private static void close(Deque<AutoCloseable> owned) {
        for (AutoCloseable part : owned) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not end well", part.getClass().getSimpleName(), e);
            }
        }
        owned.clear();
    }
}
