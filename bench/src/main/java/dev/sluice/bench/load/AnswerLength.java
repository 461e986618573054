package dev.sluice.bench.load;

import java.io.IOException;
import java.util.regex.Pattern;

/// Where an HTTP/1.1 answer ends.
final class AnswerLength {
    private static final Pattern DECLARED =
            Pattern.compile(
                    "^content-length: *(\\d+)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private AnswerLength() {}

    /// Bytes of the whole answer, or the largest number when its head is not all there.
    ///
    /// @throws IOException when it is no 200 with a length
    static int of(String begin) throws IOException {
        int body = begin.indexOf("\r\n\r\n") + 4;
        if (body < 4) {
            return Integer.MAX_VALUE;
        }
        var declared = DECLARED.matcher(begin.substring(0, body));
        if (!begin.startsWith("HTTP/1.1 200 ") || !declared.find()) {
            throw new IOException("not the answer that was due: " + begin.lines().findFirst());
        }
        return body + Integer.parseInt(declared.group(1));
    }
}
