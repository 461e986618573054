package dev.sluice.conformance.swap;

import dev.sluice.conformance.Area;
import dev.sluice.conformance.Check;
import dev.sluice.conformance.Row;
import java.util.List;

/// Rows about the swap of everything that a request meets.
public final class SwapArea implements Area {
    @Override
    public String name() {
        return "swap";
    }

    @Override
    public List<Row> rows() {
        return List.of(
                row(
                        "T1",
                        "1,000 configurations under load lose nothing and mix nothing",
                        SwapsUnderLoad::configurations),
                row(
                        "T1-code",
                        "new code under load loses nothing and mixes nothing",
                        SwapsUnderLoad::code),
                row(
                        "T1-barrier",
                        "the 200 of an apply waits for a loop that is late",
                        Controls::answeredAfterBarrier),
                row(
                        "T7",
                        "configurations that were swapped out leave nothing behind",
                        Leaks::configurations),
                row("T7-code", "code that was swapped out leaves nothing behind", Leaks::digests),
                row(
                        "T11",
                        "random schedules of requests and applies end as the model says",
                        ModelCheck::schedules),
                row(
                        "N-reread",
                        "a gateway that reads the generation again for the response is caught",
                        Controls::generationReadAgain),
                row(
                        "N-pool",
                        "a gateway whose requests lose their upstream at publish is caught",
                        Controls::poolClosedAtPublish),
                row(
                        "N-streams",
                        "a gateway that closes plugins with streams in them is caught",
                        Controls::closedUnderStreams),
                row(
                        "N-loops",
                        "a gateway that closes plugins while loops begin requests is caught",
                        Controls::closedBeforeLoops),
                row(
                        "N-barrier",
                        "a gateway that answers 200 before its barrier is caught",
                        Controls::answeredBeforeBarrier));
    }

    private static Row row(String id, String says, Check check) {
        return new Row(id, "gateway", says, check);
    }
}
