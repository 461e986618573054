package dev.sluice.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.testing.Wat;
import dev.sluice.host.admin.Guest;
import dev.sluice.oci.Digest;
import dev.sluice.registry.EmbeddedRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InspectVerbTest {
    private static final String IMPORTS =
            """
            (import "env" "proxy_log" (func (param i32 i32 i32) (result i32)))
            (import "env" "proxy_get_status" (func))
            (import "env" "proxy_of_tomorrow" (func))
            """;

    @TempDir private Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void tellsHowEachImportIsAnswered() throws IOException {
        Path file = Guest.file(directory, "guest", module(IMPORTS));

        assertThat(run(file.toString())).isZero();
        assertThat(out.toString(UTF_8))
                .containsPattern("env\\.proxy_log +known\\R")
                .containsPattern("env\\.proxy_get_status +mistyped: : \\(expected: ii.?:i\\)\\R")
                .containsPattern("env\\.proxy_of_tomorrow +unknown\\R");
    }

    @Test
    void printsOneObjectWithAllOfIt() throws IOException {
        byte[] wasm = withProducers(Guest.passing());
        Path file = Guest.file(directory, "guest", wasm);

        assertThat(run(file.toString(), "--json")).isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString(UTF_8));

        assertThat(json.get("digest").stringValue()).isEqualTo(Digest.of(wasm).toString());
        assertThat(json.get("abiVersion").stringValue()).isEqualTo("0.2.1");
        assertThat(json.get("markers").toString()).isEqualTo("[\"proxy_abi_version_0_2_1\"]");
        assertThat(json.get("allocator").stringValue()).isEqualTo("proxy_on_memory_allocate");
        assertThat(json.get("callbacks").toString()).contains("proxy_on_request_headers");
        assertThat(json.get("wasmBytes").intValue()).isEqualTo(wasm.length);
        assertThat(json.get("codeBytes").intValue()).isPositive();
        assertThat(json.at("/memoryBytes/started").intValue()).isEqualTo(65536);
        assertThat(json.at("/loadCpuMillis").propertyNames())
                .containsExactly("parse", "compile", "load", "start");
        assertThat(json.get("toolchain").toString()).isEqualTo("[\"rustc 1.95\"]");
    }

    @Test
    void inspectsWhatARegistryHas() throws IOException, InterruptedException {
        Path file = Guest.file(directory, "guest", Guest.passing());
        try (var registry =
                EmbeddedRegistry.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String reference = registry.host() + "/plugins/guest:1";
            var cli = new Cli(new PrintStream(out, true), new PrintStream(err, true));
            cli.run("plugin", "push", reference, file.toString(), "--plain-http");

            assertThat(run(reference, "--plain-http")).isZero();
            assertThat(out.toString(UTF_8))
                    .contains("ABI          0.2.1 (proxy_abi_version_0_2_1)");
        }
    }

    @Test
    void saysWhatIsWrongWithWhatIsNoPlugin() throws IOException {
        refuses("hello".getBytes(UTF_8), "not a wasm module: begins with 68 65 6c 6c 6f");
        refuses(HexFormat.of().parseHex("0061736d0d000100"), "a component, not a module");
        refuses(
                module("(func (drop (v128.const i32x4 0 0 0 0)))"),
                "SIMD instruction V128_CONST (build without +simd128)");
        refuses(module("(import \"x\" \"y\" (func))"), "imports unknown: x.y");
        refuses(
                module("(func (export \"_initialize\") (unreachable))"),
                "start module %s: _initialize: ");
    }

    private void refuses(byte[] wasm, String why) throws IOException {
        err.reset();
        Path file = Files.write(directory.resolve("bad.wasm"), wasm);

        assertThat(run(file.toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .startsWith("sluice: ")
                .contains(why.formatted(file))
                .hasLineCount(1);
    }

    private static byte[] module(String fields) {
        return Wat.assemble(Wat.minimal(fields));
    }

    /// The same module with a section in which its tools name themselves.
    private static byte[] withProducers(byte[] wasm) {
        byte[] section =
                HexFormat.of()
                        .parseHex(
                                "00240970726f647563657273010c70726f636573"
                                        + "7365642d62790105727573746304312e3935");
        byte[] all = Arrays.copyOf(wasm, wasm.length + section.length);
        System.arraycopy(section, 0, all, wasm.length, section.length);
        return all;
    }

    private int run(String... arguments) {
        String[] line = new String[arguments.length + 2];
        line[0] = "plugin";
        line[1] = "inspect";
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        return new Cli(new PrintStream(out, true), new PrintStream(err, true)).run(line);
    }
}
