package dev.sluice.conformance.subject.gateway;

import dev.sluice.conformance.subject.Arrival;
import dev.sluice.conformance.subject.Exchange;
import dev.sluice.conformance.subject.LogLine;
import dev.sluice.conformance.subject.Plugin;
import dev.sluice.conformance.subject.Request;
import dev.sluice.conformance.subject.Subject;
import dev.sluice.host.Gateway;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// A gateway that runs as long as this does, and is given each row's plugins by its config API.
///
/// Each time a plugin runs under a name of its own, so that nothing of it is left from before.
public final class GatewaySubject implements Subject {
    private static final int LOOPS = 2;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path folder;
    private final UpstreamServer upstream;
    private final GatewayLog log = new GatewayLog();
    private final Configs configs;
    private final Gateway gateway;
    private final AdminClient admin;
    private final Deque<ClientConnection> idle = new ArrayDeque<>();
    private int runs;

    /// Starts it.
    public GatewaySubject() {
        try {
            folder = Files.createTempDirectory("sluice-gate-");
            upstream = new UpstreamServer();
            configs = new Configs(folder, LOOPS, upstream.port(), closedPort());
            byte[] config =
                    configs.of(new LinkedHashMap<>(), Map.of())
                            .toString()
                            .getBytes(StandardCharsets.UTF_8);
            gateway =
                    Gateway.start(
                            new Gateway.Start(
                                    ConfigDocument.read(config, ConfigFormat.JSON), "file"));
            admin = new AdminClient(gateway.adminAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public void run(List<Plugin> plugins) {
        runs++;
        var named = new LinkedHashMap<String, Plugin>();
        plugins.forEach(each -> named.put(each.name() + "-" + runs, each));
        var modules = new LinkedHashMap<String, Path>();
        named.forEach((name, plugin) -> modules.put(name, write(name, plugin.module())));
        upstream.arrivals().clear();
        log.begin(named);
        replace(named, modules);
    }

    @Override
    public void remove() {
        replace(new LinkedHashMap<>(), Map.of());
    }

    private void replace(SequencedMap<String, Plugin> plugins, Map<String, Path> modules) {
        admin.put(configs.of(plugins, modules));
        awaitVms(plugins.values());
    }

    /// Waits until those of before are gone.
    private void awaitVms(Collection<Plugin> plugins) {
        long groups = plugins.stream().map(Plugin::vmKey).distinct().count();
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (admin.metric("sluice_guest_vms") > groups * startedVms()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the VMs of the plugins before are not gone");
            }
            advance();
        }
    }

    @Override
    public Exchange open(Request request) {
        ClientConnection kept = idle.poll();
        ClientConnection used =
                kept == null ? ClientConnection.open(gateway.address("http")) : kept;
        return new GatewayExchange(used, request, idle::push);
    }

    @Override
    public List<LogLine> log() {
        return List.copyOf(log.lines());
    }

    @Override
    public List<Arrival> arrivals() {
        return List.copyOf(upstream.arrivals());
    }

    @Override
    public void advance() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }

    /// One on each loop, and one to spare.
    @Override
    public int startedVms() {
        return LOOPS + 1;
    }

    @Override
    public int servingVms() {
        return LOOPS;
    }

    @Override
    public String abiVersion(String plugin) {
        return status(plugin)
                .path("abi")
                .asString()
                .replace("proxy_abi_version_", "")
                .replace('_', '.');
    }

    @Override
    public List<String> unimplementedImports(String plugin) {
        return StreamSupport.stream(
                        status(plugin).path("unimplementedImports").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    @Override
    public void close() {
        try {
            idle.forEach(ClientConnection::close);
            admin.close();
            gateway.close();
            log.close();
            upstream.close();
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode status(String plugin) {
        return admin.status().path("plugins").path(plugin + "-" + runs);
    }

    private Path write(String name, byte[] module) {
        try {
            return Files.write(folder.resolve(name + ".wasm"), module);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A port that was free a moment ago.
    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void delete() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
