package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.Puppet.RESULT;
import static dev.sluice.abi.hostcall.Puppet.RESULT_SIZE;
import static dev.sluice.abi.hostcall.Puppet.args;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.testing.FakeStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestMemoryTest {
    private static final int BROKEN = 8;
    private static final int BROKEN_ADDRESS = 12;
    private final Puppet guest = new Puppet();

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-1, 0, 0",
        "4294967295, 0, 0",
        "0, 16, 0",
        "16, 0, 0",
        "8, 8, 8",
        "8, 9, -1",
        "15, 1, 15",
        "16, 1, -1",
        "0, 17, -1",
        "4294967295, 1, -1",
        "4294967295, 4294967295, -1",
        "-1, -1, -1",
        "8, 4294967295, -1",
        "2147483647, 2147483647, -1"
    })
    void findsRangesInsideSixteenBytes(long pointer, long length, int expected) {
        assertThat(GuestMemory.at(new byte[16], pointer, length)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0", "65536", "65535", "4294967295", "2147483648"})
    void answersInvalidMemoryAccessWhenTheAllocatorGivesABadAddress(long address) {
        guest.word(BROKEN, 1);
        guest.word(BROKEN_ADDRESS, (int) address);

        guest.inside(new FakeStream("n", "value"), () -> assertThat(value()).containsExactly(6));

        assertThat(guest.word(RESULT)).isZero();
        assertThat(guest.contexts.failure()).isNull();
    }

    @Test
    void followsTheMemoryWhenTheAllocatorGrowsIt() {
        String big = "x".repeat(100_000);

        guest.inside(new FakeStream("n", big), () -> assertThat(value()).containsExactly(0));

        assertThat(guest.given()).isEqualTo(big);
        assertThat(guest.instance.memory()).hasSize(3 * 65536);
    }

    private long[] value() {
        return guest.calls.headers.value(args(0, guest.put("n"), 1, RESULT, RESULT_SIZE));
    }
}
