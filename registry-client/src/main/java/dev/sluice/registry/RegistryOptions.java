package dev.sluice.registry;

import java.time.Duration;

/// How long and how hard a registry client tries, and how much it takes.
///
/// @param deadline longest a whole operation may take, retries included
/// @param connectTimeout longest one connection attempt may take
/// @param maxModuleBytes largest module, and largest layer, in bytes
/// @param attempts how often one exchange is tried when the registry fails or is unreachable
/// @param retryDelay wait before the second attempt; doubles from there, with jitter
public record RegistryOptions(
        Duration deadline,
        Duration connectTimeout,
        long maxModuleBytes,
        int attempts,
        Duration retryDelay) {
    private static final long MOST_MODULE_BYTES = 1L << 30;

    /// Refuses values outside their range.
    public RegistryOptions {
        requirePositive("deadline", deadline);
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("retryDelay", retryDelay);
        if (maxModuleBytes < 8 || maxModuleBytes > MOST_MODULE_BYTES) {
            throw new IllegalArgumentException(
                    "maxModuleBytes: %d (expected: 8..%d)"
                            .formatted(maxModuleBytes, MOST_MODULE_BYTES));
        }
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException(
                    "attempts: %d (expected: 1..10)".formatted(attempts));
        }
    }

    /// 60 s in all, 5 s to connect, 64 MiB, 3 attempts, 250 ms before the second.
    public static RegistryOptions defaults() {
        return new RegistryOptions(
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                64L << 20,
                3,
                Duration.ofMillis(250));
    }

    /// The same with another deadline.
    public RegistryOptions withDeadline(Duration other) {
        return new RegistryOptions(other, connectTimeout, maxModuleBytes, attempts, retryDelay);
    }

    /// The same with another limit for modules and layers.
    public RegistryOptions withMaxModuleBytes(long other) {
        return new RegistryOptions(deadline, connectTimeout, other, attempts, retryDelay);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s: %s (expected: > 0)".formatted(name, value));
        }
    }
}
