package dev.sluice.conformance.gate;

import dev.sluice.conformance.Area;
import dev.sluice.conformance.Row;
import dev.sluice.conformance.subject.Subject;
import dev.sluice.conformance.subject.abi.AbiSubject;
import dev.sluice.conformance.subject.gateway.GatewaySubject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The rows that come first, each tried on the ABI alone and on a whole gateway.
public final class GateArea implements Area {
    private final Map<String, Supplier<Subject>> kinds = new LinkedHashMap<>();
    private final Map<String, Subject> started = new LinkedHashMap<>();

    /// Starts nothing yet.
    public GateArea() {
        kinds.put("abi", AbiSubject::new);
        kinds.put("gateway", GatewaySubject::new);
    }

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public List<Row> rows() {
        return kinds.keySet().stream()
                .flatMap(against -> all().map(row -> row(against, row)))
                .toList();
    }

    private Row row(String against, GateRow row) {
        return new Row(
                row.id(),
                against,
                row.says(),
                _ -> {
                    var stage = new Stage(subject(against));
                    try {
                        row.steps().forEach(step -> step.take(stage));
                    } finally {
                        stage.end();
                    }
                });
    }

    /// The subject that all rows share.
    private Subject subject(String against) {
        return started.computeIfAbsent(against, _ -> kinds.get(against).get());
    }

    private static Stream<GateRow> all() {
        return Stream.of(
                        LoadRows.ROWS,
                        MemoryRows.ROWS,
                        HeaderRows.ROWS,
                        BodyRows.ROWS,
                        ReplyRows.ROWS,
                        CallRows.ROWS,
                        PropertyRows.ROWS,
                        SharedDataRows.ROWS,
                        LogRows.ROWS,
                        WasiRows.ROWS)
                .flatMap(List::stream);
    }

    @Override
    public void close() {
        new ArrayList<>(started.values()).forEach(Subject::close);
        started.clear();
    }
}
