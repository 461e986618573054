package dev.sluice.conformance.subject.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.conformance.subject.Answer;
import dev.sluice.conformance.subject.Exchange;
import dev.sluice.conformance.subject.Field;
import dev.sluice.conformance.subject.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/// A request on a connection of a client.
final class GatewayExchange implements Exchange {
    private final ClientConnection connection;
    private final Consumer<ClientConnection> whenIdle;
    private final boolean chunked;
    private boolean over;

    /// @param whenIdle takes the connection when another request can follow
    GatewayExchange(
            ClientConnection connection, Request head, Consumer<ClientConnection> whenIdle) {
        this.connection = connection;
        this.whenIdle = whenIdle;
        chunked = head.bodyFollows() && Field.values(head.fields(), "content-length").isEmpty();
        var text = new StringBuilder();
        text.append("%s %s HTTP/1.1\r\nhost: gate.test\r\n".formatted(head.method(), head.path()));
        head.fields().forEach(each -> text.append(each).append("\r\n"));
        write(text + (chunked ? "transfer-encoding: chunked\r\n\r\n" : "\r\n"));
    }

    @Override
    public void send(String piece, boolean last) {
        if (!chunked) {
            write(piece);
            return;
        }
        String data = piece.isEmpty() ? "" : "%x\r\n%s\r\n".formatted(piece.length(), piece);
        write(data + (last ? "0\r\n\r\n" : ""));
    }

    @Override
    public void trailers(List<Field> fields) {
        var text = new StringBuilder("0\r\n");
        fields.forEach(each -> text.append(each).append("\r\n"));
        write(text + "\r\n");
    }

    @Override
    public Answer answer() {
        try {
            Message message = Message.read(connection.in(), true);
            over = true;
            if (Field.values(message.fields(), "connection").contains("close")) {
                connection.close();
            } else {
                whenIdle.accept(connection);
            }
            return new Answer(Integer.parseInt(message.word(1)), message.fields(), message.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isAnswered() {
        try {
            return over || connection.in().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            connection.close();
        }
    }

    private void write(String text) {
        try {
            connection.socket().getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
