package dev.sluice.host.cli;

import dev.sluice.registry.EmbeddedRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// `sluice registry`.
final class RegistryVerb {
    private RegistryVerb() {}

    static int run(List<String> given, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        var arguments = new Arguments(given, Set.of(), Set.of("--address", "--dir"), 0);
        String address = arguments.option("--address");
        InetSocketAddress where = address(address == null ? "127.0.0.1:5000" : address);
        String directory = arguments.option("--dir");
        EmbeddedRegistry registry =
                directory == null
                        ? EmbeddedRegistry.start(where)
                        : EmbeddedRegistry.start(where, Path.of(directory));
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    registry.close();
                                    ended.countDown();
                                },
                                "sluice-shutdown"));
        out.printf("registry at http://%s (stop it with Ctrl-C)%n", registry.host());
        out.printf(
                "push with: sluice plugin push %s/plugins/NAME:TAG FILE --plain-http%n",
                registry.host());
        ended.await();
        return 0;
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    text.substring(0, Math.max(0, colon)),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException _) {
            throw new UsageException("--address %s is no HOST:PORT".formatted(text));
        }
    }
}
