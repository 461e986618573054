package dev.sluice.registry;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The `Authorization` values that worked, each for one login, repository and set of actions only.
///
/// Thread: any.
final class Tokens {
    private static final int MOST = 1024;

    private final ConcurrentHashMap<Key, Token> byKey = new ConcurrentHashMap<>();

    /// What a token is good for.
    record Key(String origin, String repository, String actions, Login login) {}

    private record Token(String header, long untilNanos) {
        boolean isFresh() {
            return untilNanos - System.nanoTime() > 0;
        }
    }

    @Nullable String header(Key key) {
        var token = byKey.get(key);
        return token == null || !token.isFresh() ? null : token.header();
    }

    void keep(Key key, String header, Duration life) {
        if (byKey.size() >= MOST) {
            byKey.clear();
        }
        byKey.put(key, new Token(header, System.nanoTime() + life.toNanos()));
    }

    void forget(Key key) {
        byKey.remove(key);
    }
}
