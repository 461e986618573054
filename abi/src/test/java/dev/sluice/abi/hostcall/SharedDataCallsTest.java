package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.Puppet.RESULT;
import static dev.sluice.abi.hostcall.Puppet.RESULT_CAS;
import static dev.sluice.abi.hostcall.Puppet.RESULT_SIZE;
import static dev.sluice.abi.hostcall.Puppet.args;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedDataCallsTest {
    private final Puppet guest = new Puppet();

    @Test
    void givesBackWhatWasStoredWithItsNumber() {
        guest.insideRoot(() -> {
            assertThat(set("k\u00ff", "v", 0)).containsExactly(0);
            assertThat(get("k\u00ff")).containsExactly(0);
        });

        assertThat(guest.given()).isEqualTo("v");
        assertThat(guest.word(RESULT_CAS)).isEqualTo(1);
    }

    @Test
    void answersNotFoundForAnAbsentKey() {
        guest.insideRoot(() -> assertThat(get("k")).containsExactly(1));
    }

    @Test
    void storesAnEmptyValue() {
        guest.insideRoot(() -> {
            assertThat(set("k", "", 0)).containsExactly(0);
            assertThat(get("k")).containsExactly(0);
        });

        assertThat(guest.given()).isEmpty();
    }

    @Test
    void comparesBeforeItSets() {
        guest.insideRoot(() -> {
            assertThat(set("k", "one", 55)).containsExactly(0);
            assertThat(set("k", "two", 55)).containsExactly(8);
            assertThat(set("k", "two", 1)).containsExactly(0);
            get("k");
        });

        assertThat(guest.given()).isEqualTo("two");
    }

    private long[] get(String key) {
        return guest.calls.sharedData.get(
                args(guest.put(key), key.length(), RESULT, RESULT_SIZE, RESULT_CAS));
    }

    private long[] set(String key, String value, int cas) {
        return guest.calls.sharedData.set(
                args(guest.put(key), key.length(), guest.put(value), value.length(), cas));
    }
}
