package dev.sluice.host.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.host.config.JsonValue.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The immutable tree of a whole config, as declared: nothing resolved, no defaults filled in.
///
/// Equal documents have the same canonical JSON, whatever text they were read from. Each resource
/// has an id: `settings`, or its kind and name as in `routes/api`.
///
/// Thread: immutable.
public final class ConfigDocument {
    private static final ConfigDocument EMPTY =
            new ConfigDocument(JsonObject.EMPTY, Positions.NONE);

    private final JsonObject root;
    private final Positions positions;

    private ConfigDocument(JsonObject root, Positions positions) {
        this.root = root;
        this.positions = positions;
    }

    /// The document without a member.
    public static ConfigDocument empty() {
        return EMPTY;
    }

    /// Reads a document or a merge patch, UTF-8, at most 4 MiB and 64 levels deep.
    ///
    /// Throws [ConfigException] for syntax errors, duplicate keys, YAML aliases and tags; what the
    /// keys mean is checked by [ConfigParser] only.
    ///
    /// @param bytes borrowed
    public static ConfigDocument read(byte[] bytes, ConfigFormat format) {
        var positions = new Positions();
        return new ConfigDocument(DocumentReader.read(bytes, format, positions), positions);
    }

    /// Reads one resource, for [#upsert]; bounds and errors as in [#read].
    ///
    /// @param bytes borrowed
    public static JsonObject readResource(byte[] bytes, ConfigFormat format) {
        return DocumentReader.read(bytes, format, new Positions());
    }

    /// One resource as declared.
    ///
    /// @param name ignored for the kind `settings`
    public Optional<JsonValue> resource(String kind, String name) {
        return Optional.ofNullable(
                kind.equals(Kinds.SETTINGS) ? root.get(kind) : root.objectAt(kind).get(name));
    }

    /// Compact JSON with sorted keys. The order of routes and of keys inside plugin configuration,
    /// which mean something, stay as declared.
    public String canonicalJson() {
        return CanonicalOrder.ofConfig(root).compact();
    }

    /// [#canonicalJson] in UTF-8.
    public byte[] canonicalBytes() {
        return canonicalJson().getBytes(UTF_8);
    }

    /// `sha256:` and 64 hex digits over [#canonicalBytes].
    public String hash() {
        return sha256(canonicalBytes());
    }

    /// The hash of each resource by id.
    public SortedMap<String, String> resourceHashes() {
        var hashes = new TreeMap<String, String>();
        root.members()
                .forEach((kind, value) -> {
                    if (!kind.equals(Kinds.SETTINGS) && value instanceof JsonObject map) {
                        map.members()
                                .forEach((name, resource) ->
                                        hashes.put(kind + "/" + name, hash(kind, resource)));
                    } else if (!value.equals(JsonObject.EMPTY)) {
                        hashes.put(kind, hash(kind, value));
                    }
                });
        return Collections.unmodifiableSortedMap(hashes);
    }

    /// This document with a merge patch (RFC 7396) applied.
    public ConfigDocument mergePatch(ConfigDocument patch) {
        return MergePatch.apply(root, patch.root) instanceof JsonObject merged
                ? unplaced(merged)
                : this;
    }

    /// [#mergePatch(ConfigDocument)] with a patch in JSON; throws [ConfigException] for syntax
    /// errors.
    public ConfigDocument mergePatch(String patch) {
        return mergePatch(read(patch.getBytes(UTF_8), ConfigFormat.JSON));
    }

    /// This document with one resource added or replaced; a new one comes last of its kind.
    ///
    /// @param kind such as `routes`
    /// @param name ignored for the kind `settings`
    public ConfigDocument upsert(String kind, String name, JsonObject resource) {
        return unplaced(
                root.with(
                        kind,
                        kind.equals(Kinds.SETTINGS)
                                ? resource
                                : root.objectAt(kind).with(name, resource)));
    }

    /// This document with every resource of `other` added or replaced, as by [#upsert].
    public ConfigDocument upsertAll(ConfigDocument other) {
        var all = new LinkedHashMap<>(root.members());
        other.root
                .members()
                .forEach((kind, value) ->
                        all.merge(kind, value, (old, _) -> upserted(kind, old, value)));
        return unplaced(new JsonObject(all));
    }

    private static JsonValue upserted(String kind, JsonValue old, JsonValue value) {
        if (kind.equals(Kinds.SETTINGS)
                || !(old instanceof JsonObject before)
                || !(value instanceof JsonObject resources)) {
            return value;
        }
        var members = new LinkedHashMap<>(before.members());
        members.putAll(resources.members());
        return new JsonObject(members);
    }

    /// This document without one resource, and without its kind when it was the last.
    ///
    /// @param name ignored for the kind `settings`
    public ConfigDocument without(String kind, String name) {
        var left = root.objectAt(kind).without(name);
        return unplaced(
                kind.equals(Kinds.SETTINGS) || left.members().isEmpty()
                        ? root.without(kind)
                        : root.with(kind, left));
    }

    /// What has to change to come from here to `other`.
    public ConfigDiff diffTo(ConfigDocument other) {
        var before = resourceHashes();
        var after = other.resourceHashes();
        var changed = new TreeSet<>(movedRoutes(other));
        before.forEach((id, hash) -> {
            if (after.containsKey(id) && !hash.equals(after.get(id))) {
                changed.add(id);
            }
        });
        return new ConfigDiff(minus(after, before), List.copyOf(changed), minus(before, after));
    }

    private List<String> movedRoutes(ConfigDocument other) {
        var here = routeNamesAlsoIn(other);
        var there = other.routeNamesAlsoIn(this);
        var moved = new ArrayList<String>();
        for (int i = 0; i < here.size(); i++) {
            if (!here.get(i).equals(there.get(i))) {
                moved.add(Kinds.ROUTES + "/" + here.get(i));
            }
        }
        return moved;
    }

    private List<String> routeNamesAlsoIn(ConfigDocument other) {
        var names = new ArrayList<>(root.objectAt(Kinds.ROUTES).members().keySet());
        names.retainAll(other.root.objectAt(Kinds.ROUTES).members().keySet());
        return names;
    }

    private static List<String> minus(Map<String, String> from, Map<String, String> what) {
        return from.keySet().stream().filter(id -> !what.containsKey(id)).toList();
    }

    private static String hash(String kind, JsonValue resource) {
        return sha256(CanonicalOrder.ofResource(kind, resource).compact().getBytes(UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static ConfigDocument unplaced(JsonObject root) {
        return new ConfigDocument(root, Positions.NONE);
    }

    JsonObject root() {
        return root;
    }

    Positions positions() {
        return positions;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigDocument document
                && canonicalJson().equals(document.canonicalJson());
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    /// The canonical JSON.
    @Override
    public String toString() {
        return canonicalJson();
    }
}
