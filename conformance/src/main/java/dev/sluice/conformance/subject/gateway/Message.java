package dev.sluice.conformance.subject.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.conformance.subject.Field;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// One HTTP/1.1 message as it came, with Latin-1 for bytes.
record Message(String startLine, List<Field> fields, String body, List<Field> trailers) {

    /// The part of a start line.
    String word(int index) {
        return startLine.split(" ", 3)[index];
    }

    /// Reads a whole message.
    ///
    /// @param endsWithConnection whether a message that does not say where it ends has a body
    /// @throws EOFException when the connection ends before its last byte
    static Message read(InputStream in, boolean endsWithConnection) throws IOException {
        String startLine = line(in);
        List<Field> fields = fields(in);
        List<String> length = Field.values(fields, "content-length");
        if (!Field.values(fields, "transfer-encoding").isEmpty()) {
            String body = chunks(in);
            return new Message(startLine, fields, body, fields(in));
        } else if (!length.isEmpty()) {
            return new Message(
                    startLine, fields, exactly(in, Integer.parseInt(length.getFirst())), List.of());
        }
        String body = endsWithConnection ? new String(in.readAllBytes(), ISO_8859_1) : "";
        return new Message(startLine, fields, body, List.of());
    }

    private static String chunks(InputStream in) throws IOException {
        var body = new StringBuilder();
        for (int size = size(in); size > 0; size = size(in)) {
            body.append(exactly(in, size));
            line(in);
        }
        return body.toString();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    private static List<Field> fields(InputStream in) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return List.copyOf(fields);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException("the connection ended in a line");
            }
            line.write(each);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    private static String exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the connection ended in a body");
        }
        return new String(bytes, ISO_8859_1);
    }
}
