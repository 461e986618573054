package dev.sluice.abi.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.abi.engine.ModuleRefusedException.Reason;
import java.util.HexFormat;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/// Modules byte by byte, as no assembler makes them; most are refused before they would be parsed.
class BinaryCheckTest {
    private static final CodeLimits LIMITS = new CodeLimits(1 << 20, 10, 64, 100, 10, 1 << 17);
    private static final String ENV_MEMORY = name("env") + name("memory") + "02";

    @Test
    void countsTheElementsOfAllTablesTogether() {
        refuses(section(4, "02 70 00 05 70 00 06"), Reason.TOO_LARGE)
                .hasMessage("table elements: 11 (expected: at most 10; make the tables smaller)");
    }

    @Test
    void countsTablesThatAreFilledAndTablesThatAreImported() {
        String filled = "40 00 70 00 05 d0 70 0b";
        String imported = name("env") + name("t") + "01 70 00 06";

        refuses(section(4, "03" + filled + filled + "70 00 01"), Reason.TOO_LARGE)
                .hasMessageStartingWith("table elements: 11 (expected: at most 10; ");
        refuses(section(2, "01" + imported) + section(4, "01" + filled), Reason.TOO_LARGE)
                .hasMessageStartingWith("table elements: 11 (expected: at most 10; ");
    }

    @Test
    void refusesATableOfAnythingButReferences() {
        refuses(section(4, "01 40 00 70 00 05 fd 0c"), Reason.UNSUPPORTED_FEATURE)
                .hasMessage(
                        "instruction 0xfd in a table's initial value (expected: ref.null, ref.func"
                                + " or global.get)");
        refuses(section(4, "01 70 04 05"), Reason.UNSUPPORTED_FEATURE)
                .hasMessage("64-bit table (build for wasm32)");
    }

    @Test
    void refusesABodyThatIsTooLong() {
        String import1 = section(2, "01" + name("env") + name("f") + "00 00");

        refuses(import1 + section(10, "02 02 00 0b 41" + "00".repeat(64) + "0b"), Reason.TOO_LARGE)
                .hasMessage("body of function 2: 65 (expected: at most 64; split the function)");
    }

    @Test
    void addsUpTheLocalsOfAFunction() {
        refuses(section(10, "01 07 02 32 7f 33 63 70 0b"), Reason.TOO_LARGE)
                .hasMessage(
                        "locals of function 0: 101 (expected: at most 100; split the function)");
        refuses(section(10, "01 08 01 ff ff ff ff 0f 7f 0b"), Reason.TOO_LARGE)
                .hasMessageStartingWith("locals of function 0: 4294967295 (");
    }

    @Test
    void refusesLocalsThatLeaveTheirBody() {
        refuses(section(10, "01 02 02 01 7f 01 7f 0b"), Reason.MALFORMED)
                .hasMessage("a length leads outside its place");
    }

    @Test
    void refusesASecondMemoryHoweverItComes() {
        refuses(section(5, "02 00 01 00 01"), Reason.UNSUPPORTED_FEATURE)
                .hasMessage("memories: 2 (expected: 1, its own or an imported one)");
        refuses(
                        section(2, "01" + ENV_MEMORY + "00 01") + section(5, "01 00 01"),
                        Reason.UNSUPPORTED_FEATURE)
                .hasMessage("memories: 2 (expected: 1, its own or an imported one)");
    }

    @Test
    void judgesAnImportedMemoryAsItsOwn() {
        refuses(section(2, "01" + ENV_MEMORY + "00 03"), Reason.TOO_LARGE)
                .hasMessage(
                        "initial memory: 196608 (expected: at most 131072; link with a smaller"
                                + " initial memory)");
        refuses(section(2, "01" + ENV_MEMORY + "03 01 01"), Reason.UNSUPPORTED_FEATURE)
                .hasMessage("shared memory (build without threads)");
    }

    @Test
    void findsTheMemoryBehindEveryOtherKindOfImport() {
        String each = name("e") + name("x");
        String others =
                each + "00 00" + each + "01 70 01 01 02" + each + "03 64 70 00" + each + "04 00 00";

        refuses(section(2, "05" + others + ENV_MEMORY + "00 7f"), Reason.TOO_LARGE)
                .hasMessageStartingWith("initial memory: 8323072 (");
    }

    @Test
    void refusesGarbageCollectionInBodiesAndInInitialValues() {
        String type = section(1, "01 60 00 00");

        refuses(
                        type + section(3, "01 00") + section(10, "01 07 00 41 00 fb 1c 1a 0b"),
                        Reason.UNSUPPORTED_FEATURE)
                .hasMessage(
                        "garbage collection instruction REF_I31 (build for linear memory, without"
                                + " +gc)");
        refuses(section(6, "01 6c 00 41 00 fb 1c 0b"), Reason.UNSUPPORTED_FEATURE)
                .hasMessageStartingWith("garbage collection instruction REF_I31 ");
    }

    @Test
    void takesWhatIsAtItsLimits() {
        byte[] wasm =
                module(
                        section(1, "01 60 00 00")
                                + section(3, "01 00")
                                + section(4, "01 70 00 0a")
                                + section(5, "01 00 02")
                                + section(10, "01 40 01 64 7f" + "01".repeat(60) + "0b"));

        assertThat(ParsedModule.parse(wasm, LIMITS).surface().imports()).isEmpty();
    }

    private static AbstractThrowableAssert<?, ?> refuses(String sections, Reason reason) {
        var thrown = assertThatThrownBy(() -> ParsedModule.parse(module(sections), LIMITS));
        thrown.isInstanceOf(ModuleRefusedException.class)
                .extracting(each -> ((ModuleRefusedException) each).reason())
                .isEqualTo(reason);
        return thrown;
    }

    private static byte[] module(String sections) {
        return HexFormat.of().parseHex("0061736d01000000" + sections);
    }

    private static String section(int id, String content) {
        String hex = content.replace(" ", "");
        return "%02x%02x%s".formatted(id, hex.length() / 2, hex);
    }

    private static String name(String text) {
        return "%02x%s".formatted(text.length(), HexFormat.of().formatHex(text.getBytes(US_ASCII)));
    }
}
