package dev.sluice.conformance;

import dev.sluice.conformance.gate.GateArea;
import dev.sluice.conformance.swap.SwapArea;
import java.util.List;

/// All suites there are.
final class Areas {
    private Areas() {}

    static List<Area> all() {
        return List.of(new GateArea(), new SwapArea());
    }
}
