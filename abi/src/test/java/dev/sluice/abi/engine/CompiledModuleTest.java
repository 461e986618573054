package dev.sluice.abi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.testing.Wat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompiledModuleTest {
    private static final CodeLimits LIMITS = new CodeLimits(1 << 20, 100, 100, 1 << 20);

    @Test
    void keepsNoInstructionsForItsInstances() {
        CompiledModule code = ParsedModule.parse(Wat.bytes("failing"), LIMITS).compile("p.M");

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
        ParsedModule parsed = ParsedModule.parse(wasm, LIMITS);
        GuestInstance instance = new GuestInstance(parsed.compile("p.M"), 1 << 20);

        instance.link(List.of(), new HostGate(new long[] {0}));
        instance.initialize();

        assertThat(instance.call(0, new long[] {40, 2})).containsExactly(42);
        assertThat(instance.memory()).isEmpty();
    }

    @Test
    void nestsItsClassesUnderTheNameItWasGiven() {
        CompiledModule code =
                ParsedModule.parse(Wat.bytes("failing"), LIMITS).compile("plugin.p_x.M");

        assertThat(code.codeLoader()).isInstanceOf(ModuleClasses.class);
        assertThat(((ModuleClasses) code.codeLoader()).mainClassName()).isEqualTo("plugin.p_x.M");
        assertThat(code.functionName(999)).isEqualTo("function 999");
    }
}
