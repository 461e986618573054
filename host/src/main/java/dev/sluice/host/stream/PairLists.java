package dev.sluice.host.stream;

import dev.sluice.abi.PairList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Builds pair lists on the gateway's own side of the border.
final class PairLists {
    private PairLists() {}

    /// A list of one pair of Latin-1 strings.
    static PairList one(String name, String value) {
        byte[] bytes =
                ByteBuffer.allocate(4 + 8 + name.length() + value.length() + 2)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(1)
                        .putInt(name.length())
                        .putInt(value.length())
                        .put(name.getBytes(StandardCharsets.ISO_8859_1))
                        .put((byte) 0)
                        .put(value.getBytes(StandardCharsets.ISO_8859_1))
                        .put((byte) 0)
                        .array();
        return PairList.view(bytes, 0, bytes.length);
    }
}
