package dev.sluice.bench.jmh;

import dev.sluice.host.http.Fields;
import io.netty.util.AsciiString;

/// Requests as they arrive.
final class Requests {
    private static final String[][] HEADERS = {
        {"user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
        {"accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
        {"accept-language", "en-US,en;q=0.5"},
        {"accept-encoding", "gzip, deflate, br"},
        {"referer", "http://127.0.0.1/start"},
        {"cookie", "session=0123456789abcdef0123456789abcdef; theme=dark"},
        {"x-team", "abc"}
    };
    private static final AsciiString[] NAMES = new AsciiString[HEADERS.length];

    static {
        for (int i = 0; i < HEADERS.length; i++) {
            NAMES[i] = AsciiString.cached(HEADERS[i][0]);
        }
    }

    private Requests() {}

    static Fields browser(String path) {
        var fields = Fields.request();
        fields.method("GET");
        fields.authority("shop.example.com");
        fields.path(path);
        for (int i = 0; i < NAMES.length; i++) {
            fields.add(NAMES[i], HEADERS[i][1]);
        }
        return fields;
    }
}
