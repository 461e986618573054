package dev.sluice.abi.engine;

import static dev.sluice.abi.engine.ModuleRefusedException.Reason.COMPONENT;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.MALFORMED;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.NOT_WASM;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.TOO_LARGE;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.UNSUPPORTED_FEATURE;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.function.IntPredicate;

/// A module's bytes, seen as sections only: what can be judged before parsing, and how the module
/// is rewritten without its code.
///
/// Thread: any; one at a time.
final class ModuleBinary {
    private static final int HEADER = 8;
    private static final int CUSTOM = 0;
    private static final int IMPORT = 2;
    private static final int FUNCTION = 3;
    private static final int TABLE = 4;
    private static final int MEMORY = 5;
    private static final int CODE = 10;

    /// Begins a table that names the value of its elements.
    private static final int WITH_INITIAL_VALUE = 0x40;

    /// Linking compares every import with every other; real modules have fewer than 100.
    private static final int MOST_IMPORTS = 1000;

    private static final byte[] TRAPPING_BODY = {3, 0, 0x00, 0x0B};

    private final byte[] wasm;
    private int at;
    private int end;

    ModuleBinary(byte[] wasm) {
        this.wasm = wasm;
    }

    /// Refuses what is no module, what is over a limit, and memories that the engine cannot hold.
    void check(CodeLimits limits) {
        checkHeader();
        if (wasm.length > limits.moduleBytes()) {
            throw tooLarge("module size", wasm.length, limits.moduleBytes());
        }
        at = HEADER;
        while (at < wasm.length) {
            int id = nextSection();
            int next = end;
            switch (id) {
                case IMPORT -> checkImports();
                case FUNCTION -> checkFunctions(limits);
                case TABLE -> checkTables(limits);
                case MEMORY -> checkMemories(limits);
                default -> {}
            }
            at = next;
        }
    }

    /// The same module without custom sections, and with every body that `kept` does not name
    /// replaced by a trap.
    ///
    /// @param kept told the index of a function among those the module defines
    byte[] slim(IntPredicate kept) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(wasm.length / 4 + HEADER);
        out.write(wasm, 0, HEADER);
        at = HEADER;
        while (at < wasm.length) {
            int begin = at;
            int id = nextSection();
            int next = end;
            if (id == CODE) {
                byte[] code = slimCode(kept);
                out.write(CODE);
                writeUnsigned(out, code.length);
                out.write(code, 0, code.length);
            } else if (id != CUSTOM) {
                out.write(wasm, begin, next - begin);
            }
            at = next;
        }
        return out.toByteArray();
    }

    private byte[] slimCode(IntPredicate kept) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int count = unsigned();
        writeUnsigned(out, count);
        for (int i = 0; i < count; i++) {
            int begin = at;
            int size = unsigned();
            int next = at + size;
            if (kept.test(i)) {
                out.write(wasm, begin, next - begin);
            } else {
                out.write(TRAPPING_BODY, 0, TRAPPING_BODY.length);
            }
            at = next;
        }
        return out.toByteArray();
    }

    private void checkHeader() {
        int length = Math.min(wasm.length, HEADER);
        String found = HexFormat.ofDelimiter(" ").formatHex(wasm, 0, length);
        if (length == HEADER && found.equals("00 61 73 6d 0d 00 01 00")) {
            throw new ModuleRefusedException(
                    COMPONENT,
                    "a component, not a module (build a core module, e.g. for wasm32-wasip1)");
        }
        if (!found.equals("00 61 73 6d 01 00 00 00")) {
            throw new ModuleRefusedException(
                    NOT_WASM,
                    "not a wasm module: begins with %s (expected: 00 61 73 6d 01 00 00 00)"
                            .formatted(length == 0 ? "nothing" : found));
        }
    }

    private void checkImports() {
        int count = unsigned();
        if (count < 0 || count > MOST_IMPORTS) {
            throw tooLarge("imports", count & 0xFFFFFFFFL, MOST_IMPORTS);
        }
    }

    private void checkFunctions(CodeLimits limits) {
        int count = unsigned();
        if (count < 0 || count > limits.functions()) {
            throw tooLarge("functions", count & 0xFFFFFFFFL, limits.functions());
        }
    }

    private void checkTables(CodeLimits limits) {
        int count = unsigned();
        long elements = 0;
        for (int i = 0; i < count && at < end; i++) {
            boolean initialized = wasm[at] == WITH_INITIAL_VALUE;
            if (initialized) {
                at += 2;
            }
            unsigned();
            int flags = unsigned();
            elements += unsigned() & 0xFFFFFFFFL;
            if ((flags & 1) != 0) {
                unsigned();
            }
            if (initialized) {
                skipConstant();
            }
        }
        if (elements > limits.tableElements()) {
            throw tooLarge("table elements", elements, limits.tableElements());
        }
    }

    /// Passes over the expression that says with what a table begins.
    private void skipConstant() {
        while (at < end) {
            switch (wasm[at++] & 0xFF) {
                case 0x0B -> { // end
                    return;
                }
                case 0x23, 0x41, 0x42, 0xD0, 0xD2 -> skipNumber();
                case 0x43 -> at += Float.BYTES;
                case 0x44 -> at += Double.BYTES;
                default ->
                        throw new ModuleRefusedException(
                                UNSUPPORTED_FEATURE, "a table that begins with no simple constant");
            }
        }
    }

    private void skipNumber() {
        while (at < end && wasm[at++] < 0) {
            // its last byte has no continuation bit
        }
    }

    private void checkMemories(CodeLimits limits) {
        int count = unsigned();
        if (count > 1) {
            throw new ModuleRefusedException(
                    UNSUPPORTED_FEATURE, "memories: %d (expected: 1)".formatted(count));
        }
        if (count < 1) {
            return;
        }
        int flags = unsigned();
        if ((flags & 2) != 0) {
            throw new ModuleRefusedException(
                    UNSUPPORTED_FEATURE, "shared memory (build without threads)");
        }
        if ((flags & 4) != 0) {
            throw new ModuleRefusedException(
                    UNSUPPORTED_FEATURE, "64-bit memory (build for wasm32)");
        }
        long bytes = (unsigned() & 0xFFFFFFFFL) << 16;
        if (bytes > limits.memoryBytes()) {
            throw tooLarge("initial memory", bytes, limits.memoryBytes());
        }
    }

    private int nextSection() {
        int id = wasm[at++];
        int size = unsigned();
        if (size < 0 || size > wasm.length - at) {
            throw new ModuleRefusedException(
                    MALFORMED, "section %d ends outside the module".formatted(id));
        }
        end = at + size;
        return id;
    }

    private int unsigned() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at >= wasm.length) {
                throw new ModuleRefusedException(MALFORMED, "the module ends inside a number");
            }
            int next = wasm[at++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ModuleRefusedException(MALFORMED, "a number has more than 32 bits");
    }

    private static void writeUnsigned(ByteArrayOutputStream out, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static ModuleRefusedException tooLarge(String name, long value, long most) {
        return new ModuleRefusedException(
                TOO_LARGE, "%s: %d (expected: at most %d)".formatted(name, value, most));
    }
}
