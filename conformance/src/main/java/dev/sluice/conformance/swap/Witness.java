package dev.sluice.conformance.swap;

import dev.sluice.conformance.guest.Guests;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import dev.sluice.host.demo.BuildId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The configs of a gateway in which everything a request meets carries its generation's number: a
/// chain of three witnesses by their configuration, the route by its name, the upstream by which of
/// them it is. Every tenth generation changes the upstreams, by turns where they connect to and
/// only how long they wait; the others keep them.
final class Witness {
    static final int PLUGINS = 3;
    static final int UPSTREAMS = 4;

    /// Each upstream is at one of two, by turns.
    static final int ADDRESSES = 2 * UPSTREAMS;

    static final int LOOPS = 2;

    /// A VM per plugin and loop, and one to spare.
    static final int VMS = PLUGINS * (LOOPS + 1);

    private static final int UPSTREAMS_LIVE = 10;

    private final Path folder;
    private final List<InetSocketAddress> upstreams;

    /// @param folder where modules and the gateway's data go
    Witness(Path folder, List<InetSocketAddress> upstreams) {
        this.folder = folder;
        this.upstreams = upstreams;
    }

    /// Which of the addresses answers requests of `generation`.
    static int upstream(int generation) {
        return address(generation % UPSTREAMS, generation);
    }

    private static int address(int upstream, int generation) {
        int turn = generation / (2 * UPSTREAMS_LIVE) % 2;
        return turn * UPSTREAMS + upstream;
    }

    /// The config of generation 0.
    ConfigDocument first() throws IOException {
        String yaml =
                """
                settings:
                  admin: { address: "127.0.0.1:0" }
                  dataDir: "%s"
                  accessLog: { path: "off" }
                  loops: %d
                listeners:
                  http: { address: "127.0.0.1:0", limits: { requestsPerConnection: 1000000 } }
                modules: { witness: %s }
                plugins: { %s }
                bindings: { %s }
                routes: { %s }
                upstreams: { %s }
                """
                        .formatted(
                                folder.resolve("data"),
                                LOOPS,
                                module(0),
                                each(i ->
                                        "w%1$d: { module: witness, config: \"%1$d 0\" }"
                                                .formatted(i)),
                                each(i ->
                                        "w%1$d: { plugin: w%1$d, target: { global: true }, priority: %2$d }"
                                                .formatted(i, PLUGINS - i)),
                                route(0),
                                upstreams(0));
        return ConfigDocument.read(yaml.getBytes(StandardCharsets.UTF_8), ConfigFormat.YAML);
    }

    /// What makes `generation` of the one before it.
    String change(int generation) {
        String plugins =
                each(i -> "\"w%1$d\": {\"config\": \"%1$d %2$d\"}".formatted(i, generation));
        String changed =
                "\"plugins\": {%s}, \"routes\": {\"g-%d\": null, %s}"
                        .formatted(plugins, generation - 1, route(generation));
        return generation % UPSTREAMS_LIVE == 0
                ? "{%s, \"upstreams\": {%s}}".formatted(changed, upstreams(generation))
                : "{%s}".formatted(changed);
    }

    /// [#change], and new code for it, whose build has the generation's number.
    String changeWithCode(int generation) throws IOException {
        String change = change(generation);
        return "{\"modules\": {\"witness\": %s}, %s"
                .formatted(module(generation), change.substring(1));
    }

    /// Deletes the code of a generation; the gateway has its own copy of what it runs.
    void forget(int generation) throws IOException {
        Files.deleteIfExists(file(generation));
    }

    private String module(int build) throws IOException {
        Path file = Files.write(file(build), BuildId.patched(Guests.bytes("swap/witness"), build));
        return "{\"source\": {\"file\": {\"path\": \"%s\"}}}".formatted(file);
    }

    private Path file(int build) {
        return folder.resolve("witness-%d.wasm".formatted(build));
    }

    private static String route(int generation) {
        return "\"g-%d\": {\"match\": {\"path\": {\"prefix\": \"/\"}}, \"upstream\": \"u%d\"}"
                .formatted(generation, generation % UPSTREAMS);
    }

    private String upstreams(int generation) {
        return IntStream.range(0, UPSTREAMS)
                .mapToObj(i ->
                        "\"u%d\": {\"endpoints\": [\"127.0.0.1:%d\"], \"connectTimeout\": \"%dms\"}"
                                .formatted(
                                        i,
                                        upstreams.get(address(i, generation)).getPort(),
                                        10_000 + generation))
                .collect(Collectors.joining(", "));
    }

    private interface Resource {
        String of(int place);
    }

    private static String each(Resource resource) {
        return IntStream.rangeClosed(1, PLUGINS)
                .mapToObj(resource::of)
                .collect(Collectors.joining(", "));
    }
}
