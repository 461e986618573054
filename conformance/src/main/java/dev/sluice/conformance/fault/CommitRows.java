package dev.sluice.conformance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import dev.sluice.conformance.fault.Trace.Call;
import dev.sluice.host.Experiment;
import dev.sluice.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// T6: what is on disk, and in which order it came there, as the kernel saw it.
final class CommitRows {
    private static final String WRITE = "write|writev";

    private CommitRows() {}

    static List<Row> all() {
        return List.of(
                new Row(
                        "T6-order",
                        "gateway",
                        "module, then record, each written, synced, renamed and its folder synced;"
                                + " only then the 200",
                        CommitRows::order),
                new Row(
                        "T6-folder",
                        "gateway",
                        "a record whose folder cannot be synced is refused, and does not run after"
                                + " a restart",
                        CommitRows::unsynced));
    }

    private static void unsynced(Run run) throws IOException, InterruptedException {
        var numbered = new Numbered(run.folder());
        String file = numbered.file(0).toString();
        List<String> tracer = Trace.syncingOnce(numbered.data().resolve("generations"));
        try (var child = Child.start(tracer, CrashingGateway.class, file, "none")) {
            new Refusal(503, "", "disk_failed", "Input/output error")
                    .check(child.put(numbered.config(1)));
            assertThat(child.served("/a")).isEqualTo("0");
            child.hangUp();
        }
        try (var again = Subject.start(numbered.data(), numbered.resources(0), Experiment.none());
                var wire = new Wire(again.address())) {
            assertThat(wire.get("/a").body()).isEqualTo("0");
        }
    }

    private static void order(Run run) throws IOException, InterruptedException {
        var numbered = new Numbered(run.folder());
        Path recording = run.folder().resolve("trace");
        // Netty's other transports send without system calls of these names.
        String file =
                Files.writeString(
                                run.folder().resolve("config.yaml"),
                                numbered.config(0)
                                        .replaceFirst("loops:", "transport: nio\n  loops:"))
                        .toString();
        try (var child =
                Child.start(Trace.recording(recording), CrashingGateway.class, file, "none")) {
            assertThat(child.put(numbered.config(1)).statusCode()).isEqualTo(200);
            child.hangUp();
        }
        check(Trace.read(recording), Digest.of(Numbered.module(1)).hex());
    }

    private static void check(Trace trace, String module) {
        Call blob = persisted(trace, -1, module, "/blobs/sha256>");
        Call record = persisted(trace, blob.end(), "/generations/2.", "/generations>");
        Call answer =
                trace.first(
                        "an answer",
                        -1,
                        each ->
                                each.is("write|writev|sendto|sendmsg", "HTTP/1.1 200 OK")
                                        && each.arguments().contains("socket:"));
        assertThat(answer.begin())
                .as("line of the 200, after the folder of the record was synced")
                .isGreaterThan(record.end());
    }

    /// Follows one file through the record.
    ///
    /// @param name a part of its name, as draft and for good
    /// @return the sync of its folder
    private static Call persisted(Trace trace, int after, String name, String folder) {
        Call open =
                trace.first(
                        "opening " + name,
                        after,
                        each -> each.is("openat", name) && each.arguments().contains("O_CREAT"));
        Call rename = trace.first("its rename", open.end(), each -> each.is("rename.*", name));
        Call sync = trace.first("its sync", open.end(), each -> each.is("fsync", name));
        Call last =
                trace.calls().stream()
                        .filter(each -> each.is(WRITE, name) && each.end() < rename.begin())
                        .reduce((_, second) -> second)
                        .orElseThrow(() -> new AssertionError(name + ": never written"));
        assertThat(sync.begin())
                .as("%s: synced after its last write", name)
                .isGreaterThan(last.end());
        assertThat(rename.begin()).as("%s: renamed after its sync", name).isGreaterThan(sync.end());
        return trace.first(
                "the sync of its folder", rename.end(), each -> each.is("fsync", folder));
    }
}
