package dev.sluice.registry.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sluice.oci.Digest;
import dev.sluice.oci.Manifest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The distribution API over [Repositories].
///
/// Thread: any; one virtual thread per exchange.
public final class RegistryApi implements HttpHandler {
    private static final int MAX_MANIFEST = 4 << 20;
    private static final Pattern ROUTE =
            Pattern.compile(
                    "/v2/([a-z0-9]+(?:(?:[._]|__|-+|/)[a-z0-9]+)*)/(manifests|blobs|tags)/(uploads/)?([A-Za-z0-9_][A-Za-z0-9_.:-]*)?");

    private final Repositories repositories;
    private final Uploads uploads = new Uploads();

    /// The API over `repositories`.
    public RegistryApi(Repositories repositories) {
        this.repositories = repositories;
    }

    private record Target(String repository, String name) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var reply = reply(exchange).with("Docker-Distribution-Api-Version", "registry/2.0");
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            var fields = exchange.getResponseHeaders();
            reply.headers().forEach(fields::set);
            if (isHead) {
                fields.set("Content-Length", String.valueOf(reply.body().length));
            }
            exchange.getRequestBody().skipNBytes(exchange.getRequestBody().available());
            boolean isEmpty = isHead || reply.body().length == 0;
            exchange.sendResponseHeaders(reply.status(), isEmpty ? -1 : reply.body().length);
            if (!isEmpty) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path.equals("/v2/") || path.equals("/v2")) {
            return Reply.json(200, "{}");
        }
        if (path.equals("/v2/_catalog")) {
            return Reply.json(
                    200, "{\"repositories\":%s}".formatted(strings(repositories.names())));
        }
        var route = ROUTE.matcher(path);
        if (!route.matches()) {
            return Reply.refused(404, "NAME_INVALID", "no such path");
        }
        var target = new Target(route.group(1), route.group(4) == null ? "" : route.group(4));
        try {
            return switch (route.group(2)) {
                case "manifests" -> manifest(exchange, target);
                case "tags" -> tags(exchange, target);
                default ->
                        route.group(3) == null ? blob(exchange, target) : upload(exchange, target);
            };
        } catch (IllegalArgumentException e) {
            return Reply.refused(400, "DIGEST_INVALID", "malformed digest");
        }
    }

    private Reply manifest(HttpExchange exchange, Target target) throws IOException {
        return switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" ->
                    repositories
                            .manifest(target.repository(), target.name())
                            .map(m ->
                                    Reply.of(200, m.mediaType(), m.bytes())
                                            .with("Docker-Content-Digest", m.digest().toString()))
                            .orElseGet(RegistryApi::unknownManifest);
            case "PUT" -> putManifest(exchange, target);
            case "DELETE" ->
                    repositories.deleteManifest(target.repository(), target.name())
                            ? Reply.of(202)
                            : unknownManifest();
            default -> unsupported();
        };
    }

    private Reply putManifest(HttpExchange exchange, Target target) throws IOException {
        var bytes = exchange.getRequestBody().readNBytes(MAX_MANIFEST + 1);
        if (bytes.length > MAX_MANIFEST) {
            return Reply.refused(413, "SIZE_INVALID", "manifest larger than 4 MiB");
        }
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        Manifest manifest;
        try {
            manifest = Manifest.parse(bytes, type);
        } catch (IllegalArgumentException _) {
            return Reply.refused(400, "MANIFEST_INVALID", "not a manifest");
        }
        var digest = Digest.of(bytes);
        boolean isByDigest = target.name().startsWith("sha256:");
        if (isByDigest && !digest.toString().equals(target.name())) {
            return Reply.refused(400, "DIGEST_INVALID", "the content hashes to " + digest);
        }
        var missing = repositories.missing(target.repository(), manifest);
        if (!missing.isEmpty()) {
            return Reply.refused(400, "MANIFEST_BLOB_UNKNOWN", missing.getFirst());
        }
        repositories.addManifest(
                target.repository(), new Repositories.Stored(digest, manifest.mediaType(), bytes));
        if (!isByDigest) {
            repositories.tag(target.repository(), target.name(), digest);
        }
        return Reply.of(201)
                .with("Location", "/v2/%s/manifests/%s".formatted(target.repository(), digest))
                .with("Docker-Content-Digest", digest.toString());
    }

    private Reply tags(HttpExchange exchange, Target target) {
        if (!target.name().equals("list")) {
            return Reply.refused(404, "NAME_INVALID", "no such path");
        }
        if (!repositories.names().contains(target.repository())) {
            return Reply.refused(404, "NAME_UNKNOWN", "no such repository");
        }
        var after = parameter(exchange, "last");
        var most = parameter(exchange, "n");
        var all = repositories.tags(target.repository());
        long limit = most.matches("[0-9]{1,9}") ? Long.parseLong(most) : Long.MAX_VALUE;
        var page = all.stream().filter(t -> t.compareTo(after) > 0).limit(limit).toList();
        var reply =
                Reply.json(
                        200,
                        "{\"name\":\"%s\",\"tags\":%s}"
                                .formatted(target.repository(), strings(page)));
        return page.isEmpty() || page.getLast().equals(all.getLast())
                ? reply
                : reply.with(
                        "Link",
                        "</v2/%s/tags/list?n=%s&last=%s>; rel=\"next\""
                                .formatted(target.repository(), most, page.getLast()));
    }

    private Reply blob(HttpExchange exchange, Target target) {
        var digest = Digest.parse(target.name());
        return switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" ->
                    repositories
                            .blob(target.repository(), digest)
                            .map(bytes ->
                                    Reply.of(200, "application/octet-stream", bytes)
                                            .with("Docker-Content-Digest", digest.toString()))
                            .orElseGet(RegistryApi::unknownBlob);
            case "DELETE" ->
                    repositories.deleteBlob(target.repository(), digest)
                            ? Reply.of(202)
                            : unknownBlob();
            default -> unsupported();
        };
    }

    private Reply upload(HttpExchange exchange, Target target) throws IOException {
        var method = exchange.getRequestMethod();
        if (target.name().isEmpty()) {
            return method.equals("POST") ? begin(exchange, target) : unsupported();
        }
        var taken = uploads.take(target.repository(), target.name());
        if (taken.isEmpty()) {
            return Reply.refused(404, "BLOB_UPLOAD_UNKNOWN", "no such upload");
        }
        var upload = taken.get();
        return switch (method) {
            case "PATCH" -> append(exchange, target, upload);
            case "PUT" -> finish(exchange, target, upload);
            case "DELETE" -> Reply.of(204);
            default -> progress(204, target, upload);
        };
    }

    private Reply begin(HttpExchange exchange, Target target) throws IOException {
        var mount = parameter(exchange, "mount");
        if (!mount.isEmpty()) {
            var digest = Digest.parse(mount);
            if (repositories.mountBlob(target.repository(), parameter(exchange, "from"), digest)) {
                return created(target, digest);
            }
        }
        var place = new Target(target.repository(), uploads.begin(target.repository()));
        var upload = uploads.take(place.repository(), place.name()).orElseThrow();
        return parameter(exchange, "digest").isEmpty()
                ? progress(202, place, upload)
                : finish(exchange, place, upload);
    }

    private Reply append(HttpExchange exchange, Target target, Uploads.Upload upload)
            throws IOException {
        var range = exchange.getRequestHeaders().getFirst("Content-Range");
        if (range != null && !range.startsWith(upload.size() + "-")) {
            return progress(416, target, upload);
        }
        return upload.add(exchange.getRequestBody())
                ? progress(202, target, upload)
                : Reply.refused(413, "SIZE_INVALID", "blob larger than 256 MiB");
    }

    private Reply finish(HttpExchange exchange, Target target, Uploads.Upload upload)
            throws IOException {
        var expected = Digest.parse(parameter(exchange, "digest"));
        if (!upload.add(exchange.getRequestBody())) {
            return Reply.refused(413, "SIZE_INVALID", "blob larger than 256 MiB");
        }
        var bytes = upload.bytes();
        var digest = Digest.of(bytes);
        if (!digest.equals(expected)) {
            return Reply.refused(400, "DIGEST_INVALID", "the content hashes to " + digest);
        }
        repositories.addBlob(target.repository(), bytes);
        return created(target, digest);
    }

    private Reply progress(int status, Target target, Uploads.Upload upload) {
        uploads.keep(target.name(), upload);
        return Reply.of(status)
                .with("Range", "0-" + Math.max(0, upload.size() - 1))
                .with("Docker-Upload-UUID", target.name())
                .with(
                        "Location",
                        "/v2/%s/blobs/uploads/%s".formatted(target.repository(), target.name()));
    }

    private static Reply created(Target target, Digest digest) {
        return Reply.of(201)
                .with("Location", "/v2/%s/blobs/%s".formatted(target.repository(), digest))
                .with("Docker-Content-Digest", digest.toString());
    }

    private static String parameter(HttpExchange exchange, String name) {
        var query = exchange.getRequestURI().getRawQuery();
        if (query == null) {
            return "";
        }
        for (var pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static String strings(List<String> values) {
        return values.stream()
                .collect(Collectors.joining("\",\"", "[\"", "\"]"))
                .replace("[\"\"]", "[]");
    }

    private static Reply unknownManifest() {
        return Reply.refused(404, "MANIFEST_UNKNOWN", "no such manifest");
    }

    private static Reply unknownBlob() {
        return Reply.refused(404, "BLOB_UNKNOWN", "no such blob");
    }

    private static Reply unsupported() {
        return Reply.refused(405, "UNSUPPORTED", "no such method here");
    }
}
