package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.answerHas;
import static dev.sluice.conformance.gate.Steps.answered;
import static dev.sluice.conformance.gate.Steps.begin;
import static dev.sluice.conformance.gate.Steps.failed;
import static dev.sluice.conformance.gate.Steps.last;
import static dev.sluice.conformance.gate.Steps.passedBody;
import static dev.sluice.conformance.gate.Steps.passedWith;
import static dev.sluice.conformance.gate.Steps.piece;
import static dev.sluice.conformance.gate.Steps.refused;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.said;
import static dev.sluice.conformance.gate.Steps.saidAtStart;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;
import static dev.sluice.conformance.subject.Request.post;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.LogLevel;
import dev.sluice.conformance.guest.Guests;
import dev.sluice.conformance.subject.Request;
import java.util.List;
import java.util.Map;

/// Loading, linking, and the start of a plugin.
final class LoadRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "L-001",
                            "modules of ABI 0.1.0, 0.2.0 and 0.2.1 are accepted, and their version is told",
                            run(plugin("load/marker-0_1_0")),
                            version("0.1.0"),
                            run(plugin("load/marker-0_2_0")),
                            version("0.2.0"),
                            run(plugin("load/marker-0_2_1")),
                            version("0.2.1")),
                    row(
                            "L-002",
                            "a module without a version marker is refused, and why is said",
                            refused(
                                    plugin("load/no-marker"),
                                    "module_abi",
                                    "no export proxy_abi_version_")),
                    row(
                            "L-003",
                            "a global or a memory with the marker's name is no marker",
                            refused(
                                    plugin("load/marker-global"),
                                    "module_abi",
                                    "no export proxy_abi_version_"),
                            refused(
                                    plugin("load/marker-memory"),
                                    "module_abi",
                                    "no export proxy_abi_version_")),
                    row(
                            "L-004",
                            "of two markers the higher counts",
                            run(plugin("load/two-markers")),
                            version("0.2.1")),
                    row(
                            "L-005",
                            "a module whose exports are cut off or damaged is refused",
                            refused(
                                    plugin("nothing")
                                            .of(Damage.cutInExports(Guests.bytes("nothing"))),
                                    "module_malformed",
                                    "section 7 ends outside the module"),
                            refused(
                                    plugin("nothing")
                                            .of(Damage.wrongExports(Guests.bytes("nothing"))),
                                    "module_malformed",
                                    "malformed"),
                            run(plugin("nothing")),
                            send(get()),
                            answered(200, "pong")),
                    row(
                            "L-006",
                            "a module without an allocator is refused",
                            refused(plugin("load/no-allocator"), "module_abi", "no allocator"),
                            saidAtStart()),
                    row(
                            "L-007",
                            "proxy_on_memory_allocate is asked for memory, not malloc",
                            run(plugin("load/two-allocators").configured("text")),
                            saidAtStart("proxy_on_memory_allocate 4", "configuration 0 4 text")),
                    row(
                            "L-008",
                            "every function that any version has can be imported, whatever the version",
                            run(plugin("load/every-import-0_1_0")),
                            send(get()),
                            answered(200, "pong"),
                            run(plugin("load/every-import-0_2_0")),
                            send(get()),
                            answered(200, "pong"),
                            run(plugin("load/every-import-0_2_1")),
                            send(get()),
                            answered(200, "pong")),
                    row(
                            "L-009",
                            "an unknown function of proxy-wasm is linked, answers 12, and is warned about",
                            run(plugin("load/unknown-proxy-import")),
                            send(get()),
                            said("proxy_xyz 12"),
                            warned("env.proxy_xyz")),
                    row(
                            "L-010",
                            "any other unknown import is refused, all of them by name",
                            refused(
                                    plugin("load/unknown-imports"),
                                    "module_imports",
                                    "foo.bar, env.baz")),
                    row(
                            "L-011",
                            "proxy_grpc_call with the ten parameters of AssemblyScript is linked and answers 12",
                            run(plugin("load/short-grpc-call")),
                            send(get()),
                            said("proxy_grpc_call 12")),
                    row(
                            "L-012",
                            "abort fails the VM, and its message is shown",
                            run(plugin("load/abort")),
                            send(get()),
                            failed("proxy_on_request_headers", "boom at a.ts:7:9"),
                            answered(503)),
                    row(
                            "L-013",
                            "the functions of Emscripten's runtime are there",
                            run(plugin("load/emscripten")),
                            send(get()),
                            said("pthread_equal 1 0")),
                    row(
                            "L-014",
                            "a module may import its memory",
                            run(plugin("load/imported-memory")),
                            send(get().with("x-a", "one")),
                            said("pages 2", "value 0 3 one")),
                    row(
                            "L-015",
                            "_initialize is called once, and _start is not when both are there",
                            run(plugin("load/initialize")),
                            saidAtStart("_initialize")),
                    row(
                            "L-016",
                            "main(0, 0) follows _initialize",
                            run(plugin("load/initialize-main")),
                            saidAtStart("_initialize", "main 0 0")),
                    row(
                            "L-017",
                            "__main_void follows _initialize when there is no main",
                            run(plugin("load/initialize-main-void")),
                            saidAtStart("_initialize", "__main_void")),
                    row(
                            "L-018",
                            "_start is called once when there is no _initialize",
                            run(plugin("load/start")),
                            saidAtStart("_start")),
                    row(
                            "L-019",
                            "the start section runs before _initialize",
                            run(plugin("load/start-section")),
                            saidAtStart("start section", "_initialize")),
                    row(
                            "L-020",
                            "while a module starts it may log, and fails when it asks for a property",
                            refused(
                                    plugin("load/restricted"),
                                    "plugin_start_failed",
                                    "proxy_get_property is restricted"),
                            saidAtStart("before")),
                    row(
                            "L-021",
                            "a plugin is created, then its VM started, then it is configured",
                            run(plugin("load/life")),
                            saidAtStart("create 1 0", "vm_start 1 0", "configure 1 0")),
                    row(
                            "L-022",
                            "start and configure are told the root id and the exact size of their configuration",
                            run(plugin("load/life").vmConfigured("seven77").configured("five5")),
                            saidAtStart("create 1 0", "vm_start 1 7", "configure 1 5")),
                    row(
                            "L-023",
                            "a plugin that refuses to start is refused, and is not configured",
                            refused(
                                    plugin("load/refuses-vm_start"),
                                    "plugin_refused_configuration",
                                    "proxy_on_vm_start"),
                            saidAtStart("vm_start")),
                    row(
                            "L-024",
                            "a plugin that refuses its configuration is refused",
                            refused(
                                    plugin("load/refuses-configure"),
                                    "plugin_refused_configuration",
                                    "proxy_on_configure"),
                            saidAtStart("vm_start", "configure")),
                    row(
                            "L-025",
                            "plugins that share a VM are two roots of one instance, each with its configuration",
                            run(
                                    plugin("load/roots")
                                            .rooted("first")
                                            .configured("one")
                                            .inVm("both"),
                                    plugin("load/roots")
                                            .named("q")
                                            .rooted("second")
                                            .configured("two")
                                            .inVm("both")),
                            saidAtStart("configuration 0 3 one", "configuration 0 3 two"),
                            send(get()),
                            said("root 0 5 first", "roots 2"),
                            send(get().to("q")),
                            said("root 0 6 second", "roots 2")),
                    row(
                            "L-026",
                            "the same code under two VM ids has two memories",
                            run(
                                    plugin("load/roots").rooted("first").inVm("one"),
                                    plugin("load/roots").named("q").rooted("second").inVm("other")),
                            send(get()),
                            said("root 0 5 first", "roots 1"),
                            send(get().to("q")),
                            said("root 0 6 second", "roots 1")),
                    row(
                            "L-027",
                            "no two contexts of a VM have one id while both live, and none has 0",
                            run(plugin("load/ids")),
                            idsDiffer(8)),
                    row(
                            "L-028",
                            "a stream is created with its id and its root's before its first callback",
                            run(plugin("load/life")),
                            send(get()),
                            said("create 2 1", "request_headers 2")),
                    row(
                            "L-029",
                            "a module with marker and allocator only lets everything pass untouched",
                            run(plugin("nothing")),
                            begin(post().with("x-a", "one")),
                            piece("abc"),
                            last("de"),
                            answered(200, "pong"),
                            answerHas("x-served", "service"),
                            passedWith("x-a", "one"),
                            passedBody("abcde")),
                    row(
                            "L-030",
                            "ABI 0.1.0: the header callbacks take two parameters",
                            run(plugin("load/old-callbacks")),
                            send(get()),
                            said("request_headers 2", "response_headers 2"),
                            answered(200, "pong")));

    private LoadRows() {}

    private static Step version(String expected) {
        return stage -> assertThat(stage.subject().abiVersion("p")).isEqualTo(expected);
    }

    private static Step warned(String name) {
        return stage -> {
            assertThat(stage.subject().unimplementedImports("p")).contains(name);
            stage.await(
                    "a warning about " + name,
                    () ->
                            stage.subject().log().stream()
                                    .anyMatch(each ->
                                            each.level() == LogLevel.WARN
                                                    && each.text().contains(name)));
        };
    }

    /// Holds so many requests at the same time.
    private static Step idsDiffer(int count) {
        return stage -> {
            for (int i = 0; i < count; i++) {
                stage.open(Request.get());
            }
            Map<String, List<String>> byVm =
                    stage.next(count).stream()
                            .map(line -> Said.words(line, "ids"))
                            .collect(
                                    groupingBy(
                                            List::getFirst,
                                            mapping(words -> words.get(1), toList())));
            assertThat(byVm.values())
                    .allSatisfy(ids ->
                            assertThat(ids).doesNotHaveDuplicates().doesNotContain("0", "1"));
        };
    }
}
