package dev.sluice.conformance.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
    @TempDir private Path folder;
    private HostCallTypes types;

    @BeforeEach
    void readTypes() throws IOException {
        Path table = folder.resolve("host-calls.tsv");
        Files.writeString(table, "# comment\nenv\tproxy_log\tiii:i\nwasi\tproc_exit\ti:\n");
        types = HostCallTypes.read(table);
    }

    @Test
    void callsBecomeImportsInFrontOfEverythingElse() {
        assertThat(expand("(func)\n@calls proc_exit proxy_log"))
                .containsExactly(
                        Map.entry(
                                "guest",
                                """
                                (module
                                (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32) (result)))
                                (import "env" "proxy_log" (func $proxy_log (param i32 i32 i32) (result i32)))
                                (func)
                                )
                                """));
    }

    @Test
    void aStarImportsAllOfAModule() {
        assertThat(expand("@calls wasi_unstable.*").get("guest"))
                .contains("\"wasi_unstable\" \"proc_exit\" (func $wasi_unstable.proc_exit ");
    }

    @Test
    void anIncludeBringsItsCalls() {
        assertThat(expand("@include log").get("guest")).contains("(import \"env\" \"proxy_log\"");
    }

    @Test
    void aTextIsAnAddressAndASizeAndLiesInMemoryOnce() {
        assertThat(expand("(call $f `ab` `c\\0\\n` `ab`)").get("guest"))
                .contains(
                        "(call $f (i32.const 1024) (i32.const 2) (i32.const 1026) (i32.const 3)"
                                + " (i32.const 1024) (i32.const 2))")
                .contains("(data (i32.const 1024) \"\\61\\62\\63\\00\\0a\")");
    }

    @Test
    void aTextInBracketsIsAPairList() {
        assertThat(expand("`[a=b cd=]`").get("guest"))
                .contains("(i32.const 1024) (i32.const 28)")
                .contains(
                        "\\02\\00\\00\\00\\01\\00\\00\\00\\01\\00\\00\\00\\02\\00\\00\\00\\00\\00\\00\\00"
                                + "\\61\\00\\62\\00\\63\\64\\00\\00");
    }

    @Test
    void aForMakesAGuestOfEachWord() {
        assertThat(expand("@for x in one two\n(func $${x})\n"))
                .extractingByKeys("guest-one", "guest-two")
                .satisfiesExactly(
                        one -> assertThat(one).contains("$one"),
                        two -> assertThat(two).contains("$two"));
    }

    @Test
    void aWholeModuleStaysAsItIs() {
        assertThat(expand(";; plain\n(module)\n"))
                .containsExactly(Map.entry("guest", ";; plain\n(module)\n"));
    }

    @Test
    void whatItDoesNotKnowIsAnError() {
        assertThatThrownBy(() -> expand("@calls proxy_lag")).hasMessage("no host call proxy_lag");
        assertThatThrownBy(() -> expand("@what")).hasMessage("what is this line: @what");
    }

    private Map<String, String> expand(String text) {
        return Template.expand("guest", text, types, name -> "@calls proxy_" + name);
    }
}
