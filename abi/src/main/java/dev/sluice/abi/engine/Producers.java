package dev.sluice.abi.engine;

import java.util.ArrayList;
import java.util.List;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.UnknownCustomSection;

/// The custom section in which toolchains name themselves.
final class Producers {
    private Producers() {}

    /// The tools in it, such as `rustc 1.95.0`; none where the section is missing or damaged.
    static List<String> of(WasmModule module) {
        if (!(module.customSection("producers") instanceof UnknownCustomSection section)) {
            return List.of();
        }
        try {
            return read(BinaryCursor.in(section.bytes()));
        } catch (ModuleRefusedException _) {
            return List.of();
        }
    }

    private static List<String> read(BinaryCursor in) {
        List<String> tools = new ArrayList<>();
        long fields = in.count();
        for (long i = 0; i < fields && in.inSection(); i++) {
            in.name();
            long values = in.count();
            for (long j = 0; j < values; j++) {
                tools.add((in.name() + " " + in.name()).strip());
            }
        }
        return tools;
    }
}
