package dev.sluice.abi.engine;

import static dev.sluice.abi.engine.ModuleRefusedException.Reason.UNSUPPORTED_FEATURE;

import java.util.List;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Instruction;

/// Refuses modules with instructions that their instances could not run.
final class InstructionCheck {
    private static final int REFERENCES = 0xFB;
    private static final int VECTORS = 0xFD;

    private InstructionCheck() {}

    static void check(WasmModule module) {
        for (var body : module.codeSection().functionBodies()) {
            check(body.instructions());
        }
        for (var global : module.globalSection().globals()) {
            check(global.initInstructions());
        }
        for (var element : module.elementSection().elements()) {
            element.initializers().forEach(InstructionCheck::check);
        }
    }

    private static void check(List<? extends Instruction> instructions) {
        for (Instruction each : instructions) {
            int prefix = each.opcode().opcode() >> 8;
            if (prefix == VECTORS) {
                throw refused("SIMD instruction %s (build without +simd128)", each);
            }
            if (prefix == REFERENCES) {
                throw refused(
                        "garbage collection instruction %s (build for linear memory, without +gc)",
                        each);
            }
        }
    }

    private static ModuleRefusedException refused(String form, Instruction found) {
        return new ModuleRefusedException(UNSUPPORTED_FEATURE, form.formatted(found.opcode()));
    }
}
