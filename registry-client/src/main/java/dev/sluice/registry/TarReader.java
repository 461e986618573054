package dev.sluice.registry;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the entries of a tar stream in order: ustar, pax paths and sizes, GNU long names.
///
/// Thread: confined to its creator.
final class TarReader {
    private static final int BLOCK = 512;
    private static final int MAX_META = 1 << 16;

    private final InputStream in;
    private long left;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /// One entry; its content is next in the stream.
    record Entry(String name, boolean isFile, long size) {}

    /// The next entry, or null at the end of the archive.
    @Nullable Entry next() throws IOException {
        String longName = null;
        long longSize = -1;
        while (true) {
            in.skipNBytes(left + padding);
            left = 0;
            padding = 0;
            var header = in.readNBytes(BLOCK);
            if (header.length == 0 || isZero(header)) {
                return null;
            }
            checkHeader(header);
            enter(number(header, 124, 12));
            byte type = header[156];
            switch (type) {
                case 'L' -> longName = text(meta(), 0, Integer.MAX_VALUE);
                case 'x' -> {
                    var records = new String(meta(), StandardCharsets.UTF_8);
                    longName = paxValue(records, "path", longName);
                    longSize = paxSize(records, longSize);
                }
                case 'g', 'K' -> {}
                default -> {
                    if (longSize >= 0) {
                        enter(longSize);
                    }
                    var name = longName == null ? name(header) : longName;
                    boolean isFile = type == '0' || type == 0 || type == '7';
                    return new Entry(name, isFile, left);
                }
            }
        }
    }

    /// The content of the entry that was returned last.
    byte[] content() throws IOException {
        if (left > Integer.MAX_VALUE - 8) {
            throw new IOException("tar entry of %d bytes".formatted(left));
        }
        var content = in.readNBytes((int) left);
        if (content.length < left) {
            throw new EOFException("tar entry ends early");
        }
        left = 0;
        return content;
    }

    private void enter(long size) throws IOException {
        if (size < 0) {
            throw new IOException("tar entry of negative size");
        }
        left = size;
        padding = (BLOCK - size % BLOCK) % BLOCK;
    }

    private byte[] meta() throws IOException {
        if (left > MAX_META) {
            throw new IOException("tar header record of %d bytes".formatted(left));
        }
        return content();
    }

    private static @Nullable String paxValue(String records, String key, @Nullable String other) {
        for (var line : records.split("\n", -1)) {
            int start = line.indexOf(' ') + 1;
            if (start > 0 && line.startsWith(key + "=", start)) {
                return line.substring(start + key.length() + 1);
            }
        }
        return other;
    }

    private static long paxSize(String records, long other) throws IOException {
        var value = paxValue(records, "size", null);
        if (value == null) {
            return other;
        }
        if (!value.matches("[0-9]{1,15}")) {
            throw new IOException("tar entry of malformed size");
        }
        return Long.parseLong(value);
    }

    private static void checkHeader(byte[] header) throws IOException {
        if (header.length < BLOCK) {
            throw new EOFException("tar header ends early");
        }
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : (header[i] & 0xFF);
        }
        if (sum != number(header, 148, 8)) {
            throw new IOException("tar header with wrong checksum");
        }
    }

    private static String name(byte[] header) {
        var name = text(header, 0, 100);
        boolean isUstar = text(header, 257, 5).equals("ustar");
        var prefix = isUstar && header[262] == 0 ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int from, int most) {
        int end = from;
        while (end < bytes.length && end - from < most && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static long number(byte[] header, int from, int length) throws IOException {
        long value = 0;
        if ((header[from] & 0x80) != 0) {
            for (int i = from + length - 8; i < from + length; i++) {
                value = (value << 8) | (header[i] & 0xFF);
            }
            return value;
        }
        for (int i = from; i < from + length; i++) {
            byte digit = header[i];
            if (digit >= '0' && digit <= '7') {
                value = (value << 3) + (digit - '0');
            } else if (digit != ' ' && digit != 0) {
                throw new IOException("tar header with malformed number");
            }
        }
        return value;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
