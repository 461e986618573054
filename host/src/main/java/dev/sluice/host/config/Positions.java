package dev.sluice.host.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where in a text each part of its tree stands: a member at its key, an item at its begin.
///
/// Thread: filled by the one that reads the text, read by any after that.
final class Positions {
    static final Positions NONE = new Positions();

    private final Map<String, Location> byPointer = new HashMap<>();

    /// Keeps the first place of a pointer.
    void put(Pointer pointer, Location location) {
        byPointer.putIfAbsent(pointer.text(), location);
    }

    /// The place of the pointer or of the nearest part around it; null when nothing is known.
    @Nullable Location find(Pointer pointer) {
        var text = pointer.text();
        while (true) {
            var location = byPointer.get(text);
            int parent = text.lastIndexOf('/');
            if (location != null || parent < 0) {
                return location;
            }
            text = text.substring(0, parent);
        }
    }
}
