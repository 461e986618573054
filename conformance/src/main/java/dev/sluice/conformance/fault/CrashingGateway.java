package dev.sluice.conformance.fault;

import dev.sluice.host.Experiment;
import dev.sluice.host.Gateway;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import dev.sluice.host.generation.ApplyStep;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A gateway in a process of its own that dies before one step of its second apply, as by a power
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
        var applies = new AtomicInteger(-1);
        ConfigDocument config =
                ConfigDocument.read(Files.readAllBytes(Path.of(arguments[0])), ConfigFormat.YAML);
        Gateway gateway =
                Gateway.start(
                        new Gateway.Start(config, "file"),
                        Experiment.hooked(step -> {
                            if (step == ApplyStep.RESOLVE) {
                                applies.incrementAndGet();
                            }
                            if (applies.get() == 2 && step.name().equals(crashBefore)) {
                                Runtime.getRuntime().halt(CRASHED);
                            }
                        }));
        System.err.println("config API " + url(gateway.adminAddress()));
        System.err.println("listener http: " + url(gateway.address("http")));
        System.in.transferTo(System.err);
        Runtime.getRuntime().halt(0);
    }

    private static String url(InetSocketAddress address) {
        return "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort());
    }
}
