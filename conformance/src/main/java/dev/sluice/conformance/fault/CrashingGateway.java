package dev.sluice.conformance.fault;

import dev.sluice.host.Experiment;
import dev.sluice.host.Gateway;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// A gateway in a process of its own that dies before one step of its next apply, as by a power
/// cut.
///
/// It also dies when its input ends, so that it never outlives who started it.
final class CrashingGateway {
    static final int CRASHED = 13;

    private CrashingGateway() {}

    /// Starts it.
    ///
    /// @param arguments the file with its config, and the step, or `none`
    public static void main(String... arguments) throws IOException {
        String crashBefore = arguments[1];
        var armed = new AtomicBoolean();
        ConfigDocument config =
                ConfigDocument.read(Files.readAllBytes(Path.of(arguments[0])), ConfigFormat.YAML);
        Gateway gateway =
                Gateway.start(
                        new Gateway.Start(config, "file"),
                        Experiment.hooked(step -> {
                            if (armed.get() && step.name().equals(crashBefore)) {
                                Runtime.getRuntime().halt(CRASHED);
                            }
                        }));
        armed.set(true);
        System.err.println("config API " + url(gateway.adminAddress()));
        System.err.println("listener http: " + url(gateway.address("http")));
        System.in.transferTo(System.err);
        Runtime.getRuntime().halt(0);
    }

    private static String url(InetSocketAddress address) {
        return "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort());
    }
}
