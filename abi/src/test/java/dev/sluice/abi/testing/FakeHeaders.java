package dev.sluice.abi.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.abi.PairList;
import dev.sluice.abi.spi.HeaderMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A header map in a list; refuses values with CR, LF or NUL, and nothing else.
public final class FakeHeaders implements HeaderMap {
    private final List<String[]> entries = new ArrayList<>();

    /// A map of alternating names and values.
    public static FakeHeaders of(String... namesAndValues) {
        FakeHeaders map = new FakeHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.entries.add(new String[] {namesAndValues[i], namesAndValues[i + 1]});
        }
        return map;
    }

    public void put(String name, String value) {
        entries.add(new String[] {name, value});
    }

    public List<String> lines() {
        return entries.stream().map(each -> each[0] + ": " + each[1]).toList();
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public int byteSize() {
        return entries.stream().mapToInt(each -> each[0].length() + each[1].length()).sum();
    }

    @Override
    public int find(byte[] source, int nameOffset, int nameLength) {
        String name = text(source, nameOffset, nameLength).toLowerCase(Locale.ROOT);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i)[0].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int valueLength(int index) {
        return entries.get(index)[1].length();
    }

    @Override
    public void copyValue(int index, byte[] target, int offset) {
        byte[] value = entries.get(index)[1].getBytes(ISO_8859_1);
        System.arraycopy(value, 0, target, offset, value.length);
    }

    @Override
    public void copyPairs(byte[] target, int offset) {
        ByteBuffer out = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN).position(offset);
        out.putInt(entries.size());
        entries.forEach(each -> out.putInt(each[0].length()).putInt(each[1].length()));
        entries.forEach(each ->
                out.put(each[0].getBytes(ISO_8859_1))
                        .put((byte) 0)
                        .put(each[1].getBytes(ISO_8859_1))
                        .put((byte) 0));
    }

    @Override
    public boolean add(
            byte[] source, int nameOffset, int nameLength, int valueOffset, int valueLength) {
        String value = text(source, valueOffset, valueLength);
        if (value.chars().anyMatch(each -> each == '\r' || each == '\n' || each == 0)) {
            return false;
        }
        String name = text(source, nameOffset, nameLength).toLowerCase(Locale.ROOT);
        entries.add(new String[] {name, value});
        return true;
    }

    @Override
    public boolean replace(
            byte[] source, int nameOffset, int nameLength, int valueOffset, int valueLength) {
        int at = find(source, nameOffset, nameLength);
        if (at < 0) {
            return add(source, nameOffset, nameLength, valueOffset, valueLength);
        }
        entries.get(at)[1] = text(source, valueOffset, valueLength);
        String name = entries.get(at)[0];
        entries.subList(at + 1, entries.size()).removeIf(each -> each[0].equals(name));
        return true;
    }

    @Override
    public boolean remove(byte[] source, int nameOffset, int nameLength) {
        String name = text(source, nameOffset, nameLength).toLowerCase(Locale.ROOT);
        entries.removeIf(each -> each[0].equals(name));
        return true;
    }

    @Override
    public boolean replaceAll(PairList pairs) {
        entries.clear();
        for (int i = 0; i < pairs.size(); i++) {
            add(
                    pairs.bytes(),
                    pairs.nameOffset(i),
                    pairs.nameLength(i),
                    pairs.valueOffset(i),
                    pairs.valueLength(i));
        }
        return true;
    }

    private static String text(byte[] source, int offset, int length) {
        return new String(source, offset, length, ISO_8859_1);
    }
}
