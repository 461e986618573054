package dev.sluice.conformance.gate;

import dev.sluice.conformance.Area;
import dev.sluice.conformance.Row;
import dev.sluice.conformance.subject.Subject;
import dev.sluice.conformance.subject.abi.AbiSubject;
import dev.sluice.conformance.subject.gateway.GatewaySubject;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The rows that come first, each tried on the ABI alone and on a whole gateway.
public final class GateArea implements Area {
    /// What rows are tried on.
    private enum Kind {
        ABI,
        GATEWAY;

        String against() {
            return name().toLowerCase(Locale.ROOT);
        }

        Subject start() {
            return switch (this) {
                case ABI -> new AbiSubject();
                case GATEWAY -> new GatewaySubject();
            };
        }
    }

    private final Map<Kind, Subject> started = new EnumMap<>(Kind.class);

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public List<Row> rows() {
        return Stream.of(Kind.values()).flatMap(kind -> all().map(row -> row(kind, row))).toList();
    }

    private Row row(Kind kind, GateRow row) {
        return new Row(
                row.id(),
                kind.against(),
                row.says(),
                _ -> {
                    var stage = new Stage(subject(kind));
                    try {
                        row.steps().forEach(step -> step.take(stage));
                    } finally {
                        stage.end();
                    }
                });
    }

    /// The subject that all rows share.
    private Subject subject(Kind kind) {
        return started.computeIfAbsent(kind, Kind::start);
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
        started.values().forEach(Subject::close);
        started.clear();
    }
}
