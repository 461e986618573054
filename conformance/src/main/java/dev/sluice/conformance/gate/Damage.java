package dev.sluice.conformance.gate;

import java.util.Arrays;

/// Modules that something happened to.
final class Damage {
    private static final int HEADER = 8;
    private static final int EXPORTS = 7;

    private Damage() {}

    /// Ends in the middle of the export section.
    static byte[] cutInExports(byte[] module) {
        int at = exports(module);
        return Arrays.copyOf(module, at + 2 + module[at + 1] / 2);
    }

    /// Says that there are more exports than there are.
    static byte[] wrongExports(byte[] module) {
        byte[] copy = module.clone();
        copy[exports(module) + 2]++;
        return copy;
    }

    /// Where the export section begins; all sections are shorter than 128 bytes.
    private static int exports(byte[] module) {
        int at = HEADER;
        while (module[at] != EXPORTS) {
            at += 2 + module[at + 1];
        }
        return at;
    }
}
