package dev.sluice.registry;

import dev.sluice.registry.RegistryException.Kind;
import java.util.Arrays;
import java.util.HexFormat;

/// The first eight bytes of a Wasm binary.
final class WasmHeader {
    private static final byte[] MAGIC = {0, 'a', 's', 'm'};
    private static final byte[] CORE = {1, 0, 0, 0};
    private static final byte[] COMPONENT = {0x0D, 0, 1, 0};

    private WasmHeader() {}

    static boolean hasMagic(byte[] bytes) {
        return bytes.length >= 4 && Arrays.equals(bytes, 0, 4, MAGIC, 0, 4);
    }

    /// Refuses anything but a core module of version 1.
    static void check(byte[] bytes, Step step) {
        if (bytes.length < 8 || !hasMagic(bytes)) {
            throw step.failed(
                    Kind.NOT_WASM,
                    "not a Wasm module: starts with %s (expected: 0061736d01000000)"
                            .formatted(hex(bytes, 0)));
        }
        if (Arrays.equals(bytes, 4, 8, COMPONENT, 0, 4)) {
            throw step.failed(
                    Kind.NOT_WASM,
                    "a Wasm component (expected: a core module); build for wasm32-wasip1, proxy-wasm has no components");
        }
        if (!Arrays.equals(bytes, 4, 8, CORE, 0, 4)) {
            throw step.failed(
                    Kind.NOT_WASM, "Wasm version %s (expected: 01000000)".formatted(hex(bytes, 4)));
        }
    }

    private static String hex(byte[] bytes, int from) {
        int start = Math.min(from, bytes.length);
        return HexFormat.of().formatHex(bytes, start, Math.min(bytes.length, 8));
    }
}
