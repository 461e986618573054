package dev.sluice.conformance.subject.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.conformance.subject.Answer;
import dev.sluice.conformance.subject.Arrival;
import dev.sluice.conformance.subject.Field;
import dev.sluice.conformance.subject.Service;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// [Service] over sockets, and a note of all that arrives.
final class UpstreamServer implements AutoCloseable {
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

    UpstreamServer() throws IOException {
        socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        threads.submit(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                threads.submit(() -> serve(connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (true) {
                Message request = Message.read(in, false);
                arrivals.add(
                        new Arrival(
                                request.word(0),
                                request.word(1),
                                request.fields(),
                                request.body(),
                                request.trailers()));
                answer(connection, request.word(1).substring(1));
            }
        } catch (IOException _) {
            // The other side is done with it.
        } finally {
            connections.remove(connection);
        }
    }

    private static void answer(Socket connection, String name) throws IOException {
        Answer answer = Service.ANSWER;
        switch (name) {
            case Service.SILENCE -> {}
            case Service.BROKEN -> {
                write(connection, "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
                connection.setSoLinger(true, 0);
                throw new IOException("broken off");
            }
            case Service.TRAILERS ->
                    write(
                            connection,
                            head(answer, "transfer-encoding: chunked")
                                    + "%x\r\n%s\r\n0\r\n"
                                            .formatted(answer.body().length(), answer.body())
                                    + lines(Service.TRAILER_FIELDS)
                                    + "\r\n");
            default ->
                    write(
                            connection,
                            head(answer, "content-length: " + answer.body().length())
                                    + answer.body());
        }
    }

    private static String head(Answer answer, String framing) {
        return "HTTP/1.1 %d OK\r\n%s%s\r\n\r\n"
                .formatted(answer.status(), lines(answer.fields()), framing);
    }

    private static String lines(List<Field> fields) {
        var text = new StringBuilder();
        fields.forEach(each -> text.append(each).append("\r\n"));
        return text.toString();
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : connections) {
            each.close();
        }
        threads.close();
    }
}
