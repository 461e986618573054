package dev.sluice.abi.engine;

import java.io.ByteArrayOutputStream;
import java.util.function.IntPredicate;

/// Rewrites a module without its code, for instances to be built of.
final class SlimModule {
    private static final int HEADER = 8;
    private static final int CUSTOM = 0;
    private static final int CODE = 10;
    private static final byte[] TRAPPING_BODY = {3, 0, 0x00, 0x0B};

    private SlimModule() {}

    /// The same module without custom sections, and with every body that `kept` does not name
    /// replaced by a trap.
    ///
    /// @param wasm a module that was parsed
    /// @param kept told the index of a function among those the module defines
    static byte[] of(byte[] wasm, IntPredicate kept) {
        var out = new ByteArrayOutputStream(wasm.length / 4 + HEADER);
        out.write(wasm, 0, HEADER);
        var in = new BinaryCursor(wasm);
        int begin = in.at();
        for (int id = in.nextSection(); id >= 0; id = in.nextSection()) {
            if (id == CODE) {
                byte[] code = code(wasm, in, kept);
                out.write(CODE);
                writeUnsigned(out, code.length);
                out.write(code, 0, code.length);
            } else if (id != CUSTOM) {
                out.write(wasm, begin, in.end() - begin);
            }
            begin = in.end();
        }
        return out.toByteArray();
    }

    private static byte[] code(byte[] wasm, BinaryCursor in, IntPredicate kept) {
        var out = new ByteArrayOutputStream();
        int count = in.unsigned();
        writeUnsigned(out, count);
        for (int i = 0; i < count; i++) {
            int begin = in.at();
            in.skip(in.count());
            if (kept.test(i)) {
                out.write(wasm, begin, in.at() - begin);
            } else {
                out.write(TRAPPING_BODY, 0, TRAPPING_BODY.length);
            }
        }
        return out.toByteArray();
    }

    private static void writeUnsigned(ByteArrayOutputStream out, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
