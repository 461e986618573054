package dev.sluice.host.generation;

import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigException;
import dev.sluice.host.config.ConfigFormat;
import dev.sluice.host.plugin.ModuleStore.Resolved;
import dev.sluice.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory.Feature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The records of committed generations, one file each.
///
/// A record appears whole or not at all: draft, fsync, rename, fsync of the directory. Of several
/// the highest number counts that reads back as what was written.
///
/// Thread: the control thread.
public final class RecordStore {
    private static final Logger LOG = LoggerFactory.getLogger(RecordStore.class);

    /// Keeps no table of the names it has read: those of a config's resources come and go.
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .disable(Feature.CANONICALIZE_PROPERTY_NAMES)
                                    .build())
                    .build();

    private static final String SUFFIX = ".json";
    private static final String CHECKSUM = "checksum";
    private static final int KEPT = 20;

    private final Path directory;

    /// The modules that a record names, by its number, as far as it was written or read here.
    private final Map<Long, Set<Digest>> named = new HashMap<>();

    /// @param directory made when it is not there
    public RecordStore(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        try (var leftovers = Files.newDirectoryStream(directory, "*.tmp")) {
            for (Path each : leftovers) {
                Files.deleteIfExists(each);
            }
        }
    }

    /// Returns once the record is on disk for good; when it throws, the record is not there.
    void commit(GenerationRecord record) throws IOException {
        Path draft = directory.resolve(record.id() + ".tmp");
        try {
            write(draft, JSON.writeValueAsBytes(write(record)));
            Files.move(draft, file(record.id()), StandardCopyOption.ATOMIC_MOVE);
            persistNames();
            named.put(record.id(), names(record));
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            Files.deleteIfExists(file(record.id()));
            throw e;
        }
    }

    /// Takes back a record that was committed and did not become what runs.
    void withdraw(long id) throws IOException {
        Files.deleteIfExists(file(id));
        persistNames();
    }

    private Path file(long id) {
        return directory.resolve(id + SUFFIX);
    }

    private static void write(Path draft, byte[] bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private void persistNames() throws IOException {
        try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    /// The last record that is whole, or null when there is none.
    public @Nullable GenerationRecord last() throws IOException {
        for (Path file : newestFirst()) {
            GenerationRecord record = read(file);
            if (record != null) {
                return record;
            }
            LOG.warn("record {} is damaged and is passed over", file.getFileName());
        }
        return null;
    }

    /// Deletes old records.
    ///
    /// @return the modules that those left name
    Set<Digest> prune() throws IOException {
        List<Path> files = newestFirst();
        for (Path old : files.stream().skip(KEPT).toList()) {
            Files.deleteIfExists(old);
        }
        List<Path> left = files.stream().limit(KEPT).toList();
        named.keySet().retainAll(left.stream().map(RecordStore::number).toList());
        left.forEach(each -> named.computeIfAbsent(number(each), _ -> names(read(each))));
        return named.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private static Set<Digest> names(@Nullable GenerationRecord record) {
        return record == null
                ? Set.of()
                : record.modules().values().stream()
                        .map(Resolved::module)
                        .collect(Collectors.toSet());
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(each -> number(each) >= 0)
                    .sorted(Comparator.comparingLong(RecordStore::number).reversed())
                    .toList();
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(SUFFIX)) {
            return -1;
        }
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static ObjectNode write(GenerationRecord record) {
        ObjectNode root = JSON.createObjectNode();
        root.put("id", record.id());
        root.put("time", record.time().toString());
        root.put("source", record.source());
        if (record.file() != null) {
            root.put("file", record.file());
        }
        ObjectNode modules = root.putObject("modules");
        record.modules()
                .forEach((name, resolved) -> {
                    ObjectNode module = modules.putObject(name);
                    module.put("module", resolved.module().toString());
                    if (resolved.manifest() != null) {
                        module.put("manifest", resolved.manifest().toString());
                    }
                });
        root.put("hash", record.document().hash());
        root.put("config", record.document().canonicalJson());
        root.put(CHECKSUM, checksum(root));
        return root;
    }

    /// Of everything but itself.
    private static String checksum(ObjectNode record) {
        ObjectNode rest = record.deepCopy();
        rest.remove(CHECKSUM);
        return Digest.of(JSON.writeValueAsBytes(rest)).toString();
    }

    private @Nullable GenerationRecord read(Path file) {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (!(root instanceof ObjectNode whole)
                    || !checksum(whole).equals(root.required(CHECKSUM).stringValue())) {
                return null;
            }
            ConfigDocument document =
                    ConfigDocument.read(
                            root.required("config").stringValue().getBytes(StandardCharsets.UTF_8),
                            ConfigFormat.JSON);
            SortedMap<String, Resolved> modules = new TreeMap<>();
            root.required("modules")
                    .properties()
                    .forEach(each -> modules.put(each.getKey(), resolved(each.getValue())));
            return new GenerationRecord(
                    root.required("id").longValue(),
                    Instant.parse(root.required("time").stringValue()),
                    root.required("source").stringValue(),
                    text(root, "file"),
                    modules,
                    document);
        } catch (IOException | JacksonException | ConfigException | IllegalArgumentException e) {
            LOG.debug("{}", file, e);
            return null;
        }
    }

    private static Resolved resolved(JsonNode module) {
        String manifest = text(module, "manifest");
        return new Resolved(
                Digest.parse(module.required("module").stringValue()),
                manifest == null ? null : Digest.parse(manifest));
    }

    private static @Nullable String text(JsonNode object, String key) {
        JsonNode value = object.get(key);
        return value == null ? null : value.stringValue();
    }
}
