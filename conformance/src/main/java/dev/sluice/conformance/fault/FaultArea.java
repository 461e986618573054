package dev.sluice.conformance.fault;

import dev.sluice.conformance.Area;
import dev.sluice.conformance.Row;
import java.util.List;
import java.util.stream.Stream;

/// What becomes of traffic and config when something breaks.
public final class FaultArea implements Area {
    @Override
    public String name() {
        return "fault";
    }

    @Override
    public List<Row> rows() {
        return Stream.of(
                        StepRows.all(),
                        RegistryRows.all(),
                        AdmissionRows.all(),
                        MachineRows.all(),
                        CrashRows.all(),
                        CommitRows.all(),
                        HostileRows.all(),
                        RelayRows.all())
                .flatMap(List::stream)
                .toList();
    }
}
