package dev.sluice.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// What the load asks for: the seven headers an ordinary browser sends.
final class Browser {
    static final int CONNECTIONS = 32;

    private static final String PATH = "/orders/42?page=2";

    private static final List<String> HEADERS =
            List.of(
                    "user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                    "accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                    "accept-language: en-US,en;q=0.5",
                    "accept-encoding: gzip, deflate, br",
                    "referer: http://127.0.0.1/start",
                    "cookie: session=0123456789abcdef0123456789abcdef; theme=dark",
                    "cache-control: max-age=0");

    private Browser() {}

    /// The headers as options of `wrk`.
    static List<String> options() {
        return HEADERS.stream().flatMap(header -> Stream.of("-H", header)).toList();
    }

    static String url(int port) {
        return "http://127.0.0.1:" + port + PATH;
    }

    /// The request as it is sent.
    static byte[] request(int port) {
        return "GET %s HTTP/1.1\r\nhost: 127.0.0.1:%d\r\n%s\r\n\r\n"
                .formatted(PATH, port, String.join("\r\n", HEADERS))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
