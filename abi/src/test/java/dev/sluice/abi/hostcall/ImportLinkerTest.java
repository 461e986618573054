package dev.sluice.abi.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.engine.BoundImport;
import dev.sluice.abi.engine.FunctionLink;
import dev.sluice.abi.testing.TestVm;
import dev.sluice.abi.testing.Wat;
import dev.sluice.abi.vm.PluginModule;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ImportLinkerTest {
    private final Puppet guest = new Puppet();

    @Test
    void linksEveryFunctionOfTheTable() {
        ImportLinker linker =
                new ImportLinker(
                        ProxyTable.ALL.stream()
                                .map(each -> env(each.name(), each.type()))
                                .toList());

        assertThat(linker.refused()).isEmpty();
        assertThat(linker.unknown()).isEmpty();
        assertThat(linker.mistyped()).isEmpty();
        assertThat(linker.unimplemented())
                .contains("env.proxy_grpc_call", "env.proxy_define_metric")
                .doesNotContain("env.proxy_log");
    }

    @Test
    void givesTheEngineFunctionsOfTheTypesItAsksFor() {
        String proxy =
                ProxyTable.ALL.stream()
                        .map(each -> wat("env", each))
                        .collect(Collectors.joining("\n"));
        String wasi =
                WasiTable.ALL.stream()
                        .map(each -> wat("wasi_unstable", each))
                        .collect(Collectors.joining("\n"));
        PluginModule module = Wat.load("all", Wat.assemble(Wat.minimal(proxy + "\n" + wasi)));

        TestVm vm = TestVm.of(module, "").started();

        assertThat(module.imports()).hasSize(ProxyTable.ALL.size() + WasiTable.ALL.size());
        assertThat(module.mistypedImports()).isEmpty();
        assertThat(vm.vm.failure()).isNull();
    }

    @Test
    void stubsAnUnknownProxyFunction() {
        ImportLinker linker = new ImportLinker(List.of(env("proxy_kv_store_open", "iii:i")));

        assertThat(linker.unknown()).containsExactly("env.proxy_kv_store_open");
        assertThat(call(linker)).containsExactly(12);
    }

    @Test
    void stubsAFunctionOfAnotherTypeWithTheModulesType() {
        ImportLinker linker = new ImportLinker(List.of(env("proxy_grpc_call", "iiiiiiiiii:i")));

        assertThat(linker.mistyped())
                .containsExactly("env.proxy_grpc_call: iiiiiiiiii:i (expected: iiiiiiiiiiii:i)");
        assertThat(call(linker)).containsExactly(12);
    }

    @Test
    void stubsAMistypedFunctionWithoutResult() {
        ImportLinker linker = new ImportLinker(List.of(env("proxy_continue_request", ":")));

        assertThat(linker.unimplemented()).containsExactly("env.proxy_continue_request");
        assertThat(call(linker)).isNull();
    }

    @Test
    void refusesWhatIsNotProxyWasm() {
        ImportLinker linker =
                new ImportLinker(
                        List.of(
                                env("system", "i:i"),
                                new FunctionLink("wasi_snapshot_preview1", "fd_magic", ":", 1),
                                new FunctionLink("other", "proxy_log", "iii:i", 2)));

        assertThat(linker.refused())
                .containsExactly(
                        "env.system", "wasi_snapshot_preview1.fd_magic", "other.proxy_log");
    }

    private long[] call(ImportLinker linker) {
        BoundImport bound = linker.bind(guest.calls).getFirst();
        return bound.function().call(new long[12]);
    }

    private static String wat(String module, HostCall call) {
        String[] type = call.type().split(":", -1);
        return "(import \"%s\" \"%s\" (func %s %s))"
                .formatted(module, call.name(), types("param", type[0]), types("result", type[1]));
    }

    private static String types(String word, String letters) {
        return letters.chars()
                .mapToObj(each -> "(%s %s)".formatted(word, each == 'j' ? "i64" : "i32"))
                .collect(Collectors.joining(" "));
    }

    private static FunctionLink env(String name, String type) {
        return new FunctionLink("env", name, type, 0);
    }
}
