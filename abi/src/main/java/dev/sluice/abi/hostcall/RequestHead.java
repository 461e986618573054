package dev.sluice.abi.hostcall;

import dev.sluice.abi.PairList;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the headers of a guest's call must have.
final class RequestHead {
    private static final byte[] METHOD = ascii(":method");
    private static final byte[] PATH = ascii(":path");
    private static final byte[] AUTHORITY = ascii(":authority");
    private static final byte[] HOST = ascii("host");

    private RequestHead() {}

    /// The pairs with `:method`, `:path` and `:authority`, for which `host` stands in; null when
    /// one is missing.
    static @Nullable PairList complete(PairList pairs) {
        if (find(pairs, METHOD) < 0 || find(pairs, PATH) < 0) {
            return null;
        }
        if (find(pairs, AUTHORITY) >= 0) {
            return pairs;
        }
        int host = find(pairs, HOST);
        return host < 0 ? null : renamed(pairs, host, AUTHORITY);
    }

    private static int find(PairList pairs, byte[] name) {
        for (int i = 0; i < pairs.size(); i++) {
            int from = pairs.nameOffset(i);
            int to = from + pairs.nameLength(i);
            if (Arrays.equals(pairs.bytes(), from, to, name, 0, name.length)) {
                return i;
            }
        }
        return -1;
    }

    private static PairList renamed(PairList pairs, int index, byte[] name) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(4 + 8 * pairs.size()).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(pairs.size());
        for (int i = 0; i < pairs.size(); i++) {
            boolean rename = i == index;
            head.putInt(rename ? name.length : pairs.nameLength(i));
            head.putInt(pairs.valueLength(i));
            if (rename) {
                text.write(name, 0, name.length);
            } else {
                text.write(pairs.bytes(), pairs.nameOffset(i), pairs.nameLength(i));
            }
            text.write(0);
            text.write(pairs.bytes(), pairs.valueOffset(i), pairs.valueLength(i));
            text.write(0);
        }
        byte[] all = new byte[head.capacity() + text.size()];
        System.arraycopy(head.array(), 0, all, 0, head.capacity());
        System.arraycopy(text.toByteArray(), 0, all, head.capacity(), text.size());
        return PairList.view(all, 0, all.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
