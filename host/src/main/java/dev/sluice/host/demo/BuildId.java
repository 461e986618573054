package dev.sluice.host.demo;

import java.nio.charset.StandardCharsets;

/// The 16 bytes in a sample module that make it another module: `build-0000000042`.
public final class BuildId {
    private static final byte[] TAG = "sluice:build-id=".getBytes(StandardCharsets.US_ASCII);
    private static final String PREFIX = "build-";
    private static final int LENGTH = 16;

    private BuildId() {}

    /// The id of a build.
    public static String name(int number) {
        return PREFIX + "%010d".formatted(number);
    }

    /// The number in a build id, or -1 when it is none.
    public static int number(String name) {
        return name.length() == LENGTH && name.startsWith(PREFIX)
                ? Integer.parseInt(name, PREFIX.length(), LENGTH, 10)
                : -1;
    }

    /// A copy of `module` that answers with another build id.
    public static byte[] patched(byte[] module, int number) {
        int at = find(module);
        byte[] copy = module.clone();
        byte[] id = name(number).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(id, 0, copy, at, LENGTH);
        return copy;
    }

    private static int find(byte[] module) {
        for (int i = 0; i + TAG.length + LENGTH <= module.length; i++) {
            int matched = 0;
            while (matched < TAG.length && module[i + matched] == TAG[matched]) {
                matched++;
            }
            if (matched == TAG.length) {
                return i + TAG.length;
            }
        }
        throw new IllegalArgumentException("the module has no build id");
    }
}
