package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.plugin.Entries.Sum;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
    private final Entries entries = new Entries();

    /// The clock may count from anywhere, below zero as well.
    @ParameterizedTest
    @ValueSource(longs = {1, 0, 1_000_003, -7, -1_000_000})
    void countsTheLastTenSeconds(long start) {
        entries.left(at(start));
        entries.left(at(start + 3));
        entries.lost(at(start + 9));

        assertThat(entries.sum(at(start + 9))).isEqualTo(new Sum(2, 1));
        assertThat(entries.sum(at(start + 10))).isEqualTo(new Sum(1, 1));
        assertThat(entries.sum(at(start + 18))).isEqualTo(new Sum(0, 1));
        assertThat(entries.sum(at(start + 19))).isEqualTo(new Sum(0, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11, 25, 1000})
    void aSecondThatComesRoundAgainBeginsAtNothing(long later) {
        entries.left(at(100));
        entries.left(at(100 + later));

        assertThat(entries.sum(at(100 + later))).isEqualTo(new Sum(1, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 20, 11, 500})
    void aStreamThatBeganLongAgoCountsNoMore(long longAgo) {
        entries.lost(at(1000));
        entries.lost(at(990 + 9));
        entries.left(at(1000 - longAgo));

        assertThat(entries.sum(at(1000))).isEqualTo(new Sum(0, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 15})
    void forgetsOnDemand(long now) {
        entries.left(at(4));
        entries.lost(at(5));
        entries.clear();

        assertThat(entries.sum(at(now))).isEqualTo(new Sum(0, 0));
    }

    private static long at(long second) {
        return TimeUnit.SECONDS.toNanos(second) + 500_000_000;
    }
}
