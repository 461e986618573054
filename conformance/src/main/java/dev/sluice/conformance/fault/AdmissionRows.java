package dev.sluice.conformance.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.conformance.Row;
import dev.sluice.conformance.guest.Guests;
import dev.sluice.host.Experiment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// T5, by cause: modules and plugins that cannot serve, and a machine that cannot take them.
final class AdmissionRows {
    private static final String MODULE = "/modules/m";
    private static final String PLUGIN = "/plugins/p";

    private AdmissionRows() {}

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.add(module("magic", "not_wasm", "no module".getBytes(UTF_8), "expected: 00 61 73 6d"));
        rows.add(module("broken", "malformed", broken(), ""));
        rows.add(
                guest(
                        "start-false",
                        "start/refuses",
                        "",
                        new Refusal(
                                424, PLUGIN, "plugin_refused_configuration", "proxy_on_vm_start")));
        rows.add(
                guest(
                        "start-memory",
                        "start/memory",
                        "limits: { memory: 4MiB }",
                        new Refusal(424, PLUGIN, "plugin_start_failed", "proxy_on_vm_start")));
        rows.add(
                guest(
                        "configure-false",
                        "configure/refuses",
                        "",
                        new Refusal(
                                424,
                                PLUGIN,
                                "plugin_refused_configuration",
                                "proxy_on_configure")));
        rows.add(
                guest(
                        "configure-loop",
                        "configure/loops",
                        "limits: { startTime: 300ms }",
                        new Refusal(424, PLUGIN, "plugin_start_failed", "CPU budget used up")));
        rows.add(
                new Row(
                        "T5-configure-call",
                        "gateway",
                        "a call-out in proxy_on_configure that never ends is refused in time",
                        run -> {
                            try (var silent = silent();
                                    var untouched = new Untouched(run, Experiment.none())) {
                                untouched.refuses(
                                        "upstreams: { silent: { endpoints: [\"127.0.0.1:%d\"] } }\n"
                                                        .formatted(silent.getLocalPort())
                                                + Untouched.config(
                                                        "changed",
                                                        untouched.guest("configure/calls"),
                                                        "admission: { deadline: 300ms }"),
                                        new Refusal(
                                                424,
                                                PLUGIN,
                                                "plugin_callouts_unfinished",
                                                "300 ms"));
                                untouched.recovers();
                            }
                        }));
        return rows;
    }

    private static Row module(String id, String code, byte[] bytes, String message) {
        return new Row(
                "T5-" + id,
                "gateway",
                "a module that is %s is refused".formatted(code.replace('_', ' ')),
                run -> {
                    try (var untouched = new Untouched(run, Experiment.none())) {
                        untouched.refuses(
                                Untouched.config("changed", untouched.file("bad", bytes)),
                                new Refusal(424, MODULE, "module_" + code, message));
                        untouched.recovers();
                    }
                });
    }

    private static Row guest(String id, String name, String keys, Refusal refusal) {
        return new Row(
                "T5-" + id,
                "gateway",
                "a plugin whose guest is %s is refused".formatted(name),
                run -> {
                    try (var untouched = new Untouched(run, Experiment.none())) {
                        untouched.refuses(
                                Untouched.config("changed", untouched.guest(name), keys), refusal);
                        untouched.recovers();
                    }
                });
    }

    static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /// A module that ends in the middle of its code.
    private static byte[] broken() {
        byte[] whole = Guests.bytes("hostile/loop");
        return Arrays.copyOf(whole, whole.length - 3);
    }
}
