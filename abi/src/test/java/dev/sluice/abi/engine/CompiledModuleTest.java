package dev.sluice.abi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.spi.MemoryBudget;
import dev.sluice.abi.testing.FakeClock;
import dev.sluice.abi.testing.Wat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompiledModuleTest {
    private static final CodeLimits LIMITS =
            new CodeLimits(1 << 20, 100, 1 << 20, 100, 100, 1 << 20);

    @Test
    void keepsNoInstructionsForItsInstances() {
        CompiledModule code = load(Wat.bytes("failing"), "p.M");

        assertThat(code.slim().codeSection().functionBodies())
                .allSatisfy(body -> assertThat(body.instructions()).hasSize(2));
        assertThat(code.slim().customSections()).isEmpty();
    }

    @Test
    void runsTheCompiledCodeAndNotTheStrippedOne() {
        byte[] wasm =
                Wat.assemble(
                        "(module (func (export \"add\") (param i32 i32) (result i32)"
                                + "(i32.add (local.get 0) (local.get 1))))");
        GuestInstance instance =
                new GuestInstance(
                        load(wasm, "p.M"), 1 << 20, MemoryBudget.UNLIMITED, new FakeClock());

        instance.link(List.of(), new HostGate(new long[] {0}));
        instance.initialize();

        assertThat(instance.call(0, new long[] {40, 2})).containsExactly(42);
        assertThat(instance.memory()).isEmpty();
    }

    @Test
    void nestsItsClassesUnderTheNameItWasGiven() {
        ModuleCode code = compile(Wat.bytes("failing"), "plugin.p_x.M");

        assertThat(code.mainClass()).isEqualTo("plugin.p_x.M");
        assertThat(code.classes().keySet()).allMatch(each -> each.startsWith("plugin.p_x.M"));
    }

    @Test
    void callsAFunctionWithoutANameByItsNumber() {
        assertThat(load(Wat.bytes("failing"), "p.M").functionName(999)).isEqualTo("function 999");
    }

    private static CompiledModule load(byte[] wasm, String className) {
        return CompiledModule.load(compile(wasm, className));
    }

    private static ModuleCode compile(byte[] wasm, String className) {
        return ParsedModule.parse(wasm, LIMITS).compile(className);
    }
}
