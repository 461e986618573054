package dev.sluice.host.config;

import org.jspecify.annotations.Nullable;

/// Turns one resource into its record; null when it was refused.
@FunctionalInterface
interface ResourceReading<T> {
    @Nullable T read(String name, Section resource);
}
