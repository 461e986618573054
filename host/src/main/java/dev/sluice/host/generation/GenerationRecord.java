package dev.sluice.host.generation;

import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.plugin.ModuleStore.Resolved;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What a generation was made of, as it is kept on disk: enough to make it again without a
/// registry.
///
/// @param id the generation's
/// @param time when it was committed
/// @param source who applied it: `api`, `file` or `recovery`
/// @param file hash of the last file that was applied, or null when none was
/// @param modules what each module was resolved to
public record GenerationRecord(
        long id,
        Instant time,
        String source,
        @Nullable String file,
        SortedMap<String, Resolved> modules,
        ConfigDocument document) {}
