package dev.sluice.bench.peer;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.host.Gateway;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A gateway that also tells, on a port of its own, how many bytes its event loops have allocated.
public final class BenchGateway {
    private BenchGateway() {}

    /// Serves until it is ended.
    ///
    /// @param arguments the config file, and the port to tell it on
    public static void main(String... arguments) throws IOException {
        byte[] config = Files.readAllBytes(Path.of(arguments[0]));
        ConfigDocument document = ConfigDocument.read(config, ConfigFormat.JSON);
        Gateway gateway = Gateway.start(new Gateway.Start(document, "file"));
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "sluice-shutdown"));
        var server =
                HttpServer.create(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])),
                        0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = Long.toString(allocated()).getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("sluice-loop-")) {
                sum += threads.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return sum;
    }
}
