package dev.sluice.abi.vm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.Profile;
import dev.sluice.abi.testing.TestVm;
import dev.sluice.abi.testing.Wat;
import dev.sluice.abi.vm.PluginLoadException.Reason;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class PluginModuleTest {
    @Test
    void tellsWhatItIs() {
        byte[] wasm = Wat.bytes("failing");
        PluginModule module = Wat.load("failing", wasm);

        assertThat(module.name()).isEqualTo("failing");
        assertThat(module.abiVersion()).isEqualTo(AbiVersion.V0_2_1);
        assertThat(module.imports()).contains("env.proxy_log", "wasi_snapshot_preview1.proc_exit");
        assertThat(module.exports()).contains("malloc", "proxy_on_request_body");
        assertThat(module.interpretedFunctions()).isEmpty();
        assertThat(module.unimplementedImports()).isEmpty();
        assertThat(module.wasmBytes()).isEqualTo(wasm.length);
        assertThat(module.codeBytes()).isPositive();
    }

    @Test
    void takesTheHighestOfSeveralMarkers() {
        byte[] wasm = Wat.assemble(Wat.minimal("(func (export \"proxy_abi_version_0_1_0\"))"));

        assertThat(Wat.load("two", wasm).abiVersion()).isEqualTo(AbiVersion.V0_2_1);
    }

    @Test
    void refusesWhatIsNotWasm() {
        refuses("<html>..".getBytes(UTF_8), Reason.NOT_WASM)
                .hasMessage(
                        "load module m: not a wasm module: begins with 3c 68 74 6d 6c 3e 2e 2e"
                                + " (expected: 00 61 73 6d 01 00 00 00)");
        refuses(new byte[0], Reason.NOT_WASM).hasMessageContaining("begins with nothing");
    }

    @Test
    void refusesAComponent() {
        refuses(HexFormat.of().parseHex("0061736d0d000100"), Reason.COMPONENT)
                .hasMessageContaining("build a core module");
    }

    @Test
    void refusesVectors() {
        String field = "(func (drop (v128.const i32x4 0 0 0 0)))";

        refuses(Wat.minimal(field), Reason.UNSUPPORTED_FEATURE)
                .hasMessage("load module m: SIMD instruction V128_CONST (build without +simd128)");
    }

    @Test
    void refusesSharedAndSixtyFourBitMemory() {
        refuses(withMemoryFlags(3), Reason.UNSUPPORTED_FEATURE)
                .hasMessageContaining("shared memory (build without threads)");
        refuses(withMemoryFlags(5), Reason.UNSUPPORTED_FEATURE)
                .hasMessageContaining("64-bit memory (build for wasm32)");
    }

    @Test
    void refusesWhatIsTooLarge() {
        byte[] wasm = Wat.assemble(Wat.minimal("(table 100 funcref)"));

        assertThat(limited(wasm, new ModuleLimits(10, 10, 100, 10, 1000, 1 << 20)))
                .hasMessage(
                        "load module m: module size: %d (expected: at most 10; strip it, or split the"
                                + " plugin)",
                        wasm.length);
        assertThat(limited(wasm, new ModuleLimits(1000, 1, 100, 10, 1000, 1 << 20)))
                .hasMessageContaining("functions: 2 (expected: at most 1; ");
        assertThat(limited(wasm, new ModuleLimits(1000, 10, 100, 10, 99, 1 << 20)))
                .hasMessageContaining("table elements: 100 (expected: at most 99; ");
        assertThat(limited(wasm, new ModuleLimits(1000, 10, 100, 10, 1000, 1000)))
                .hasMessageContaining("initial memory: 65536 (expected: at most 1000; ");
    }

    @Test
    void refusesAModuleWithoutMarkerAllocatorOrMemory() {
        refuses("(module (memory (export \"memory\") 1))", Reason.ABI)
                .hasMessageContaining("no export proxy_abi_version_*");
        refuses(
                        "(module (memory (export \"memory\") 1)"
                                + "(global (export \"proxy_abi_version_0_2_1\") i32 (i32.const 1)))",
                        Reason.ABI)
                .hasMessageContaining("no export proxy_abi_version_*");
        refuses("(module (memory 1) (func (export \"proxy_abi_version_0_2_1\")))", Reason.ABI)
                .hasMessageContaining("no exported memory");
        refuses(
                        "(module (memory (export \"memory\") 1)"
                                + "(func (export \"proxy_abi_version_0_2_1\")))",
                        Reason.ABI)
                .hasMessageContaining("no allocator");
    }

    @Test
    void refusesACallbackOfAnotherType() {
        refuses(Wat.minimal("(func (export \"proxy_on_tick\"))"), Reason.ABI)
                .hasMessageContaining("proxy_on_tick: : (expected: i:)");
    }

    @Test
    void refusesUnknownImportsAndListsAll() {
        refuses(
                        Wat.minimal(
                                "(import \"env\" \"one\" (func)) (import \"x\" \"two\" (func))"),
                        Reason.IMPORTS)
                .hasMessage("load module m: imports unknown: env.one, x.two");
        refuses(
                        "(module (import \"x\" \"memory\" (memory 1)) (export \"memory\" (memory 0))"
                                + "(func (export \"malloc\") (param i32) (result i32) (i32.const 0))"
                                + "(func (export \"proxy_abi_version_0_2_1\")))",
                        Reason.IMPORTS)
                .hasMessageContaining("x.memory (memory)");
    }

    @Test
    void takesAnImportedMemoryWithinItsLimits() {
        byte[] wasm =
                Wat.assemble(
                        "(module (import \"env\" \"memory\" (memory 2))"
                                + "(func (export \"malloc\") (param i32) (result i32) (i32.const 0))"
                                + "(func (export \"proxy_abi_version_0_2_1\")))");

        assertThat(TestVm.of(Wat.load("m", wasm), "").started().vm.memoryBytes()).isEqualTo(131072);
        assertThat(limited(wasm, new ModuleLimits(1000, 10, 100, 10, 1000, 131071)))
                .hasMessageContaining("initial memory: 131072 (expected: at most 131071; ");
    }

    @Test
    void toleratesUnknownAndMistypedProxyImportsUnlessStrict() {
        byte[] unknown = Wat.assemble(Wat.minimal("(import \"env\" \"proxy_new\" (func))"));
        byte[] mistyped = Wat.assemble(Wat.minimal("(import \"env\" \"proxy_log\" (func))"));

        assertThat(Wat.load("m", unknown).unimplementedImports()).containsExactly("env.proxy_new");
        assertThat(Wat.load("m", mistyped).mistypedImports())
                .containsExactly("env.proxy_log: : (expected: iii:i)");
        assertThat(Wat.load("m", unknown).unknownImports()).containsExactly("env.proxy_new");
        assertThat(strict(unknown)).hasMessageContaining("imports unknown: env.proxy_new");
        assertThat(strict(mistyped)).hasMessageContaining("imports of another type: env.proxy_log");
    }

    @Test
    void failsInNoOtherWayWhereAModuleIsCutOff() {
        byte[] wasm = Wat.bytes("failing");

        for (int length = 8; length < wasm.length; length++) {
            byte[] part = Arrays.copyOf(wasm, length);
            Throwable thrown = catchThrowable(() -> Wat.load("m", part));
            assertThat(thrown)
                    .satisfiesAnyOf(
                            each -> assertThat(each).isNull(),
                            each -> assertThat(each).isInstanceOf(PluginLoadException.class));
        }
    }

    @Test
    void failsInNoOtherWayOnDamagedBytes() {
        byte[] wasm = Wat.bytes("failing");
        Random random = new Random(3);

        for (int i = 0; i < 1_500; i++) {
            byte[] damaged = wasm.clone();
            damaged[8 + random.nextInt(wasm.length - 8)] = (byte) random.nextInt(256);
            damaged[8 + random.nextInt(wasm.length - 8)] ^= (byte) (1 << random.nextInt(8));
            Throwable thrown = catchThrowable(() -> Wat.load("m", damaged));
            assertThat(thrown)
                    .satisfiesAnyOf(
                            each -> assertThat(each).isNull(),
                            each -> assertThat(each).isInstanceOf(PluginLoadException.class));
        }
    }

    @Test
    void listsAFunctionTooLongForTheCompilerAndRunsIt() {
        String step = "(local.set 0 (i32.add (local.get 0) (i32.const 12345)))\n";
        byte[] wasm =
                Wat.assemble(
                        Wat.minimal(
                                "(func (export \"_initialize\") (local i32) %s)"
                                        .formatted(step.repeat(12_000))));

        PluginModule module = Wat.load("long", wasm);

        assertThat(module.interpretedFunctions()).hasSize(1);
        assertThat(TestVm.of(module, "").vm.interpretedInstructions()).isGreaterThan(12_000);
    }

    @Test
    void leavesNoCodeBehind() {
        WeakReference<ClassLoader> loader = loadRunAndDrop();

        long deadline = System.nanoTime() + 20_000_000_000L;
        while (loader.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }

        assertThat(loader.get()).isNull();
    }

    private static WeakReference<ClassLoader> loadRunAndDrop() {
        PluginModule module = Wat.module("allocating");
        TestVm.of(module, "").started().plugin.tick();
        return new WeakReference<>(module.codeLoader());
    }

    private static byte[] withMemoryFlags(int flags) {
        byte[] wasm = Wat.assemble(Wat.minimal("").replace("\"memory\") 1)", "\"memory\") 1 1)"));
        byte[] section = {5, 4, 1, 1, 1, 1};
        for (int i = 8; i < wasm.length - section.length; i++) {
            if (Arrays.equals(wasm, i, i + section.length, section, 0, section.length)) {
                wasm[i + 3] = (byte) flags;
                return wasm;
            }
        }
        throw new AssertionError("no memory section");
    }

    private static AbstractThrowableAssert<?, ?> refuses(String wat, Reason reason) {
        return refuses(Wat.assemble(wat), reason);
    }

    private static AbstractThrowableAssert<?, ?> refuses(byte[] wasm, Reason reason) {
        var thrown = assertThatThrownBy(() -> Wat.load("m", wasm));
        thrown.isInstanceOf(PluginLoadException.class)
                .extracting(each -> ((PluginLoadException) each).reason())
                .isEqualTo(reason);
        return thrown;
    }

    private static Throwable limited(byte[] wasm, ModuleLimits limits) {
        return catchThrowable(() -> PluginModule.load("m", wasm, limits, Profile.AUTO));
    }

    private static Throwable strict(byte[] wasm) {
        return catchThrowable(
                () -> PluginModule.load("m", wasm, ModuleLimits.defaults(), Profile.STRICT));
    }
}
