package dev.sluice.registry.testing;

import java.util.Arrays;
import java.util.Random;

/// Bytes that begin like Wasm.
public final class Guests {
    private Guests() {}

    /// A core module of `size` bytes; its content is noise, the same for every call.
    public static byte[] module(int size) {
        var bytes = new byte[size];
        new Random(42).nextBytes(bytes);
        System.arraycopy(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 0, bytes, 0, 8);
        return bytes;
    }

    /// A component: the same magic, another version.
    public static byte[] component() {
        return Arrays.copyOf(new byte[] {0, 'a', 's', 'm', 0x0D, 0, 1, 0}, 64);
    }
}
