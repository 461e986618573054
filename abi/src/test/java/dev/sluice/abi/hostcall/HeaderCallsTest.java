package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.Puppet.RESULT;
import static dev.sluice.abi.hostcall.Puppet.RESULT_SIZE;
import static dev.sluice.abi.hostcall.Puppet.args;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.testing.FakeStream;
import org.junit.jupiter.api.Test;

class HeaderCallsTest {
    private static final int REQUEST = 0;
    private static final int RESPONSE = 2;
    private final Puppet guest = new Puppet();
    private final FakeStream stream =
            new FakeStream(":path", "/a", "x-two", "one", "x-two", "two", "x-empty", "");

    @Test
    void givesTheFirstValueOfAKeyInAnyCase() {
        guest.inside(stream, () -> assertThat(value("X-Two")).containsExactly(0));

        assertThat(guest.given()).isEqualTo("one");
        assertThat(guest.allocations()).isEqualTo(1);
        assertThat(guest.word(4)).isEqualTo(3);
    }

    @Test
    void givesAnEmptyValueWithoutAllocating() {
        guest.inside(stream, () -> assertThat(value("x-empty")).containsExactly(0));

        assertThat(guest.word(RESULT)).isZero();
        assertThat(guest.word(RESULT_SIZE)).isZero();
        assertThat(guest.allocations()).isZero();
    }

    @Test
    void answersNotFoundForAnAbsentKey() {
        guest.inside(stream, () -> assertThat(value("x-none")).containsExactly(1));
    }

    @Test
    void answersOkAndEmptyForAnAbsentKeyInVersion010() {
        Puppet old = new Puppet(AbiVersion.V0_1_0, VmLimits.defaults());

        old.inside(
                stream,
                () ->
                        assertThat(
                                        old.calls.headers.value(
                                                args(0, old.put("x-none"), 6, RESULT, RESULT_SIZE)))
                                .containsExactly(0));

        assertThat(old.given()).isEmpty();
    }

    @Test
    void answersBadArgumentForAnAbsentMapAndForUnknownTypes() {
        guest.inside(
                stream,
                () -> {
                    assertThat(guest.calls.headers.value(args(RESPONSE, 0, 0, 16, 20)))
                            .containsExactly(2);
                    assertThat(guest.calls.headers.value(args(8, 0, 0, 16, 20))).containsExactly(2);
                    assertThat(guest.calls.headers.value(args(-1, 0, 0, 16, 20)))
                            .containsExactly(2);
                });
    }

    @Test
    void answersNotFoundForAnAbsentMapWhileTheStreamIsLogged() {
        var context = guest.inside(stream, () -> {});
        guest.script =
                (callback, argument) -> {
                    if (callback == 9) {
                        assertThat(guest.calls.headers.value(args(RESPONSE, 0, 0, 16, 20)))
                                .containsExactly(1);
                        assertThat(guest.calls.headers.remove(args(REQUEST, 0, 0)))
                                .containsExactly(2);
                    }
                    return 0;
                };

        context.close();

        assertThat(guest.callbacks).endsWith(9, 10, 11);
        assertThat(guest.contexts.failure()).isNull();
    }

    @Test
    void givesAllPairsInOrder() {
        guest.inside(
                new FakeStream("a", "b", "cd", ""),
                () -> assertThat(pairs(REQUEST)).containsExactly(0));

        assertThat(guest.given()).isEqualTo("\2\0\0\0\1\0\0\0\1\0\0\0\2\0\0\0\0\0\0\0a\0b\0cd\0\0");
    }

    @Test
    void givesNothingForAnEmptyOrAbsentMap() {
        guest.inside(
                new FakeStream(),
                () -> {
                    assertThat(pairs(REQUEST)).containsExactly(0);
                    assertThat(guest.word(RESULT_SIZE)).isZero();
                    assertThat(pairs(RESPONSE)).containsExactly(0);
                });

        assertThat(guest.allocations()).isZero();
    }

    @Test
    void replacesTheWholeMapByPairs() {
        int list = guest.put("\1\0\0\0\1\0\0\0\2\0\0\0n\0v1\0");

        guest.inside(
                stream,
                () ->
                        assertThat(guest.calls.headers.setPairs(args(REQUEST, list, 17)))
                                .containsExactly(0));

        assertThat(stream.request().lines()).containsExactly("n: v1");
    }

    @Test
    void takesMalformedPairsAsNone() {
        int list = guest.put("\1\0\0\0\1\0\0\0\2\0\0\0n\0v1\0!");

        guest.inside(
                stream,
                () ->
                        assertThat(guest.calls.headers.setPairs(args(REQUEST, list, 18)))
                                .containsExactly(0));

        assertThat(stream.request().lines()).isEmpty();
    }

    @Test
    void addsReplacesAndRemoves() {
        guest.inside(
                stream,
                () -> {
                    assertThat(
                                    guest.calls.headers.add(
                                            args(0, guest.put("n"), 1, guest.put("v"), 1)))
                            .containsExactly(0);
                    assertThat(
                                    guest.calls.headers.replace(
                                            args(0, guest.put("x-two"), 5, guest.put("3"), 1)))
                            .containsExactly(0);
                    assertThat(guest.calls.headers.remove(args(0, guest.put("x-empty"), 7)))
                            .containsExactly(0);
                    assertThat(guest.calls.headers.remove(args(0, guest.put("absent"), 6)))
                            .containsExactly(0);
                });

        assertThat(stream.request().lines()).containsExactly(":path: /a", "x-two: 3", "n: v");
    }

    @Test
    void answersBadArgumentWhenTheHostRefusesAValue() {
        guest.inside(
                stream,
                () ->
                        assertThat(
                                        guest.calls.headers.add(
                                                args(0, guest.put("n"), 1, guest.put("a\r"), 2)))
                                .containsExactly(2));
    }

    @Test
    void tellsTheSizeOfNamesAndValues() {
        guest.inside(
                new FakeStream("a", "b", "cd", ""),
                () -> {
                    assertThat(guest.calls.headers.size(args(0, RESULT))).containsExactly(0);
                    assertThat(guest.calls.headers.size(args(2, RESULT))).containsExactly(2);
                });

        assertThat(guest.word(RESULT)).isEqualTo(4);
    }

    private long[] value(String key) {
        return guest.calls.headers.value(
                args(REQUEST, guest.put(key), key.length(), RESULT, RESULT_SIZE));
    }

    private long[] pairs(int type) {
        return guest.calls.headers.pairs(args(type, RESULT, RESULT_SIZE));
    }
}
