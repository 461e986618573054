package dev.sluice.host.stream;

import dev.sluice.host.http.Fields;
import dev.sluice.host.http.Names;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Names every request, so that a line in a log here finds its lines elsewhere.
///
/// A client's own `x-request-id` is kept when it is a plain token of at most 128 characters.
final class RequestIds {
    private static final int MOST = 128;
    private static final HexFormat HEX = HexFormat.of();

    private RequestIds() {}

    static void apply(Fields request) {
        String given = request.get(Names.X_REQUEST_ID);
        if (given == null || !isPlain(given)) {
            var random = ThreadLocalRandom.current();
            request.set(
                    Names.X_REQUEST_ID,
                    HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong()));
        }
    }

    private static boolean isPlain(String id) {
        if (id.isEmpty() || id.length() > MOST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain =
                    (c >= '0' && c <= '9')
                            || (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || c == '-'
                            || c == '_'
                            || c == '.';
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
