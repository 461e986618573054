package dev.sluice.host.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong with one document.
///
/// Thread: the one that reads it.
final class Problems {
    private static final int MAX = 200;

    private final List<ConfigError> errors = new ArrayList<>();
    private final Positions positions;

    Problems(Positions positions) {
        this.positions = positions;
    }

    /// Adds an error; those past the first 200 are dropped.
    void add(Pointer pointer, String code, String message) {
        if (!isFull()) {
            errors.add(new ConfigError(pointer.text(), code, message, positions.find(pointer)));
        }
    }

    /// Whether another error would be dropped.
    boolean isFull() {
        return errors.size() >= MAX;
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    /// In the order of the text where that is known, else as they were found.
    List<ConfigError> inOrder() {
        return errors.stream()
                .sorted(
                        Comparator.comparing(
                                ConfigError::location,
                                Comparator.nullsFirst(
                                        Comparator.comparingInt(Location::line)
                                                .thenComparingInt(Location::column))))
                .toList();
    }
}
