package dev.sluice.conformance.fault;

import dev.sluice.conformance.LeftOutException;
import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import dev.sluice.host.Experiment;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// T5, by cause: a machine that has no port, no room on its disk, or an odd file.
final class MachineRows {
    private MachineRows() {}

    static List<Row> all() {
        return List.of(
                new Row(
                        "T5-port",
                        "gateway",
                        "a port that somebody else has refuses the change",
                        MachineRows::port),
                new Row(
                        "T5-disk-record",
                        "gateway",
                        "a disk that is full when the record is written refuses the change",
                        MachineRows::fullForTheRecord),
                new Row(
                        "T5-disk-module",
                        "gateway",
                        "a data directory that takes no module refuses the change",
                        MachineRows::noPlaceForTheModule),
                new Row(
                        "T5-fifo",
                        "gateway",
                        "a module file that would never end is not read",
                        MachineRows::fifo));
    }

    private static void port(Run run) throws IOException, InterruptedException {
        try (ServerSocket taken = AdmissionRows.silent();
                var untouched = new Untouched(run, Experiment.none())) {
            untouched.refuses(
                    Untouched.config("changed", untouched.guest("second")),
                    "second: { address: \"127.0.0.1:%d\" }".formatted(taken.getLocalPort()),
                    new Refusal(
                            503,
                            "/listeners/second",
                            "address_not_bound",
                            String.valueOf(taken.getLocalPort())));
            untouched.recovers();
        }
    }

    /// The draft of the next record is a name of `/dev/full`, where every write finds no room.
    private static void fullForTheRecord(Run run) throws IOException, InterruptedException {
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            throw new LeftOutException("there is no /dev/full");
        }
        try (var untouched = new Untouched(run, Experiment.none())) {
            long next = untouched.subject().generation() + 1;
            Path draft = untouched.data().resolve("generations").resolve(next + ".tmp");
            Files.createSymbolicLink(draft, full);
            untouched.refuses(
                    Untouched.config("changed", untouched.guest("second")),
                    new Refusal(503, "", "disk_failed", "No space left on device"));
            untouched.recovers();
        }
    }

    private static void noPlaceForTheModule(Run run) throws IOException, InterruptedException {
        try (var untouched = new Untouched(run, Experiment.none())) {
            Path blobs = untouched.data().resolve("blobs").resolve("sha256");
            Path aside = blobs.resolveSibling("aside");
            Files.move(blobs, aside);
            untouched.fails(
                    Untouched.config("changed", untouched.guest("second")),
                    new Refusal(424, "/modules/m", "disk_failed", "the data directory"));
            Files.move(aside, blobs);
            untouched.same();
            untouched.recovers();
        }
    }

    private static void fifo(Run run) throws IOException, InterruptedException {
        Path fifo = run.folder().resolve("fifo.wasm");
        try {
            new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        } catch (IOException _) {
            throw new LeftOutException("there is no mkfifo");
        }
        try (var untouched = new Untouched(run, Experiment.none())) {
            untouched.refuses(
                    Untouched.config("changed", "{ file: { path: \"%s\" } }".formatted(fifo)),
                    new Refusal(424, "/modules/m", "module_not_readable", "not a regular file"));
            untouched.recovers();
        }
    }
}
