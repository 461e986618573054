package dev.sluice.conformance.guest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The texts of one guest, which lie in its memory one behind the other.
///
/// A text in square brackets is a pair list: `[:method=GET x-a=1]` has two pairs. In all others
/// `\0` is NUL and `\n` ends a line.
final class Literals {
    private static final int BEGIN = 1024;

    private final Map<String, Integer> addresses = new LinkedHashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// Address and size of a text, as arguments of a call.
    String arguments(String text) {
        byte[] encoded = text.startsWith("[") ? pairs(text) : plain(text);
        Integer address = addresses.get(text);
        if (address == null) {
            address = BEGIN + bytes.size();
            addresses.put(text, address);
            bytes.writeBytes(encoded);
        }
        return "(i32.const %d) (i32.const %d)".formatted(address, encoded.length);
    }

    /// The data segment that holds them all.
    String data() {
        var escaped = new StringBuilder();
        for (byte each : bytes.toByteArray()) {
            escaped.append("\\%02x".formatted(each));
        }
        return escaped.isEmpty() ? "" : "(data (i32.const %d) \"%s\")".formatted(BEGIN, escaped);
    }

    private static byte[] plain(String text) {
        return text.replace("\\0", "\0").replace("\\n", "\n").getBytes(ISO_8859_1);
    }

    private static byte[] pairs(String text) {
        List<String> entries =
                Stream.of(text.substring(1, text.length() - 1).split(" "))
                        .filter(each -> !each.isEmpty())
                        .toList();
        var out = ByteBuffer.allocate(4 + 9 * entries.size() + text.length());
        out.order(ByteOrder.LITTLE_ENDIAN).putInt(entries.size());
        for (String each : entries) {
            int equals = each.indexOf('=');
            out.putInt(equals).putInt(each.length() - equals - 1);
        }
        for (String each : entries) {
            out.put(each.replaceFirst("=", "\0").getBytes(ISO_8859_1)).put((byte) 0);
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
