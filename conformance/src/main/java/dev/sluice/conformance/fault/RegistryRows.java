package dev.sluice.conformance.fault;

import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import dev.sluice.conformance.fault.Relay.Harm;
import dev.sluice.conformance.guest.Guests;
import dev.sluice.host.Experiment;
import dev.sluice.host.generation.ApplyHook;
import dev.sluice.host.generation.ApplyStep;
import dev.sluice.oci.ImageReference;
import dev.sluice.registry.Access;
import dev.sluice.registry.EmbeddedRegistry;
import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryOptions;
import dev.sluice.registry.WasmArtifactContent;
import dev.sluice.registry.testing.Interposer;
import dev.sluice.registry.testing.Interposer.Answer;
import dev.sluice.registry.testing.Interposer.Behaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/// T5, by cause: a registry that refuses, fails, hangs, or answers other bytes than it should.
final class RegistryRows {
    private static final String MODULE = "/modules/m";

    private RegistryRows() {}

    static List<Row> all() {
        return List.of(
                answering("401", "set pullSecret on the module", status(401)),
                answering("404", "not found", status(404)),
                answering("500", "answered 500", status(500)),
                answering("503", "answered 503", status(503)),
                answering("blob-short", "ends after", onBlobs(RegistryRows::shorter)),
                answering("blob-bit", "the bytes hash to", onBlobs(RegistryRows::flipped)),
                answering("manifest-bit", "the bytes hash to", onManifests(RegistryRows::flipped)),
                answering(
                        "digest-header",
                        "sha256:" + "0".repeat(64),
                        onManifests(RegistryRows::otherDigest)),
                new Row(
                        "T5-registry-reset",
                        "gateway",
                        "a registry whose connection breaks off in a blob refuses the change",
                        run -> behind(run, new Harm.Reset(1500), pullFailed("connection failed"))),
                new Row(
                        "T5-registry-silent",
                        "gateway",
                        "a registry that takes requests and says nothing ends by the deadline",
                        run ->
                                behind(
                                        run,
                                        new Harm.BlackHole(0),
                                        new Refusal(503, "", "apply_timeout", "after 1 s"))),
                new Row(
                        "T5-registry-hang",
                        "gateway",
                        "a registry that hangs in a blob ends by the deadline",
                        RegistryRows::hang));
    }

    private static Row answering(String id, String message, Behaviour behaviour) {
        return new Row(
                "T5-registry-" + id,
                "gateway",
                "a registry that answers %s refuses the change".formatted(id.replace('-', ' ')),
                run -> {
                    try (var registry = registry();
                            var proxy = Interposer.before(registry.host(), behaviour)) {
                        refused(run, proxy.host(), pullFailed(message));
                    }
                });
    }

    private static Refusal pullFailed(String message) {
        return new Refusal(424, MODULE, "module_pull_failed", message);
    }

    private static void behind(Run run, Harm harm, Refusal refusal)
            throws IOException, InterruptedException {
        try (var registry = registry();
                var relay = new Relay(address(registry.host()), harm)) {
            refused(run, relay.endpoint(), refusal);
        }
    }

    private static void hang(Run run) throws IOException, InterruptedException {
        var never = new CountDownLatch(1);
        Behaviour behaviour =
                (request, upstream) -> {
                    if (request.path().contains("/blobs/")) {
                        never.await();
                    }
                    return upstream.ask();
                };
        try (var registry = registry();
                var proxy = Interposer.before(registry.host(), behaviour)) {
            refused(run, proxy.host(), new Refusal(503, "", "apply_timeout", "after 1 s"));
            never.countDown();
        }
    }

    private static void refused(Run run, String host, Refusal refusal)
            throws IOException, InterruptedException {
        var hook = new ShortBuild();
        try (var untouched = new Untouched(run, Experiment.hooked(hook))) {
            hook.shortened = refusal.code().equals("apply_timeout");
            untouched.refuses(
                    Untouched.config(
                            "changed",
                            "{ oci: { ref: \"%s/plugins/second:1\", plainHttp: true } }"
                                    .formatted(host)),
                    refusal);
            hook.shortened = false;
            untouched.recovers();
        }
    }

    /// Lets a build take one second.
    private static final class ShortBuild implements ApplyHook {
        private volatile boolean shortened;

        @Override
        public void before(ApplyStep step) {}

        @Override
        public Duration longestBuild() {
            return shortened ? Duration.ofSeconds(1) : ApplyHook.super.longestBuild();
        }
    }

    private static EmbeddedRegistry registry() throws IOException {
        var registry =
                EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (var client = new RegistryClient(RegistryOptions.defaults())) {
            client.push(
                    ImageReference.parse(registry.host() + "/plugins/second:1"),
                    WasmArtifactContent.of(padded(Guests.bytes("second"))),
                    Access.anonymous().overPlainHttp());
        }
        return registry;
    }

    /// The module with a custom section of 4 KiB, so that a blob is longer than a manifest.
    private static byte[] padded(byte[] module) {
        byte[] padding = new byte[4 + 4096];
        padding[0] = 0;
        padding[1] = (byte) ((4097 & 0x7f) | 0x80);
        padding[2] = (byte) (4097 >> 7);
        padding[3] = 0;
        byte[] whole = Arrays.copyOf(module, module.length + padding.length);
        System.arraycopy(padding, 0, whole, module.length, padding.length);
        return whole;
    }

    private static InetSocketAddress address(String host) {
        int colon = host.lastIndexOf(':');
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(host.substring(colon + 1)));
    }

    private static Behaviour status(int status) {
        return (request, upstream) -> new Answer(status, Map.of(), new byte[0]);
    }

    private static Behaviour onBlobs(UnaryOperator<Answer> change) {
        return (request, upstream) ->
                request.path().contains("/blobs/") ? change.apply(upstream.ask()) : upstream.ask();
    }

    private static Behaviour onManifests(UnaryOperator<Answer> change) {
        return (request, upstream) ->
                request.path().contains("/manifests/")
                        ? change.apply(upstream.ask())
                        : upstream.ask();
    }

    private static Answer shorter(Answer answer) {
        return answer.withBody(Arrays.copyOf(answer.body(), answer.body().length - 1));
    }

    private static Answer flipped(Answer answer) {
        byte[] body = answer.body().clone();
        body[body.length - 1] ^= 1;
        return answer.withBody(body);
    }

    private static Answer otherDigest(Answer answer) {
        Map<String, List<String>> headers = new HashMap<>(answer.headers());
        headers.put("docker-content-digest", List.of("sha256:" + "0".repeat(64)));
        return new Answer(answer.status(), headers, answer.body());
    }
}
