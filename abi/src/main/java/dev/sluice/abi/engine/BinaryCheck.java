package dev.sluice.abi.engine;

import static dev.sluice.abi.engine.ModuleRefusedException.Reason.COMPONENT;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.MALFORMED;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.NOT_WASM;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.TOO_LARGE;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.UNSUPPORTED_FEATURE;

import java.util.HexFormat;

/// Refuses by its bytes alone what is no module, what would cost too much to parse, compile or
/// instantiate, and memories that the engine cannot hold.
///
/// Thread: any; one at a time, once.
final class BinaryCheck {
    private static final int HEADER = 8;
    private static final int IMPORT = 2;
    private static final int FUNCTION = 3;
    private static final int TABLE = 4;
    private static final int MEMORY = 5;
    private static final int CODE = 10;

    /// Linking compares every import with every other; real modules have fewer than 100.
    private static final int MOST_IMPORTS = 1000;

    private final byte[] wasm;
    private final CodeLimits limits;
    private final BinaryCursor in;
    private int importedFunctions;
    private long tableElements;
    private int memories;

    private BinaryCheck(byte[] wasm, CodeLimits limits) {
        this.wasm = wasm;
        this.limits = limits;
        this.in = new BinaryCursor(wasm);
    }

    static void check(byte[] wasm, CodeLimits limits) {
        new BinaryCheck(wasm, limits).check();
    }

    private void check() {
        checkHeader();
        most("module size", wasm.length, limits.moduleBytes(), "strip it, or split the plugin");
        for (int id = in.nextSection(); id >= 0; id = in.nextSection()) {
            switch (id) {
                case IMPORT -> checkImports();
                case FUNCTION -> checkFunctions();
                case TABLE -> checkTables();
                case MEMORY -> checkMemories();
                case CODE -> checkBodies();
                default -> {}
            }
        }
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
        long count = in.count();
        most("imports", count, MOST_IMPORTS, "build with a proxy-wasm SDK");
        for (int i = 0; i < count; i++) {
            in.skip(in.count());
            in.skip(in.count());
            int kind = in.octet();
            switch (kind) {
                case 0 -> {
                    in.skipNumber();
                    importedFunctions++;
                }
                case 1 -> checkTable(in.octet());
                case 2 -> checkMemory();
                case 3 -> {
                    skipType(in.octet());
                    in.octet();
                }
                case 4 -> {
                    in.octet();
                    in.skipNumber();
                }
                default -> throw malformed("import %d is of kind %d".formatted(i, kind));
            }
        }
    }

    private void checkFunctions() {
        most("functions", in.count(), limits.functions(), "split the plugin");
    }

    private void checkTables() {
        long count = in.count();
        for (long i = 0; i < count && in.inSection(); i++) {
            int first = in.octet();
            boolean filled = first == 0x40;
            if (filled) {
                in.octet();
            }
            checkTable(filled ? in.octet() : first);
            if (filled) {
                skipConstant();
            }
        }
    }

    /// All tables count together: an instance makes every element of each before it runs.
    private void checkTable(int type) {
        skipType(type);
        int flags = in.octet();
        if ((flags & 4) != 0) {
            throw unsupported("64-bit table (build for wasm32)");
        }
        tableElements += in.count();
        if ((flags & 1) != 0) {
            in.skipNumber();
        }
        most("table elements", tableElements, limits.tableElements(), "make the tables smaller");
    }

    private void checkMemories() {
        long count = in.count();
        for (long i = 0; i < count && in.inSection(); i++) {
            checkMemory();
        }
    }

    private void checkMemory() {
        if (++memories > 1) {
            throw unsupported(
                    "memories: %d (expected: 1, its own or an imported one)".formatted(memories));
        }
        int flags = in.octet();
        if ((flags & 2) != 0) {
            throw unsupported("shared memory (build without threads)");
        }
        if ((flags & 4) != 0) {
            throw unsupported("64-bit memory (build for wasm32)");
        }
        most(
                "initial memory",
                in.count() << 16,
                limits.memoryBytes(),
                "link with a smaller initial memory");
        if ((flags & 1) != 0) {
            in.skipNumber();
        }
    }

    private void checkBodies() {
        long count = in.count();
        for (int i = 0; i < count && in.inSection(); i++) {
            int function = importedFunctions + i;
            long size = in.count();
            int begin = in.at();
            most("body of function " + function, size, limits.bodyBytes(), "split the function");
            checkLocals(function);
            in.skip(size - (in.at() - begin));
        }
    }

    private void checkLocals(int function) {
        long groups = in.count();
        long locals = 0;
        for (long i = 0; i < groups; i++) {
            locals += in.count();
            skipType(in.octet());
            most("locals of function " + function, locals, limits.locals(), "split the function");
        }
    }

    private void skipType(int first) {
        if (first == 0x63 || first == 0x64) {
            in.skipNumber();
        }
    }

    /// Passes over the value that every element of a table begins with.
    private void skipConstant() {
        for (int opcode = in.octet(); opcode != 0x0B; opcode = in.octet()) {
            switch (opcode) {
                case 0x23, 0x41, 0xD0, 0xD2 -> in.skipNumber();
                default ->
                        throw unsupported(
                                ("instruction 0x%02x in a table's initial value (expected: ref.null,"
                                                + " ref.func or global.get)")
                                        .formatted(opcode));
            }
        }
    }

    private static void most(String name, long value, long most, String remedy) {
        if (value > most) {
            throw new ModuleRefusedException(
                    TOO_LARGE,
                    "%s: %d (expected: at most %d; %s)".formatted(name, value, most, remedy));
        }
    }

    private static ModuleRefusedException unsupported(String message) {
        return new ModuleRefusedException(UNSUPPORTED_FEATURE, message);
    }

    private static ModuleRefusedException malformed(String message) {
        return new ModuleRefusedException(MALFORMED, message);
    }
}
