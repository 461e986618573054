package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.Puppet.RESULT;
import static dev.sluice.abi.hostcall.Puppet.args;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.LogLevel;
import org.junit.jupiter.api.Test;

class LogAndTimerCallsTest {
    private final Puppet guest = new Puppet();

    @Test
    void logsAtTheGuestsLevelButNotBelowTheHosts() {
        guest.host.level = LogLevel.WARN;

        guest.insideRoot(() -> {
            assertThat(log(2, "info")).containsExactly(0);
            assertThat(log(3, "warn")).containsExactly(0);
            assertThat(log(5, "")).containsExactly(0);
            assertThat(log(6, "off")).containsExactly(2);
            assertThat(log(-1, "no")).containsExactly(2);
        });

        assertThat(guest.host.lines).containsExactly("WARN warn", "CRITICAL ");
    }

    @Test
    void tellsTheLevel() {
        guest.host.level = LogLevel.ERROR;

        guest.insideRoot(() -> guest.calls.log.level(args(RESULT)));

        assertThat(guest.word(RESULT)).isEqualTo(4);
    }

    @Test
    void tellsTheTimeInSixtyFourBits() {
        guest.insideRoot(() -> guest.calls.timer.currentTime(args(RESULT + 1)));

        long low = guest.word(RESULT + 1) & 0xFFFFFFFFL;
        long high = guest.word(RESULT + 5) & 0xFFFFFFFFL;
        assertThat(high << 32 | low).isEqualTo(1_700_000_000_123_456_789L);
    }

    @Test
    void stagesTheTickPeriod() {
        guest.insideRoot(() -> {
            guest.calls.timer.tickPeriod(args(250));
            guest.calls.timer.tickPeriod(args(0));
            assertThat(guest.host.ticks).isEmpty();
        });

        assertThat(guest.host.ticks).containsExactly(250, 0);
    }

    private long[] log(long level, String text) {
        return guest.calls.log.log(args(level, guest.put(text), text.length()));
    }
}
