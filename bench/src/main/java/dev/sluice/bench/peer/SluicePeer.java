package dev.sluice.bench.peer;

import dev.sluice.bench.machine.Child;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Sluice with one event loop, in a JVM of its own with the flags of this one.
public final class SluicePeer implements Peer {
    private final int core;

    /// @param core where it runs
    public SluicePeer(int core) {
        this.core = core;
    }

    @Override
    public String name() {
        return "sluice";
    }

    @Override
    public @Nullable String missing(Task task) {
        return null;
    }

    @Override
    public Running start(Task task, int upstreamPort, Path directory)
            throws IOException, InterruptedException {
        int port = Loopback.freePort();
        int control = Loopback.freePort();
        Path config = directory.resolve("sluice.json");
        Path log = directory.resolve("sluice.log");
        Files.writeString(config, config(task, port, upstreamPort, directory));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(
                List.of(
                        BenchGateway.class.getName(),
                        config.toString(),
                        Integer.toString(control)));
        Child child = Child.start(core, log, command);
        try {
            Loopback.awaitPort(child, control, log);
        } catch (IOException | InterruptedException e) {
            child.close();
            throw e;
        }
        return new Running(name(), child, port, control);
    }

    static String config(Task task, int port, int upstreamPort, Path directory) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode root = mapper.createObjectNode();
        ObjectNode settings = root.putObject("settings");
        settings.putObject("admin").put("address", "127.0.0.1:0");
        settings.put("dataDir", directory.resolve("data").toString()).put("loops", 1);
        settings.putObject("accessLog").put("path", "off");
        ObjectNode listener = root.putObject("listeners").putObject("http");
        listener.put("address", "127.0.0.1:" + port);
        listener.putObject("limits").put("requestsPerConnection", 1_000_000_000);
        root.putObject("upstreams")
                .putObject("backend")
                .putArray("endpoints")
                .add("127.0.0.1:" + upstreamPort);
        root.putObject("routes").putObject("all").put("upstream", "backend");
        for (int i = 0; i < task.plugins().size(); i++) {
            add(root, task.plugins().get(i), -i);
        }
        return mapper.writeValueAsString(root);
    }

    private static void add(ObjectNode root, Plugin plugin, int priority) {
        ObjectNode modules = root.withObject("/modules");
        modules.putObject(plugin.name())
                .putObject("source")
                .putObject("file")
                .put("path", plugin.module().toString());
        ObjectNode own = root.withObject("/plugins").putObject(plugin.name());
        own.put("module", plugin.name()).put("rootId", plugin.rootId());
        own.set("config", JsonMapper.shared().readTree(plugin.config()));
        ObjectNode binding = root.withObject("/bindings").putObject(plugin.name());
        binding.put("plugin", plugin.name()).put("priority", priority);
        binding.putObject("target").put("global", true);
    }
}
