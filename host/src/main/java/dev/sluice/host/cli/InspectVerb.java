package dev.sluice.host.cli;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.oci.Digest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `sluice plugin inspect`: what a module is, what it asks for, and what loading it costs.
final class InspectVerb {
    private static final JsonMapper JSON = JsonMapper.shared();

    private InspectVerb() {}

    static int run(List<String> given, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        var arguments = new Arguments(given, Set.of("--json", "--plain-http"), Set.of(), 1);
        String word = arguments.word(0, "FILE or REF");
        if (Files.isDirectory(Path.of(word))) {
            throw new FailedException(word + " is a folder");
        }
        byte[] wasm =
                isFile(word)
                        ? Files.readAllBytes(Path.of(word))
                        : PluginVerbs.pulled(arguments).bytes();
        Inspection found = Inspection.of(word, wasm);
        if (arguments.has("--json")) {
            out.println(
                    JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(json(found, Digest.of(wasm))));
        } else {
            print(found, Digest.of(wasm), out);
        }
        return 0;
    }

    private static boolean isFile(String word) {
        return word.startsWith("/") || word.endsWith(".wasm") || Files.exists(Path.of(word));
    }

    private static ObjectNode json(Inspection found, Digest digest) {
        PluginModule module = found.module();
        ObjectNode json = JSON.createObjectNode();
        json.put("digest", digest.toString());
        json.put("abiVersion", module.abiVersion().toString());
        json.putPOJO("markers", markers(module));
        json.put("allocator", module.allocator());
        var imports = json.putArray("imports");
        support(module)
                .forEach((name, support) ->
                        imports.addObject().put("name", name).put("support", support));
        json.putPOJO("callbacks", module.callbackNames());
        json.putPOJO("exports", module.exports());
        json.putPOJO("interpretedFunctions", module.interpretedFunctions());
        json.put("wasmBytes", module.wasmBytes());
        json.put("codeBytes", module.codeBytes());
        json.putObject("memoryBytes")
                .put("initial", module.initialMemoryBytes())
                .put("started", found.startedMemoryBytes());
        json.putPOJO("loadCpuMillis", found.cpuMillis());
        json.putPOJO("toolchain", found.toolchain());
        return json;
    }

    private static void print(Inspection found, Digest digest, PrintStream out) {
        PluginModule module = found.module();
        line(out, "module", digest.toString());
        line(out, "ABI", "%s (%s)".formatted(module.abiVersion(), joined(markers(module))));
        line(out, "toolchain", joined(found.toolchain()));
        line(out, "allocator", module.allocator());
        line(out, "callbacks", joined(module.callbackNames()));
        line(out, "imports", "%d".formatted(module.imports().size()));
        support(module).forEach((name, support) -> out.printf("    %-48s %s%n", name, support));
        line(out, "interpreted", joined(module.interpretedFunctions()));
        line(
                out,
                "size",
                "%,d bytes, compiled to %,d".formatted(module.wasmBytes(), module.codeBytes()));
        line(
                out,
                "memory",
                "%,d bytes, %,d when started"
                        .formatted(module.initialMemoryBytes(), found.startedMemoryBytes()));
        StringBuilder cost = new StringBuilder();
        found.cpuMillis()
                .forEach((phase, millis) ->
                        cost.append(cost.isEmpty() ? "" : ", ")
                                .append("%s %,d ms".formatted(phase, millis)));
        line(out, "CPU", cost + " (in a cold JVM)");
    }

    private static void line(PrintStream out, String name, String value) {
        out.printf("%-12s %s%n", name, value);
    }

    private static String joined(List<String> words) {
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private static List<String> markers(PluginModule module) {
        return Arrays.stream(AbiVersion.values())
                .map(AbiVersion::marker)
                .filter(module.exports()::contains)
                .toList();
    }

    /// How each import is answered: `known`, or why it answers that it is not implemented.
    private static SequencedMap<String, String> support(PluginModule module) {
        Map<String, String> types = new LinkedHashMap<>();
        for (String each : module.mistypedImports()) {
            int colon = each.indexOf(": ");
            types.put(each.substring(0, colon), "mistyped: " + each.substring(colon + 2));
        }
        SequencedMap<String, String> support = new LinkedHashMap<>();
        for (String each : module.imports()) {
            String unimplemented =
                    module.unimplementedImports().contains(each) ? "unimplemented" : "known";
            String other = module.unknownImports().contains(each) ? "unknown" : unimplemented;
            support.put(each, types.getOrDefault(each, other));
        }
        return support;
    }
}
