package dev.sluice.abi.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.Profile;
import dev.sluice.abi.testing.FakeStream;
import dev.sluice.abi.testing.TestVm;
import dev.sluice.abi.testing.Wat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PluginCodeTest {
    @Test
    void runsAsBeforeAfterItWasKept() throws IOException {
        byte[] wasm = Wat.bytes("failing");

        GuestFailure first = trap(PluginModule.load(compile(wasm), Profile.AUTO));
        GuestFailure kept = trap(PluginModule.load(keptAndRead(compile(wasm)), Profile.AUTO));

        assertThat(kept).usingRecursiveComparison().ignoringFields("frames").isEqualTo(first);
        assertThat(kept.backtrace()).isNotEmpty().isEqualTo(first.backtrace());
    }

    @Test
    void tellsTheSameOfItselfAfterItWasKept() throws IOException {
        PluginModule first = PluginModule.load(compile(Wat.bytes("failing")), Profile.AUTO);

        PluginModule kept =
                PluginModule.load(keptAndRead(compile(Wat.bytes("failing"))), Profile.AUTO);

        assertThat(kept)
                .usingRecursiveComparison()
                .ignoringFields("code", "callbacks", "linker")
                .isEqualTo(first);
        assertThat(kept.codeBytes()).isEqualTo(first.codeBytes());
    }

    @Test
    void keepsFunctionsThatCouldNotBeCompiled() throws IOException {
        String step = "(local.set 0 (i32.add (local.get 0) (i32.const 12345)))\n";
        byte[] wasm =
                Wat.assemble(
                        Wat.minimal(
                                "(func (export \"_initialize\") (local i32) %s)"
                                        .formatted(step.repeat(12_000))));

        PluginModule kept = PluginModule.load(keptAndRead(compile(wasm)), Profile.AUTO);

        assertThat(kept.interpretedFunctions()).hasSize(1);
        assertThat(TestVm.of(kept, "").vm.interpretedInstructions()).isGreaterThan(12_000);
    }

    @Test
    void isStillCheckedAgainstTheProfileItIsLoadedFor() throws IOException {
        byte[] wasm = Wat.assemble(Wat.minimal("(import \"env\" \"proxy_new\" (func))"));
        PluginCode kept = keptAndRead(compile(wasm));

        assertThatThrownBy(() -> PluginModule.load(kept, Profile.STRICT))
                .isInstanceOf(PluginLoadException.class)
                .hasMessage("load module m: imports unknown: env.proxy_new");
    }

    @Test
    void isNotReadFromAPartOfItself() throws IOException {
        byte[] bytes = written(compile(Wat.bytes("failing")));

        assertThatThrownBy(() -> PluginCode.read(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void namesTheEngineInItsFormat() {
        assertThat(PluginCode.format()).matches("endive \\d+\\.\\d+\\.\\d+, layout \\d+");
    }

    private static GuestFailure trap(PluginModule module) {
        TestVm vm = TestVm.of(module, "conf").started();
        vm.stream(new FakeStream()).onRequestBody(0, true);
        return vm.vm.failure();
    }

    private static PluginCode compile(byte[] wasm) {
        return PluginCode.compile("m", wasm, ModuleLimits.defaults(), Profile.AUTO);
    }

    private static PluginCode keptAndRead(PluginCode code) throws IOException {
        return PluginCode.read(written(code));
    }

    private static byte[] written(PluginCode code) throws IOException {
        var out = new ByteArrayOutputStream();
        code.write(out);
        return out.toByteArray();
    }
}
