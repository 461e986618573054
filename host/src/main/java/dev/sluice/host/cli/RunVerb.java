package dev.sluice.host.cli;

import dev.sluice.host.Gateway;
import dev.sluice.host.Version;
import dev.sluice.host.config.ConfigDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// `sluice run -c FILE`.
final class RunVerb {
    private RunVerb() {}

    static int run(List<String> given, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        var arguments = new Arguments(given, Set.of(), Set.of("-c", "--config"), 0);
        String file = arguments.option("--config");
        Path path = Path.of(file == null ? arguments.required("-c") : file);
        ConfigDocument document = ConfigFiles.read(path);
        JvmFlags.warn(err);
        Gateway gateway = Gateway.start(new Gateway.Start(document, "file"));
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    gateway.close();
                                    Runtime.getRuntime().halt(0);
                                },
                                "sluice-shutdown"));
        var live = gateway.publisher().live();
        err.printf(
                "sluice %s: generation %d on %d loops, config API http://%s%n",
                Version.current(),
                live.generation().id(),
                gateway.loopCount(),
                text(gateway.adminAddress()));
        live.config()
                .listeners()
                .keySet()
                .forEach(name ->
                        err.printf(
                                "  listener %s: http://%s%n", name, text(gateway.address(name))));
        Thread.currentThread().join();
        return 0;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
