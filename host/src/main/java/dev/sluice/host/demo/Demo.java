package dev.sluice.host.demo;

import dev.sluice.host.Gateway;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import dev.sluice.host.demo.BuildConversation.Builds;
import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageReference;
import dev.sluice.registry.Access;
import dev.sluice.registry.EmbeddedRegistry;
import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryOptions;
import dev.sluice.registry.WasmArtifactContent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `sluice demo`: plugins pushed to a registry change live traffic, and nothing is lost.
public final class Demo implements AutoCloseable {
    private static final int CONNECTIONS = 64;
    private static final int PER_SECOND = 1000;
    private static final int SWAPS = 100;
    private static final int LEAST_REQUESTS = 50_000;
    private static final int WARM_UP_SWAPS = 5;
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration STEADY = Duration.ofSeconds(15);
    private static final Duration SWAP = Duration.ofMillis(800);
    private static final double PERCENTILE = 99;

    private final PrintStream text;
    private final Path directory;
    private final EmbeddedRegistry registry;
    private final RegistryClient client = new RegistryClient(RegistryOptions.defaults());
    private final EchoUpstream upstream = new EchoUpstream();
    private final Gateway gateway;
    private final ConfigApi api;
    private final List<Pushed> plugins = new ArrayList<>();
    private int build;

    private record Pushed(Sample sample, String reference, Digest digest, int bytes) {}

    /// What the load showed.
    ///
    /// @param counts over everything, warm-up included
    /// @param unanswered builds that no answer came from
    public record Outcome(
            Load.Counts counts,
            int swaps,
            int unanswered,
            double p99SteadyMillis,
            double p99SwapMillis,
            long generations) {
        /// Whether nothing was lost.
        public boolean isGood() {
            return counts.failed() == 0
                    && counts.connectionsClosed() == 0
                    && counts.mixedGenerations() == 0
                    && unanswered == 0;
        }
    }

    private Demo(PrintStream text) throws IOException {
        this.text = text;
        directory = Files.createTempDirectory("sluice-demo-");
        registry = EmbeddedRegistry.start(new InetSocketAddress("127.0.0.1", 0));
        int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
        String config = DemoConfig.gateway(directory.resolve("data"), loops, upstream.address());
        gateway =
                Gateway.start(
                        new Gateway.Start(
                                ConfigDocument.read(
                                        config.getBytes(StandardCharsets.UTF_8), ConfigFormat.YAML),
                                "file"));
        api = new ConfigApi(gateway.adminAddress());
    }

    /// Runs the demo.
    ///
    /// @param once ends when it has shown everything, instead of staying up
    /// @param json prints one object and nothing else
    /// @return whether nothing was lost
    public static boolean run(boolean once, boolean json, PrintStream out)
            throws IOException, InterruptedException {
        PrintStream text = json ? new PrintStream(OutputStream.nullOutputStream()) : out;
        text.println("Sluice demo: plugins from a registry change live traffic, nothing is lost.");
        text.println();
        try (var demo = new Demo(text)) {
            demo.introduce();
            demo.bindPlugins();
            Outcome outcome = demo.swapUnderLoad();
            if (json) {
                out.println(demo.json(outcome));
            } else {
                demo.report(outcome);
            }
            if (!once) {
                demo.stayUp();
            }
            return outcome.isGood();
        }
    }

    private void introduce() {
        text.printf("  registry    http://%s%n", registry.host());
        text.printf(
                "  upstream    http://127.0.0.1:%d (answers after 5-20 ms)%n",
                upstream.address().getPort());
        text.printf(
                "  gateway     http://127.0.0.1:%d on %d event loops%n",
                address().getPort(), gateway.loopCount());
        text.printf("  config API  http://127.0.0.1:%d%n", gateway.adminAddress().getPort());
        text.println();
    }

    private void bindPlugins() throws IOException, InterruptedException {
        var show = new Showcase(address(), text);

        Pushed rules = push(Sample.HEADER_RULES);
        bind(rules, DemoConfig.headerRules(rules.reference()), "to everything");
        show.get("localhost", "/hello", List.of("x-secret: 42"), List.of("x-build", "x-secret"));
        text.println("      (x-build was set on the way in and out, x-secret never arrived)");
        text.println();

        Pushed keys = push(Sample.API_KEY);
        bind(keys, DemoConfig.apiKey(keys.reference()), "to the domain members.localhost");
        show.get("members.localhost", "/", List.of(), List.of());
        show.get("members.localhost", "/", List.of("x-api-key: wrong"), List.of());
        show.get("members.localhost", "/", List.of("x-api-key: k1"), List.of("x-consumer"));
        text.println();

        Pushed rewrite = push(Sample.BODY_REWRITE);
        bind(rewrite, DemoConfig.bodyRewrite(rewrite.reference()), "to the route /page");
        show.get("localhost", "/page?q=food", List.of(), List.of("GET"));
        show.get("localhost", "/other?q=food", List.of(), List.of("GET"));
        text.println("      (foo became bar in the body, on that route only)");
        text.println();
    }

    private Pushed push(Sample sample) throws IOException {
        byte[] bytes = sample.bytes();
        String reference = "%s/plugins/%s:1".formatted(registry.host(), sample.name());
        return push(
                sample,
                reference,
                sample.equals(Sample.HEADER_RULES) ? BuildId.patched(bytes, build) : bytes);
    }

    private Pushed push(Sample sample, String reference, byte[] bytes) {
        client.push(
                ImageReference.parse(reference),
                WasmArtifactContent.of(bytes),
                Access.anonymous().overPlainHttp());
        return new Pushed(sample, reference, Digest.of(bytes), bytes.length);
    }

    private void bind(Pushed pushed, String patch, String where)
            throws IOException, InterruptedException {
        text.printf(
                "  %s/%s (%,d KiB): pushed; pulling, verifying, compiling ... ",
                pushed.sample().language(), pushed.sample().name(), pushed.bytes() >> 10);
        text.flush();
        long begun = System.nanoTime();
        api.patch(patch);
        text.printf("live after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        text.printf("    bound %s%n", where);
        plugins.add(pushed);
    }

    private InetSocketAddress address() {
        return gateway.address("http");
    }

    private Outcome swapUnderLoad() throws IOException, InterruptedException {
        text.printf(
                "  %d kept-alive connections, %,d requests a second, whatever happens:%n",
                CONNECTIONS, PER_SECOND);
        byte[] module = Sample.HEADER_RULES.bytes();
        var builds = new Builds();
        try (var load =
                new Load(
                        address(),
                        PER_SECOND,
                        LATE,
                        BuildConversation.many(CONNECTIONS, "localhost", builds))) {
            load.start();
            progress("warming up");
            Thread.sleep(WARM_UP);
            for (int i = 0; i < WARM_UP_SWAPS; i++) {
                swap(builds, module);
            }
            load.takeHistogram();
            progress("steady, no changes");
            Thread.sleep(STEADY);
            Histogram steady = load.takeHistogram();
            for (int i = 1; i <= SWAPS; i++) {
                swap(builds, module);
                if (i % 10 == 0) {
                    progress("%d of %d plugin versions swapped in".formatted(i, SWAPS));
                }
            }
            Histogram swapping = load.takeHistogram();
            while (load.counts().requests() < LEAST_REQUESTS) {
                Thread.sleep(SWAP);
            }
            load.stop();
            int unanswered = 0;
            for (int i = 1; i <= build; i++) {
                unanswered += builds.has(i) ? 0 : 1;
            }
            text.println();
            return new Outcome(
                    load.counts(),
                    SWAPS,
                    unanswered,
                    steady.getValueAtPercentile(PERCENTILE) / 1000.0,
                    swapping.getValueAtPercentile(PERCENTILE) / 1000.0,
                    gateway.publisher().live().generation().id());
        }
    }

    private void progress(String what) {
        text.printf("    %s%n", what);
    }

    /// Pushes the plugin with another build id, has it made live, and waits until it has answered.
    private void swap(Builds builds, byte[] module) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        build++;
        String reference =
                "%s/plugins/header-rules:%s".formatted(registry.host(), BuildId.name(build));
        push(Sample.HEADER_RULES, reference, BuildId.patched(module, build));
        api.patch(DemoConfig.module("header-rules", reference));
        long deadline = System.nanoTime() + 2_000_000_000L;
        while (!builds.has(build) && System.nanoTime() < deadline) {
            Thread.sleep(Duration.ofMillis(5));
        }
        Thread.sleep(SWAP.minusNanos(System.nanoTime() - begun));
    }

    private void report(Outcome outcome) {
        Load.Counts counts = outcome.counts();
        text.printf("  requests            %,d%n", counts.requests());
        text.printf("  failed              %,d%n", counts.failed());
        text.printf("  connections closed  %,d%n", counts.connectionsClosed());
        text.printf("  mixed generations   %,d%n", counts.mixedGenerations());
        text.printf("  plugin versions     %,d swapped in, ", outcome.swaps());
        text.println(
                outcome.unanswered() == 0
                        ? "each has answered"
                        : outcome.unanswered() + " have never answered");
        text.printf(
                "  gateway latency     p99 %.2f ms steady, %.2f ms while swapping%n",
                outcome.p99SteadyMillis(), outcome.p99SwapMillis());
        text.println();
        if (!outcome.isGood()) {
            text.println("  The first problem: " + counts.firstProblem());
            text.println(
                    "  (an answer over one second counts as failed; on a machine that does other work, try again)");
        }
    }

    private String json(Outcome outcome) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode root = mapper.createObjectNode();
        root.put("requests", outcome.counts().requests());
        root.put("failed", outcome.counts().failed());
        root.put("connectionsClosed", outcome.counts().connectionsClosed());
        root.put("mixedGenerations", outcome.counts().mixedGenerations());
        root.put("swaps", outcome.swaps());
        root.put("p99SteadyMs", outcome.p99SteadyMillis());
        root.put("p99SwapMs", outcome.p99SwapMillis());
        root.put("generations", outcome.generations());
        root.put("unansweredDigests", outcome.unanswered());
        root.put("loops", gateway.loopCount());
        if (outcome.counts().firstProblem() != null) {
            root.put("firstProblem", outcome.counts().firstProblem());
        }
        ArrayNode list = root.putArray("plugins");
        for (Pushed each : plugins) {
            ObjectNode plugin = list.addObject();
            plugin.put("name", each.sample().name());
            plugin.put("language", each.sample().language());
            plugin.put("digest", each.digest().toString());
            plugin.put("bytes", each.bytes());
        }
        return mapper.writeValueAsString(root);
    }

    private void stayUp() throws InterruptedException {
        text.println("  Everything stays up until Ctrl-C. Try:");
        text.printf("    curl -i http://127.0.0.1:%d/hello%n", address().getPort());
        text.printf(
                "    curl -i -H 'host: members.localhost' -H 'x-api-key: k1' http://127.0.0.1:%d/%n",
                address().getPort());
        String admin = "http://127.0.0.1:" + gateway.adminAddress().getPort();
        text.printf("    curl %s/v1/status%n", admin);
        text.printf("    ./sluice get --admin %s%n", admin);
        text.printf("    curl %s/metrics%n", admin);
        Thread.currentThread().join();
    }

    @Override
    public void close() throws IOException {
        api.close();
        gateway.close();
        upstream.close();
        client.close();
        registry.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
