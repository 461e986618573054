package dev.sluice.conformance.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The assembled guests.
public final class Guests {
    private Guests() {}

    /// The module of the guest `name`, which is its path below `src/main/wat` without suffix.
    public static byte[] bytes(String name) {
        try (InputStream in = Guests.class.getResourceAsStream("/guests/" + name + ".wasm")) {
            if (in == null) {
                throw new IllegalArgumentException("guest %s: there is none".formatted(name));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
