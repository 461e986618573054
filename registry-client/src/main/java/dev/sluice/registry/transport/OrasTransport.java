package dev.sluice.registry.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import land.oras.ContainerRef;
import land.oras.auth.AuthProvider;
import land.oras.auth.AuthScheme;
import land.oras.auth.HttpClient;
import land.oras.auth.Scopes;
import land.oras.exception.OrasException;
import org.jspecify.annotations.Nullable;

/// Single upload exchanges on oras-java, which may neither follow a redirect nor fetch a token.
///
/// Thread: any; blocks, and ends early when the calling thread is interrupted.
public final class OrasTransport {
    /*
     * Kept on a leash: the SDK asks its AuthProvider once per request it is about to send. The
     * provider here answers the first question and throws on the second, so a request that the SDK
     * invents (a redirect's, a token realm's) is never sent, and its process-wide token cache is
     * never filled. Its Registry class is not used at all: it reads registries.conf of the machine.
     */
    private static final ContainerRef NOWHERE = ContainerRef.parse("localhost/none");

    private final HttpClient client;

    /// A transport that gives up connecting after `connectTimeout`, in whole seconds.
    public OrasTransport(Duration connectTimeout) {
        client =
                HttpClient.Builder.builder()
                        .withTimeout((int) Math.max(1, connectTimeout.toSeconds()))
                        .build();
    }

    /// Sends a `POST` or `PUT` of an upload and returns the answer; empty when the registry wants
    /// more than one exchange: other credentials, or another address.
    public Optional<Response> send(Request request, @Nullable String authorization)
            throws IOException, InterruptedException {
        var scopes = Scopes.of(NOWHERE);
        var once = new OneHeader(authorization);
        var content = request.body();
        byte[] body = content == null ? new byte[0] : content;
        try {
            var answer =
                    switch (request.method()) {
                        case "POST" ->
                                client.post(request.uri(), body, request.headers(), scopes, once);
                        case "PUT" ->
                                client.put(request.uri(), body, request.headers(), scopes, once);
                        default ->
                                throw new IllegalArgumentException(
                                        "method: %s (expected: POST or PUT)"
                                                .formatted(request.method()));
                    };
            return answer.statusCode() / 100 == 3
                    ? Optional.empty()
                    : Optional.of(response(answer));
        } catch (SecondRequestException _) {
            return Optional.empty();
        } catch (OrasException e) {
            if (e.getStatusCode() == 401 || e.getStatusCode() == 403) {
                return Optional.empty();
            }
            throw unwrapped(e);
        }
    }

    private static Response response(HttpClient.ResponseWrapper<String> answer) {
        var fields = new TreeMap<String, List<String>>();
        answer.headers().forEach((k, v) -> fields.put(k.toLowerCase(Locale.ROOT), List.of(v)));
        return new Response(
                answer.statusCode(),
                fields,
                new ByteArrayInputStream(answer.response().getBytes(StandardCharsets.UTF_8)));
    }

    private static IOException unwrapped(OrasException failure) throws InterruptedException {
        return switch (failure.getCause()) {
            case InterruptedException e -> throw e;
            case IOException e -> e;
            case null, default -> new IOException(failure.getMessage(), failure);
        };
    }

    /// The second question for a header; it stops the SDK.
    private static final class SecondRequestException extends OrasException {
        private static final long serialVersionUID = 1L;

        SecondRequestException() {
            super("one request only");
        }
    }

    /// Answers once.
    private static final class OneHeader implements AuthProvider {
        private final @Nullable String header;
        private boolean asked;

        OneHeader(@Nullable String header) {
            this.header = header;
        }

        @Override
        public @Nullable String getAuthHeader(ContainerRef registry) {
            if (asked) {
                throw new SecondRequestException();
            }
            asked = true;
            return header;
        }

        @Override
        public AuthScheme getAuthScheme() {
            return AuthScheme.BEARER;
        }
    }
}
