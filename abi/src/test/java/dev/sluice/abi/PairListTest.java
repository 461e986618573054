package dev.sluice.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairListTest {
    private static final String TWO = "\2\0\0\0\1\0\0\0\1\0\0\0\2\0\0\0\0\0\0\0a\0b\0cd\0\0";

    @Test
    void findsNamesAndValues() {
        PairList pairs = view(TWO);

        assertThat(pairs.size()).isEqualTo(2);
        assertThat(name(pairs, 0)).isEqualTo("a");
        assertThat(value(pairs, 0)).isEqualTo("b");
        assertThat(name(pairs, 1)).isEqualTo("cd");
        assertThat(value(pairs, 1)).isEmpty();
    }

    @Test
    void findsThemInTheMiddleOfAnArray() {
        byte[] bytes = ("xx" + TWO + "yy").getBytes(ISO_8859_1);

        PairList pairs = PairList.view(bytes, 2, TWO.length());

        assertThat(name(pairs, 1)).isEqualTo("cd");
    }

    @Test
    void copyDoesNotFollowTheSource() {
        byte[] bytes = TWO.getBytes(ISO_8859_1);

        PairList pairs = PairList.copy(bytes, 0, bytes.length);
        bytes[20] = 'z';

        assertThat(name(pairs, 0)).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "\0\0\0\0",
                "\1\0\0\0",
                "\1\0\0\0\1\0\0\0\1\0\0\0a\0b",
                "\1\0\0\0\1\0\0\0\1\0\0\0a\0b\0!",
                "\1\0\0\0\1\0\0\0\1\0\0\0axb\0",
                "\1\0\0\0\1\0\0\0\1\0\0\0a\0bx",
                "\1\0\0\0\377\377\377\377\1\0\0\0a\0b\0",
                "\1\0\0\0\377\377\377\177\377\377\377\177a\0b\0",
                "\377\377\377\377\1\0\0\0\1\0\0\0a\0b\0",
                "\1\4\0\0\1\0\0\0\1\0\0\0a\0b\0"
            })
    void takesWhatIsMalformedAsEmpty(String bytes) {
        assertThat(view(bytes).size()).isZero();
    }

    @Test
    void takesWhatIsTooLongAsEmpty() {
        assertThat(PairList.view(new byte[2 << 20], 0, (1 << 20) + 1).size()).isZero();
    }

    @Test
    void survivesNoise() {
        Random random = new Random(7);
        byte[] bytes = new byte[64];
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(4);
            bytes[1] = 0;
            bytes[2] = 0;
            bytes[3] = 0;
            PairList pairs = PairList.view(bytes, 0, random.nextInt(65));
            assertThat(pairs.size()).isLessThan(4);
        }
    }

    private static PairList view(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return PairList.view(bytes, 0, bytes.length);
    }

    private static String name(PairList pairs, int index) {
        return new String(
                pairs.bytes(), pairs.nameOffset(index), pairs.nameLength(index), ISO_8859_1);
    }

    private static String value(PairList pairs, int index) {
        return new String(
                pairs.bytes(), pairs.valueOffset(index), pairs.valueLength(index), ISO_8859_1);
    }
}
