package dev.sluice.abi.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleBinaryTest {
    private static final CodeLimits LIMITS = new CodeLimits(1000, 10, 100, 1 << 20);

    /// The sizes of tables that name their initial value count like all others, and so do the
    /// tables behind them.
    @ParameterizedTest
    @CsvSource({
        "null,   40 00 70 00 64 D0 70 0B",
        "func,   40 00 70 00 64 D2 00 0B",
        "global, 40 00 70 00 64 23 80 01 0B",
        "bounds, 40 00 70 01 64 64 D0 70 0B",
        "float,  40 00 70 00 64 43 00 00 0B 0B 0B",
        "double, 40 00 70 00 64 44 0B 0B 0B 0B 0B 0B 0B 0B 0B"
    })
    void countsTablesWithAnInitialValue(String name, String table) {
        assertThatCode(() -> tables("01 " + table).check(LIMITS))
                .as(name)
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> tables("02 " + table + " 70 00 01").check(LIMITS))
                .as(name)
                .hasMessage("table elements: 101 (expected: at most 100)");
    }

    @Test
    void refusesATableWhoseInitialValueIsComputed() {
        assertThatThrownBy(() -> tables("01 40 00 70 00 01 10 00 0B").check(LIMITS))
                .hasMessage("a table that begins with no simple constant");
    }

    private static ModuleBinary tables(String hex) {
        String section = hex.replace(" ", "");
        return new ModuleBinary(
                HexFormat.of()
                        .parseHex(
                                "0061736d0100000004%02x%s"
                                        .formatted(section.length() / 2, section)));
    }
}
