package dev.sluice.host.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Sends single requests and shows what came back.
final class Showcase {
    private final InetSocketAddress gateway;
    private final PrintStream out;

    Showcase(InetSocketAddress gateway, PrintStream out) {
        this.gateway = gateway;
        this.out = out;
    }

    /// Sends a GET and prints the request, the status and the lines that matter.
    ///
    /// @param fields beside `host`
    /// @param shown beginnings of the header and body lines to print
    void get(String host, String path, List<String> fields, List<String> shown) throws IOException {
        String line =
                fields.stream().map(each -> " -H '" + each + "'").collect(Collectors.joining());
        out.printf(
                "    $ curl -H 'host: %s'%s http://127.0.0.1:%d%s%n",
                host, line, gateway.getPort(), path);
        List<String> answer = exchange(host, path, fields);
        out.printf("      %s%n", answer.getFirst().substring("HTTP/1.1 ".length()));
        answer.stream()
                .skip(1)
                .filter(each -> shown.stream().anyMatch(each::startsWith))
                .forEach(each -> out.printf("      %s%n", each));
    }

    private List<String> exchange(String host, String path, List<String> fields)
            throws IOException {
        try (var socket = new Socket(gateway.getAddress(), gateway.getPort());
                InputStream in = socket.getInputStream()) {
            var head = new StringBuilder("GET " + path + " HTTP/1.1\r\nhost: " + host + "\r\n");
            fields.forEach(each -> head.append(each).append("\r\n"));
            head.append("connection: close\r\n\r\n");
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        }
    }
}
