package dev.sluice.bench.peer;

import dev.sluice.bench.machine.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Envoy with one worker.
public final class EnvoyPeer implements Peer {
    private static final String TYPES = "type.googleapis.com/envoy.extensions.filters.";

    private final int core;
    private final EnvoyProgram program;

    /// @param core where it runs
    public EnvoyPeer(int core, EnvoyProgram program) {
        this.core = core;
        this.program = program;
    }

    @Override
    public String name() {
        return "envoy";
    }

    @Override
    public @Nullable String missing(Task task) {
        return program.missing();
    }

    @Override
    public Running start(Task task, int upstreamPort, Path directory)
            throws IOException, InterruptedException {
        int port = Loopback.freePort();
        Path config = directory.resolve("envoy.json");
        Path log = directory.resolve("envoy.log");
        Files.writeString(config, config(task, port, upstreamPort));
        Child child =
                Child.start(
                        core,
                        log,
                        List.of(
                                program.path().toString(),
                                "-c",
                                config.toString(),
                                "--concurrency",
                                "1",
                                "--disable-hot-restart",
                                "-l",
                                "warning"));
        try {
            Loopback.awaitPort(child, port, log);
        } catch (IOException | InterruptedException e) {
            child.close();
            throw e;
        }
        return new Running(name(), child, port, 0);
    }

    static String config(Task task, int port, int upstreamPort) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode root = mapper.createObjectNode();
        ObjectNode resources = root.putObject("static_resources");
        ObjectNode listener = resources.putArray("listeners").addObject();
        address(listener, port);
        ObjectNode chain = listener.putArray("filter_chains").addObject();
        manager(chain.putArray("filters").addObject(), task.plugins());
        ObjectNode cluster = resources.putArray("clusters").addObject();
        cluster.put("name", "backend").put("type", "STATIC");
        ObjectNode assignment = cluster.putObject("load_assignment");
        assignment.put("cluster_name", "backend");
        ObjectNode locality = assignment.putArray("endpoints").addObject();
        address(locality.putArray("lb_endpoints").addObject().putObject("endpoint"), upstreamPort);
        return mapper.writeValueAsString(root);
    }

    private static void address(ObjectNode parent, int port) {
        parent.putObject("address")
                .putObject("socket_address")
                .put("address", "127.0.0.1")
                .put("port_value", port);
    }

    /// Sets the forwarding headers that Sluice sets, and says nothing else of itself.
    private static void manager(ObjectNode filter, List<Plugin> plugins) {
        filter.put("name", "http");
        ObjectNode manager =
                typed(filter, "network.http_connection_manager.v3.HttpConnectionManager");
        manager.put("stat_prefix", "http").put("use_remote_address", true);
        manager.put("server_header_transformation", "PASS_THROUGH");
        ObjectNode routes = manager.putObject("route_config");
        ObjectNode forwarded = routes.putArray("request_headers_to_add").addObject();
        forwarded.put("append_action", "OVERWRITE_IF_EXISTS_OR_ADD");
        forwarded
                .putObject("header")
                .put("key", "x-forwarded-host")
                .put("value", "%REQ(:AUTHORITY)%");
        ObjectNode host = routes.putArray("virtual_hosts").addObject().put("name", "all");
        host.putArray("domains").add("*");
        ObjectNode route = host.putArray("routes").addObject();
        route.putObject("match").put("prefix", "/");
        route.putObject("route").put("cluster", "backend");
        ArrayNode filters = manager.putArray("http_filters");
        plugins.forEach(plugin -> wasm(filters.addObject(), plugin));
        typed(filters.addObject().put("name", "router"), "http.router.v3.Router")
                .put("suppress_envoy_headers", true);
    }

    private static void wasm(ObjectNode filter, Plugin plugin) {
        filter.put("name", plugin.name());
        ObjectNode config = typed(filter, "http.wasm.v3.Wasm").putObject("config");
        config.put("name", plugin.name()).put("root_id", plugin.rootId());
        config.put("failure_policy", "FAIL_CLOSED");
        ObjectNode vm = config.putObject("vm_config");
        vm.put("vm_id", plugin.name()).put("runtime", "envoy.wasm.runtime.v8");
        vm.putObject("code").putObject("local").put("filename", plugin.module().toString());
        config.putObject("configuration")
                .put("@type", "type.googleapis.com/google.protobuf.StringValue")
                .put("value", plugin.config());
    }

    private static ObjectNode typed(ObjectNode parent, String type) {
        return parent.putObject("typed_config").put("@type", TYPES + type);
    }
}
