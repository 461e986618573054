package dev.sluice.host.http;

import dev.sluice.abi.PairList;
import dev.sluice.abi.spi.HeaderMap;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The header or trailer fields of one message: decoded into, edited by guests in place, encoded
/// from.
///
/// Pseudo-headers stand first, in fixed places, so that a guest meets them as ordinary entries and
/// the HTTP/1 encoder skips them by index. Values are Latin-1 strings. The Java side writes trusted
/// names and values; the methods of [HeaderMap] write a guest's and refuse what it may not.
///
/// Thread: the stream's event loop.
public final class Fields implements HeaderMap {
    private static final AsciiString AUTHORITY = AsciiString.cached(":authority");
    private static final AsciiString PATH = AsciiString.cached(":path");
    private static final AsciiString METHOD = AsciiString.cached(":method");
    private static final AsciiString SCHEME = AsciiString.cached(":scheme");
    private static final AsciiString STATUS = AsciiString.cached(":status");

    private static final int AT_AUTHORITY = 0;
    private static final int AT_PATH = 1;
    private static final int AT_METHOD = 2;
    private static final int AT_SCHEME = 3;
    private static final int AT_STATUS = 0;

    private static final int REQUEST_PSEUDO = 4;
    private static final int RESPONSE_PSEUDO = 1;

    private static final AsciiString[] FRAMING = {
        Names.CONNECTION,
        Names.TRANSFER_ENCODING,
        Names.UPGRADE,
        Names.KEEP_ALIVE,
        Names.PROXY_CONNECTION,
        Names.TE
    };

    private static final AsciiString[] NO_NAMES = {};
    private static final String[] NO_VALUES = {};

    private final int pseudo;
    private AsciiString[] names;
    private String[] values;
    private int size;

    private Fields(int pseudo, AsciiString[] names, String[] values) {
        this.pseudo = pseudo;
        this.names = names;
        this.values = values;
        size = pseudo;
    }

    private Fields(int pseudo, int capacity) {
        this(pseudo, new AsciiString[capacity], new String[capacity]);
    }

    /// Request headers, with room for the four pseudo-headers.
    public static Fields request() {
        var fields = new Fields(REQUEST_PSEUDO, 24);
        fields.put(AT_AUTHORITY, AUTHORITY, "");
        fields.put(AT_PATH, PATH, "");
        fields.put(AT_METHOD, METHOD, "");
        fields.put(AT_SCHEME, SCHEME, "http");
        return fields;
    }

    /// Response headers, with room for the status.
    public static Fields response() {
        var fields = new Fields(RESPONSE_PSEUDO, 16);
        fields.put(AT_STATUS, STATUS, "200");
        return fields;
    }

    /// Trailers. Every body that Netty decodes ends with some, mostly empty, so that room for them
    /// is made when there are any.
    public static Fields trailers() {
        return new Fields(0, NO_NAMES, NO_VALUES);
    }

    /// `:authority` of a request.
    public String authority() {
        return values[AT_AUTHORITY];
    }

    public void authority(String value) {
        values[AT_AUTHORITY] = value;
    }

    /// `:path` of a request, with its query.
    public String path() {
        return values[AT_PATH];
    }

    public void path(String value) {
        values[AT_PATH] = value;
    }

    /// `:method` of a request.
    public String method() {
        return values[AT_METHOD];
    }

    public void method(String value) {
        values[AT_METHOD] = value;
    }

    /// `:scheme` of a request.
    public String scheme() {
        return values[AT_SCHEME];
    }

    /// `:status` of a response.
    public int status() {
        return Integer.parseInt(values[AT_STATUS]);
    }

    public void status(int value) {
        values[AT_STATUS] = HttpResponseStatus.valueOf(value).codeAsText().toString();
    }

    /// How many entries are pseudo-headers; they come first.
    public int pseudoSize() {
        return pseudo;
    }

    @Override
    public int size() {
        return size;
    }

    /// The name of entry `index`, in the case it was written.
    public AsciiString name(int index) {
        return names[index];
    }

    /// The value of entry `index`.
    public String value(int index) {
        return values[index];
    }

    /// The first value under `name`, or null.
    public @Nullable String get(CharSequence name) {
        int index = indexOf(name, 0);
        return index < 0 ? null : values[index];
    }

    /// Whether there is a field of this name.
    public boolean contains(CharSequence name) {
        return indexOf(name, 0) >= 0;
    }

    /// The first entry of this name at or behind `from`, or -1.
    public int indexOf(CharSequence name, int from) {
        int length = name.length();
        if (length == 0) {
            return -1;
        }
        byte first = lower((byte) name.charAt(0));
        for (int i = from; i < size; i++) {
            AsciiString own = names[i];
            if (own.length() == length
                    && lower(own.byteAt(0)) == first
                    && own.contentEqualsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /// Appends a field.
    public void add(AsciiString name, String value) {
        ensureRoom();
        put(size++, name, value);
    }

    /// Sets the one field of this name.
    public void set(AsciiString name, String value) {
        int index = indexOf(name, 0);
        if (index < 0) {
            add(name, value);
        } else {
            values[index] = value;
            removeFrom(name, index + 1);
        }
    }

    /// Removes all fields of this name.
    public void remove(CharSequence name) {
        removeFrom(name, pseudo);
    }

    /// Removes the one field at `index`, which is no pseudo-header.
    public void removeAt(int index) {
        int behind = --size - index;
        System.arraycopy(names, index + 1, names, index, behind);
        System.arraycopy(values, index + 1, values, index, behind);
        Arrays.fill(names, size, size + 1, null);
        Arrays.fill(values, size, size + 1, null);
    }

    /// Removes every field; pseudo-headers stay.
    public void clear() {
        Arrays.fill(names, pseudo, size, null);
        Arrays.fill(values, pseudo, size, null);
        size = pseudo;
    }

    @Override
    public int byteSize() {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += names[i].length() + values[i].length();
        }
        return sum;
    }

    @Override
    public int find(byte[] source, int nameOffset, int nameLength) {
        for (int i = 0; i < size; i++) {
            if (names[i].length() == nameLength && matches(names[i], source, nameOffset)) {
                return i;
            }
        }
        return isHost(source, nameOffset, nameLength) ? AT_AUTHORITY : -1;
    }

    @Override
    public int valueLength(int index) {
        return values[index].length();
    }

    @Override
    @SuppressWarnings("deprecation") // copies Latin-1 without an array in between
    public void copyValue(int index, byte[] target, int offset) {
        String value = values[index];
        value.getBytes(0, value.length(), target, offset);
    }

    @Override
    public void copyPairs(byte[] target, int offset) {
        putInt(target, offset, size);
        int lengths = offset + 4;
        int at = lengths + 8 * size;
        for (int i = 0; i < size; i++) {
            int nameLength = names[i].length();
            int valueLength = values[i].length();
            putInt(target, lengths, nameLength);
            putInt(target, lengths + 4, valueLength);
            lengths += 8;
            copyLowerCase(names[i], target, at);
            target[at + nameLength] = 0;
            at += nameLength + 1;
            copyValue(i, target, at);
            target[at + valueLength] = 0;
            at += valueLength + 1;
        }
    }

    @Override
    public boolean add(
            byte[] source, int nameOffset, int nameLength, int valueOffset, int valueLength) {
        if (isPseudo(source, nameOffset, nameLength) || isHost(source, nameOffset, nameLength)) {
            return replace(source, nameOffset, nameLength, valueOffset, valueLength);
        }
        if (!mayWrite(source, nameOffset, nameLength)
                || !isGuestValue(source, nameOffset, nameLength, valueOffset, valueLength)) {
            return false;
        }
        add(lowerCase(source, nameOffset, nameLength), latin1(source, valueOffset, valueLength));
        return true;
    }

    @Override
    public boolean replace(
            byte[] source, int nameOffset, int nameLength, int valueOffset, int valueLength) {
        if (isPseudo(source, nameOffset, nameLength) || isHost(source, nameOffset, nameLength)) {
            return replacePseudo(
                    find(source, nameOffset, nameLength), source, valueOffset, valueLength);
        }
        if (!mayWrite(source, nameOffset, nameLength)
                || !isGuestValue(source, nameOffset, nameLength, valueOffset, valueLength)) {
            return false;
        }
        int index = find(source, nameOffset, nameLength);
        String value = latin1(source, valueOffset, valueLength);
        if (index < 0) {
            add(lowerCase(source, nameOffset, nameLength), value);
        } else {
            values[index] = value;
            removeFrom(names[index], index + 1);
        }
        return true;
    }

    @Override
    public boolean remove(byte[] source, int nameOffset, int nameLength) {
        if (isPseudo(source, nameOffset, nameLength)
                || isHost(source, nameOffset, nameLength)
                || !mayWrite(source, nameOffset, nameLength)) {
            return false;
        }
        int index = find(source, nameOffset, nameLength);
        if (index >= 0) {
            removeFrom(names[index], index);
        }
        return true;
    }

    @Override
    public boolean replaceAll(PairList pairs) {
        var draft = new Fields(pseudo, Math.max(size, pairs.size() + pseudo));
        System.arraycopy(names, 0, draft.names, 0, pseudo);
        System.arraycopy(values, 0, draft.values, 0, pseudo);
        for (int i = 0; i < pairs.size(); i++) {
            if (!draft.add(
                    pairs.bytes(),
                    pairs.nameOffset(i),
                    pairs.nameLength(i),
                    pairs.valueOffset(i),
                    pairs.valueLength(i))) {
                return false;
            }
        }
        names = draft.names;
        values = draft.values;
        size = draft.size;
        return true;
    }

    private boolean replacePseudo(int index, byte[] source, int offset, int length) {
        if (index < 0 || index >= pseudo) {
            return false;
        }
        boolean good =
                pseudo == RESPONSE_PSEUDO
                        ? isStatus(source, offset, length)
                        : isRequestPseudo(index, source, offset, length);
        if (good) {
            values[index] = latin1(source, offset, length);
        }
        return good;
    }

    private static boolean isRequestPseudo(int index, byte[] source, int offset, int length) {
        return switch (index) {
            case AT_AUTHORITY -> isTarget(source, offset, length);
            case AT_PATH ->
                    length > 0 && isPathStart(source[offset]) && isTarget(source, offset, length);
            case AT_METHOD -> length <= 32 && FieldRules.isToken(source, offset, length);
            default -> FieldRules.isToken(source, offset, length);
        };
    }

    private static boolean isPathStart(byte first) {
        return first == '/' || first == '*';
    }

    private static boolean isTarget(byte[] source, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (source[i] <= ' ' || source[i] == 0x7F || source[i] == '#' || source[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private static boolean isStatus(byte[] source, int offset, int length) {
        return length == 3
                && source[offset] >= '2'
                && source[offset] <= '5'
                && isDigits(source, offset, length);
    }

    private static boolean isDigits(byte[] source, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (source[i] < '0' || source[i] > '9') {
                return false;
            }
        }
        return length > 0;
    }

    private static boolean isPseudo(byte[] source, int offset, int length) {
        return length > 0 && source[offset] == ':';
    }

    private boolean isHost(byte[] source, int offset, int length) {
        return pseudo == REQUEST_PSEUDO
                && length == Names.HOST.length()
                && matches(Names.HOST, source, offset);
    }

    private static boolean mayWrite(byte[] source, int offset, int length) {
        if (!FieldRules.isToken(source, offset, length)) {
            return false;
        }
        for (AsciiString name : FRAMING) {
            if (name.length() == length && matches(name, source, offset)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGuestValue(
            byte[] source, int nameOffset, int nameLength, int valueOffset, int valueLength) {
        if (nameLength == Names.CONTENT_LENGTH.length()
                && matches(Names.CONTENT_LENGTH, source, nameOffset)) {
            return valueLength <= 18 && isDigits(source, valueOffset, valueLength);
        }
        return FieldRules.isValue(source, valueOffset, valueLength);
    }

    private static boolean matches(AsciiString name, byte[] source, int offset) {
        byte[] array = name.array();
        int start = name.arrayOffset();
        for (int i = 0; i < name.length(); i++) {
            byte a = array[start + i];
            byte b = source[offset + i];
            if (a != b && lower(a) != lower(b)) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    private static void copyLowerCase(AsciiString name, byte[] target, int offset) {
        byte[] array = name.array();
        int start = name.arrayOffset();
        for (int i = 0; i < name.length(); i++) {
            target[offset + i] = lower(array[start + i]);
        }
    }

    private static AsciiString lowerCase(byte[] source, int offset, int length) {
        byte[] own = new byte[length];
        for (int i = 0; i < length; i++) {
            own[i] = lower(source[offset + i]);
        }
        return new AsciiString(own, false);
    }

    private static String latin1(byte[] source, int offset, int length) {
        return new String(source, offset, length, StandardCharsets.ISO_8859_1);
    }

    /// Most often there is nothing to remove, and then nothing is written.
    private void removeFrom(CharSequence name, int from) {
        int kept = indexOf(name, from);
        if (kept < 0) {
            return;
        }
        for (int i = kept + 1; i < size; i++) {
            boolean gone =
                    names[i].length() == name.length() && names[i].contentEqualsIgnoreCase(name);
            if (!gone) {
                names[kept] = names[i];
                values[kept++] = values[i];
            }
        }
        Arrays.fill(names, kept, size, null);
        Arrays.fill(values, kept, size, null);
        size = kept;
    }

    private void ensureRoom() {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2 + 4);
            values = Arrays.copyOf(values, size * 2 + 4);
        }
    }

    private void put(int index, AsciiString name, String value) {
        names[index] = name;
        values[index] = value;
    }

    private static void putInt(byte[] target, int offset, int value) {
        target[offset] = (byte) value;
        target[offset + 1] = (byte) (value >>> 8);
        target[offset + 2] = (byte) (value >>> 16);
        target[offset + 3] = (byte) (value >>> 24);
    }
}
