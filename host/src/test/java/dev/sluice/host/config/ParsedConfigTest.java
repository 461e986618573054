package dev.sluice.host.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.host.config.AccessLogConfig.Destination;
import dev.sluice.host.config.FailurePolicyConfig.OnError;
import dev.sluice.host.config.FailurePolicyConfig.OnLoad;
import dev.sluice.host.config.HeaderMatch.Condition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParsedConfigTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void nothingDeclaredIsTheDefaults() {
        assertThat(parse("{}")).isEqualTo(GatewayConfig.defaults());
        assertThat(parse("settings: { admin: {}, accessLog: {} }"))
                .isEqualTo(GatewayConfig.defaults());
    }

    @Test
    void settings() {
        var config =
                parse(
                        """
                        settings:
                          admin: { address: "[::1]:9000" }
                          dataDir: /srv/sluice
                          accessLog: { path: /var/log/access.log, format: json }
                          transport: io_uring
                          guestMemory: 256MiB
                          heldBodies: 16MiB
                          loops: 3
                        """);

        assertThat(config.settings())
                .isEqualTo(
                        new SettingsConfig(
                                new AdminConfig(new HostPort("::1", 9000)),
                                Path.of("/srv/sluice"),
                                new AccessLogConfig(
                                        new Destination.File(Path.of("/var/log/access.log")),
                                        AccessLogConfig.Format.JSON),
                                TransportConfig.IO_URING,
                                new GuestMemory.Fixed(ByteSize.mib(256)),
                                ByteSize.mib(16),
                                3));
    }

    @Test
    void settingsInWords() {
        var settings =
                parse("settings: { accessLog: { path: off }, loops: auto, guestMemory: 25% }")
                        .settings();

        assertThat(settings.accessLog().destination()).isEqualTo(new Destination.Off());
        assertThat(settings.loops()).isZero();
        assertThat(settings.guestMemory()).isEqualTo(new GuestMemory.Share(0.25));
        assertThat(settings.guestMemory().bytes(1000)).isEqualTo(250);
    }

    @Test
    void homeIsWrittenAsATilde() {
        var secrets =
                parse("secrets: { a: { docker: { file: ~/.docker/config.json } } }").secrets();

        assertThat(secrets)
                .containsEntry(
                        "a",
                        new SecretConfig.Docker(
                                Path.of(System.getProperty("user.home"), ".docker/config.json")));
    }

    @Test
    void listeners() {
        var config =
                parse(
                        """
                        listeners:
                          b: { address: "0.0.0.0:0" }
                          a:
                            address: "localhost:8080"
                            protocols: [h1]
                            limits:
                              requestLine: 4KiB
                              headers: 16KiB
                              headerCount: 50
                              headerTimeout: 5s
                              idleTimeout: 2m
                              requestsPerConnection: 1
                        """);

        assertThat(config.listeners().keySet()).containsExactly("b", "a");
        assertThat(config.listeners().get("b"))
                .isEqualTo(
                        new ListenerConfig(
                                new HostPort("0.0.0.0", 0),
                                Set.of(Protocol.H1),
                                ListenerLimitsConfig.defaults()));
        assertThat(config.listeners().get("a").limits())
                .isEqualTo(
                        new ListenerLimitsConfig(
                                ByteSize.kib(4),
                                ByteSize.kib(16),
                                50,
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(2),
                                1));
    }

    @Test
    void hostsAreInLowerCase() {
        var domains =
                parse("domains: { a: { hosts: [A.Example, '*.B.example', 10.0.0.1, '[::1]'] } }");

        assertThat(domains.domains())
                .containsEntry(
                        "a",
                        new DomainConfig(List.of("a.example", "*.b.example", "10.0.0.1", "[::1]")));
    }

    @Test
    void upstreams() {
        var config =
                parse(
                        """
                        upstreams:
                          a:
                            endpoints: ["10.0.0.1:80", { address: "Backend.internal:81", weight: 2 }]
                            balance: leastRequest
                            connectTimeout: 250ms
                            protocol: h1
                          b: { endpoints: ["[::1]:80"] }
                        """);

        assertThat(config.upstreams())
                .containsEntry(
                        "a",
                        new UpstreamConfig(
                                List.of(
                                        new EndpointConfig(new HostPort("10.0.0.1", 80), 1),
                                        new EndpointConfig(
                                                new HostPort("backend.internal", 81), 2)),
                                Balance.LEAST_REQUEST,
                                Duration.ofMillis(250),
                                Protocol.H1))
                .containsEntry(
                        "b",
                        new UpstreamConfig(
                                List.of(new EndpointConfig(new HostPort("::1", 80), 1)),
                                Balance.ROUND_ROBIN,
                                Duration.ofSeconds(3),
                                Protocol.H1));
    }

    @Test
    void routes() {
        var config =
                parse(
                        """
                        domains: { shop: { hosts: [shop.example] } }
                        upstreams: { orders: { endpoints: ["10.0.0.1:80"] } }
                        routes:
                          orders:
                            domain: shop
                            match:
                              path: { regex: "/orders/[0-9]+" }
                              methods: [GET, POST]
                              headers:
                                - { name: X-A, exact: "1" }
                                - { name: x-b, prefix: b }
                                - { name: x-c, regex: "c+" }
                                - { name: x-d, present: true }
                            upstream: orders
                            timeout: 0s
                          rest: { respond: { status: 404, body: "no\\n", contentType: text/html } }
                        """);

        assertThat(config.routes())
                .containsEntry(
                        "orders",
                        new RouteConfig(
                                "shop",
                                new RouteMatchConfig(
                                        new PathMatch.Regex("/orders/[0-9]+"),
                                        Set.of("GET", "POST"),
                                        List.of(
                                                new HeaderMatch("x-a", new Condition.Exact("1")),
                                                new HeaderMatch("x-b", new Condition.Prefix("b")),
                                                new HeaderMatch("x-c", new Condition.Regex("c+")),
                                                new HeaderMatch("x-d", new Condition.Present()))),
                                new RouteAction.ToUpstream("orders"),
                                Duration.ZERO))
                .containsEntry(
                        "rest",
                        new RouteConfig(
                                null,
                                RouteMatchConfig.defaults(),
                                new RouteAction.Respond(404, "no\n", "text/html"),
                                Duration.ofSeconds(15)));
    }

    @Test
    void modules() {
        var config =
                parse(
                        """
                        secrets: { login: { docker: { file: config.json } } }
                        modules:
                          a:
                            source: { oci: { ref: "localhost:5000/acme/a:1", pullSecret: login, plainHttp: true } }
                            pin: { manifestDigest: "sha256:HEX", moduleDigest: "sha256:HEX" }
                            update: { policy: pinned }
                          b: { source: { file: { path: plugins/b.wasm } }, pin: { moduleDigest: "sha256:HEX" } }
                        """
                                .replace("HEX", HEX));

        assertThat(config.modules())
                .containsEntry(
                        "a",
                        new ModuleConfig(
                                new ModuleSource.Oci("localhost:5000/acme/a:1", "login", true),
                                new Pin("sha256:" + HEX, "sha256:" + HEX),
                                UpdatePolicy.PINNED))
                .containsEntry(
                        "b",
                        new ModuleConfig(
                                new ModuleSource.File(Path.of("plugins/b.wasm")),
                                new Pin(null, "sha256:" + HEX),
                                UpdatePolicy.IF_NOT_PRESENT));
    }

    @Test
    void aPluginWithNothingButItsModuleHasTheDefaults() {
        var config = parse(MODULE + "plugins: { p: { module: m } }");

        assertThat(config.plugins())
                .containsEntry(
                        "p",
                        new PluginConfig(
                                "m",
                                new PluginConfiguration.Absent(),
                                LimitsConfig.defaults(),
                                FailurePolicyConfig.defaults(),
                                VmConfig.defaults(),
                                "",
                                AdmissionConfig.defaults(),
                                Profile.AUTO));
    }

    @Test
    void aPluginWithEverything() {
        var plugin =
                parse(
                                MODULE
                                        + """
                                        plugins:
                                          p:
                                            module: m
                                            config: as it is
                                            limits:
                                              memory: 64MiB
                                              callbackTime: 10ms
                                              startTime: 1s
                                              hostCalls: 1
                                              logLines: 2
                                              calloutsPerStream: 3
                                              callouts: 4
                                              bodyBuffer: 2MiB
                                            failurePolicy: { onLoad: bypass, onError: open }
                                            vm: { id: auth, env: { TZ: UTC }, config: {} }
                                            rootId: auth
                                            admission: { await: none, deadline: 1s }
                                            profile: higress
                                        """)
                        .plugins()
                        .get("p");

        assertThat(plugin.configuration()).isEqualTo(new PluginConfiguration.Text("as it is"));
        assertThat(plugin.limits())
                .isEqualTo(
                        new LimitsConfig(
                                ByteSize.mib(64),
                                Duration.ofMillis(10),
                                Duration.ofSeconds(1),
                                1,
                                2,
                                3,
                                4,
                                ByteSize.mib(2)));
        assertThat(plugin.failurePolicy())
                .isEqualTo(new FailurePolicyConfig(OnLoad.BYPASS, OnError.OPEN));
        assertThat(plugin.vm().id()).isEqualTo("auth");
        assertThat(plugin.vm().env()).isEqualTo(Map.of("TZ", "UTC"));
        assertThat(plugin.vm().configuration().toBytes(name -> name)).asString().isEqualTo("{}");
        assertThat(plugin.rootId()).isEqualTo("auth");
        assertThat(plugin.admission())
                .isEqualTo(new AdmissionConfig(AdmissionConfig.Await.NONE, Duration.ofSeconds(1)));
        assertThat(plugin.profile()).isEqualTo(Profile.HIGRESS);
    }

    @Test
    void bindings() {
        var config =
                parse(
                        MODULE
                                + """
                                domains: { d: { hosts: [d.example] } }
                                upstreams: { u: { endpoints: ["a:80"] } }
                                routes: { r: { upstream: u } }
                                plugins: { p: { module: m } }
                                bindings:
                                  all: { plugin: p, target: { global: true } }
                                  some:
                                    plugin: p
                                    targets: [{ route: r }, { upstream: u }, { domain: d }]
                                    phase: authn
                                    priority: -10
                                    enabled: false
                                    configOverride: text
                                """);

        assertThat(config.bindings())
                .containsEntry(
                        "all",
                        new BindingConfig(
                                "p", List.of(new Target.Global()), Phase.DEFAULT, 0, true, null))
                .containsEntry(
                        "some",
                        new BindingConfig(
                                "p",
                                List.of(
                                        new Target.Route("r"),
                                        new Target.Upstream("u"),
                                        new Target.Domain("d")),
                                Phase.AUTHN,
                                -10,
                                false,
                                new PluginConfiguration.Text("text")));
    }

    @Test
    void resourcesKeepTheirDeclaredOrder() {
        var config =
                parse(
                        "routes: { z: { respond: { status: 200 } }, a: { respond: { status: 200 } } }");

        assertThat(config.routes().keySet()).containsExactly("z", "a");
    }

    @Test
    void aValidResultCarriesItsDocument() {
        var document = ConfigDocument.empty();

        assertThat(ConfigParser.parse(document))
                .isEqualTo(new ParseResult.Valid(GatewayConfig.defaults(), document));
    }

    @Test
    void aPatchedDocumentHasErrorsWithoutPlaces() {
        var document = ConfigDocument.empty().mergePatch("{\"settings\":{\"loops\":0}}");

        assertThat(((ParseResult.Invalid) ConfigParser.parse(document)).errors())
                .containsExactly(
                        new ConfigError(
                                "/settings/loops", "out_of_range", "0 (expected: 1..1024)", null));
    }

    @Test
    void orThrowSaysEverythingAtOnce() {
        assertThatThrownBy(() -> parse("settings: { loops: 0,\n  transport: x }"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        """
                        /settings/loops (1:13): 0 (expected: 1..1024)
                        /settings/transport (2:3): "x" (expected: auto | io_uring | epoll | nio)\
                        """);
    }

    private static final String MODULE = "modules: { m: { source: { file: { path: m.wasm } } } }\n";

    private static GatewayConfig parse(String yaml) {
        return ConfigParser.parse(yaml.getBytes(UTF_8), ConfigFormat.YAML).orThrow();
    }
}
