package dev.sluice.conformance.subject.gateway;

import dev.sluice.conformance.subject.Plugin;
import dev.sluice.conformance.subject.Service;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The gateway's configs: always the same listener and upstreams, and a route for each plugin.
///
/// @param folder where the gateway may keep things
/// @param loops how many event loops it has
/// @param servicePort where [Service] answers
/// @param closedPort where nobody listens
record Configs(Path folder, int loops, int servicePort, int closedPort) {

    /// @param plugins by the names under which the gateway runs them
    /// @param modules where their code lies, by the same names
    ObjectNode of(SequencedMap<String, Plugin> plugins, Map<String, Path> modules) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ObjectNode settings = root.putObject("settings");
        settings.putObject("admin").put("address", "127.0.0.1:0");
        settings.put("dataDir", folder.resolve("data").toString());
        settings.putObject("accessLog").put("path", "off");
        settings.put("loops", loops);
        root.putObject("listeners").putObject("http").put("address", "127.0.0.1:0");
        ObjectNode upstreams = root.putObject("upstreams");
        for (String name : Service.ALL) {
            int port = name.equals(Service.CLOSED) ? closedPort : servicePort;
            upstreams.putObject(name).putArray("endpoints").add("127.0.0.1:" + port);
        }
        plugins.forEach((name, plugin) -> {
            ObjectNode route = root.withObject("/routes").putObject(name);
            route.putObject("match").putObject("path").put("prefix", "/" + plugin.name());
            route.put("upstream", Service.NAME);
            root.withObject("/modules")
                    .putObject(name)
                    .putObject("source")
                    .putObject("file")
                    .put("path", String.valueOf(modules.get(name)));
            plugin(root.withObject("/plugins").putObject(name), name, plugin);
            ObjectNode binding = root.withObject("/bindings").putObject(name);
            binding.put("plugin", name);
            binding.putObject("target").put("route", name);
        });
        return root;
    }

    private static void plugin(ObjectNode node, String name, Plugin plugin) {
        node.put("module", name);
        if (!plugin.configuration().isEmpty()) {
            node.put("config", plugin.configuration());
        }
        if (!plugin.rootId().isEmpty()) {
            node.put("rootId", plugin.rootId());
        }
        node.putObject("limits").put("calloutsPerStream", plugin.vm().mostCalls());
        ObjectNode vm = node.putObject("vm");
        if (!plugin.vm().id().isEmpty()) {
            vm.put("id", plugin.vm().id());
        }
        if (!plugin.vm().configuration().isEmpty()) {
            vm.put("config", plugin.vm().configuration());
        }
        ObjectNode environment = vm.putObject("env");
        plugin.vm().environment().forEach(environment::put);
    }
}
