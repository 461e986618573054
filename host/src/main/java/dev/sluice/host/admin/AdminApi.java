package dev.sluice.host.admin;

import dev.sluice.host.config.ConfigDiff;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigException;
import dev.sluice.host.config.ConfigFormat;
import dev.sluice.host.generation.Applied;
import dev.sluice.host.generation.ApplyException;
import dev.sluice.host.generation.Live;
import dev.sluice.host.generation.Publisher;
import dev.sluice.host.generation.Publisher.Mode;
import dev.sluice.host.stats.Metrics;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the admin address answers: the config and its changes, status, health, metrics.
///
/// Thread: any that may block.
public final class AdminApi {
    private static final String CONFIG = "/v1/config";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final Publisher publisher;
    private final Metrics metrics;
    private final String version;

    /// @param version of this program
    public AdminApi(Publisher publisher, Metrics metrics, String version) {
        this.publisher = publisher;
        this.metrics = metrics;
        this.version = version;
    }

    AdminResponse answer(AdminRequest request) {
        if (!LocalHost.isNamedBy(request.host())) {
            return AdminResponse.error(
                    421,
                    "wrong_host",
                    "this address answers only to the machine itself: ask for it as localhost or by"
                            + " its IP address, not as "
                            + request.host());
        }
        if (request.path().equals(CONFIG)) {
            return config(request);
        }
        boolean known =
                Set.of("/v1/status", "/healthz", "/readyz", "/metrics").contains(request.path());
        if (!known) {
            return AdminResponse.error(
                    404,
                    "not_found",
                    "there is nothing here (try /v1/config, /v1/status, /healthz, /readyz or"
                            + " /metrics)");
        }
        if (!READS.contains(request.method())) {
            return notAllowed("GET, HEAD");
        }
        return switch (request.path()) {
            case "/v1/status" -> AdminResponse.json(200, status(publisher.live()));
            case "/healthz" -> AdminResponse.text(200, "text/plain", "ok\n");
            case "/readyz" ->
                    publisher.live().generation().id() > 0
                            ? AdminResponse.text(200, "text/plain", "ready\n")
                            : AdminResponse.text(503, "text/plain", "no config is live yet\n");
            default -> AdminResponse.text(200, PROMETHEUS, metrics.scrape());
        };
    }

    private AdminResponse config(AdminRequest request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> read(request);
            case "PUT" -> change(request, _ -> document(request));
            case "PATCH" -> change(request, now -> now.mergePatch(document(request)));
            default -> notAllowed("GET, HEAD, PUT, PATCH");
        };
    }

    private AdminResponse read(AdminRequest request) {
        ConfigDocument document = publisher.live().document();
        String tag = EntityTags.tag(document.hash());
        if (EntityTags.has(request.ifNoneMatch(), document.hash())) {
            return AdminResponse.text(304, "application/json", "").with("etag", tag);
        }
        return AdminResponse.text(200, "application/json", document.canonicalJson() + "\n")
                .with("etag", tag);
    }

    private AdminResponse change(AdminRequest request, UnaryOperator<ConfigDocument> change) {
        Mode mode = mode(request.query().get("dryRun"));
        if (mode == null) {
            return AdminResponse.error(400, "bad_parameter", "dryRun is plan or full");
        }
        for (String name : request.query().keySet()) {
            if (!name.equals("dryRun")) {
                return AdminResponse.error(
                        400,
                        "bad_parameter",
                        "unknown parameter %s (known: dryRun)".formatted(name));
            }
        }
        if (format(request.contentType()) == null) {
            return AdminResponse.error(
                    415,
                    "bad_content_type",
                    "content-type "
                            + request.contentType()
                            + " (expected: application/json, application/merge-patch+json or"
                            + " application/yaml)");
        }
        try {
            Applied applied =
                    publisher.apply(
                            new Publisher.Request(
                                    change,
                                    EntityTags.hashes(request.ifMatch()),
                                    mode,
                                    "api",
                                    null));
            AdminResponse answer = AdminResponse.json(200, report(applied));
            return applied.dryRun() ? answer : answer.with("etag", EntityTags.tag(applied.hash()));
        } catch (ApplyException e) {
            int status =
                    switch (e.kind()) {
                        case INVALID -> 422;
                        case STALE -> 412;
                        case NOT_ADMITTED -> 424;
                        case FAILED -> 503;
                    };
            return AdminResponse.errors(status, e.errors());
        } catch (ConfigException e) {
            return AdminResponse.errors(422, e.errors());
        }
    }

    private static @Nullable Mode mode(@Nullable String dryRun) {
        return switch (dryRun) {
            case null -> Mode.LIVE;
            case "plan" -> Mode.PLAN;
            case "full" -> Mode.FULL;
            default -> null;
        };
    }

    private static ConfigDocument document(AdminRequest request) {
        ConfigFormat format = format(request.contentType());
        return ConfigDocument.read(request.body(), format == null ? ConfigFormat.JSON : format);
    }

    /// curl's default for `--data` is taken as JSON too, which YAML's reader reads as well.
    private static @Nullable ConfigFormat format(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "", "application/json", "application/merge-patch+json" -> ConfigFormat.JSON;
            case "application/yaml",
                    "application/x-yaml",
                    "text/yaml",
                    "application/x-www-form-urlencoded" ->
                    ConfigFormat.YAML;
            default -> null;
        };
    }

    private static ObjectNode report(Applied applied) {
        ObjectNode root = AdminResponse.JSON.createObjectNode();
        root.put("generation", applied.generation());
        root.put("hash", applied.hash());
        root.put("dryRun", applied.dryRun());
        ConfigDiff changes = applied.changes();
        ObjectNode diff = root.putObject("changes");
        list(diff.putArray("added"), changes.added());
        list(diff.putArray("changed"), changes.changed());
        list(diff.putArray("removed"), changes.removed());
        list(root.putArray("warnings"), applied.warnings());
        return root;
    }

    private static void list(ArrayNode target, List<String> values) {
        values.forEach(target::add);
    }

    private ObjectNode status(Live live) {
        ObjectNode root = AdminResponse.JSON.createObjectNode();
        root.put("version", version);
        root.put("generation", live.generation().id());
        root.put("hash", live.document().hash());
        ObjectNode listeners = root.putObject("listeners");
        live.config()
                .listeners()
                .forEach((name, each) -> {
                    var address = live.listener(each).address();
                    listeners.put(name, address.getHostString() + ":" + address.getPort());
                });
        ObjectNode modules = root.putObject("modules");
        live.modules()
                .forEach((name, resolved) -> {
                    ObjectNode module = modules.putObject(name);
                    module.put("moduleDigest", resolved.module().toString());
                    if (resolved.manifest() != null) {
                        module.put("manifestDigest", resolved.manifest().toString());
                    }
                });
        ObjectNode plugins = root.putObject("plugins");
        live.plugins().forEach(each -> plugin(plugins.putObject(each.name()), live, each));
        return root;
    }

    private static void plugin(ObjectNode node, Live live, Live.PluginStatus status) {
        node.put("module", status.module());
        node.put("state", status.state());
        if (!status.message().isEmpty()) {
            node.put("message", status.message());
        }
        live.bundles().values().stream()
                .filter(bundle ->
                        bundle.spec().plugins().stream()
                                .anyMatch(each -> each.name().equals(status.name())))
                .findFirst()
                .ifPresent(bundle -> {
                    var code = bundle.module();
                    node.put("abi", code.abiVersion().marker());
                    node.put("breaker", bundle.isBroken() ? "open" : "closed");
                    node.put("lostVms", bundle.lostMachines());
                    node.put("guestMemoryBytes", bundle.memoryBytes());
                    node.put("moduleBytes", code.wasmBytes());
                    list(node.putArray("interpretedFunctions"), code.interpretedFunctions());
                    list(node.putArray("unimplementedImports"), code.unimplementedImports());
                });
    }

    private static AdminResponse notAllowed(String allowed) {
        return AdminResponse.error(405, "method_not_allowed", "allowed here: " + allowed)
                .with("allow", allowed);
    }
}
