package dev.sluice.registry;

import dev.sluice.oci.ImageReference;
import dev.sluice.registry.RegistryException.Kind;
import dev.sluice.registry.transport.Request;
import dev.sluice.registry.transport.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One operation's conversation with one repository: credentials, redirects, retries.
///
/// Thread: the operation's virtual thread.
final class Session {
    private static final int MOST_REDIRECTS = 5;
    private static final Duration BASIC_LIFE = Duration.ofHours(1);

    private final Connections connections;
    private final Retry retry;
    private final Login login;
    private final String repository;
    private final String actions;
    private final Destination destination;
    private final Tokens.Key key;

    Session(
            Connections connections,
            Retry retry,
            ImageReference reference,
            Login login,
            Purpose purpose) {
        this.connections = connections;
        this.retry = retry;
        this.login = login;
        boolean isHub = reference.registry().equals("docker.io");
        boolean isOfficial = isHub && reference.repository().indexOf('/') < 0;
        repository = (isOfficial ? "library/" : "") + reference.repository();
        actions = purpose.actions();
        var origin =
                URI.create(
                        (purpose.plainHttp() ? "http://" : "https://")
                                + (isHub ? "registry-1.docker.io" : reference.registry()));
        destination = new Destination(origin, purpose.plainHttp());
        key = new Tokens.Key(origin.toString(), repository, actions, login);
    }

    /// What the conversation is for.
    ///
    /// @param actions the actions a token has to allow, as a scope names them
    /// @param plainHttp whether plain HTTP is allowed
    record Purpose(String actions, boolean plainHttp) {}

    /// Takes what it needs from an answer with status 2xx.
    @FunctionalInterface
    interface Reader<T> {
        T read(Response answer) throws IOException, InterruptedException;
    }

    private record Answer(Response response, boolean fromRegistry) {}

    /// The address of something in the repository, such as `manifests/v1`.
    URI uri(String path) {
        return URI.create("%s/v2/%s/%s".formatted(destination.registry(), repository, path));
    }

    /// An address that the registry answered with, made absolute and judged.
    URI location(Response answer, URI asked, Step step) {
        var location =
                answer.header("Location")
                        .orElseThrow(() ->
                                step.failed(Kind.INVALID_RESPONSE, "sent nowhere, no Location"));
        try {
            return destination.checked(asked.resolve(location), step);
        } catch (IllegalArgumentException _) {
            throw step.failed(Kind.INVALID_RESPONSE, "sent to a malformed Location");
        }
    }

    /// Sends `request` until it succeeds or retrying is pointless, and reads the answer.
    <T> T exchange(Request request, Step step, Reader<T> reader) throws InterruptedException {
        return retry.run(() -> attempt(request, step, reader));
    }

    /// The same over oras-java, for the `POST` and `PUT` of an upload.
    <T> T upload(Request request, Step step, Reader<T> reader) throws InterruptedException {
        return retry.run(() -> {
            try {
                var sent = connections.uploads().send(request, headerFor(request.uri()));
                return sent.isPresent()
                        ? read(sent.get(), step, reader)
                        : attempt(request, step, reader);
            } catch (IOException e) {
                throw step.unreachable(e, destination.plainHttp());
            }
        });
    }

    private <T> T attempt(Request request, Step step, Reader<T> reader)
            throws InterruptedException {
        try {
            var answer = follow(request, step);
            if (answer.response().status() == 401 && answer.fromRegistry()) {
                connections.tokens().forget(key);
                authorise(answer.response(), step);
                answer = follow(request, step);
                if (answer.response().status() == 401) {
                    connections.tokens().forget(key);
                }
            }
            return read(answer.response(), step, reader);
        } catch (IOException e) {
            throw step.unreachable(e, destination.plainHttp());
        }
    }

    private <T> T read(Response answer, Step step, Reader<T> reader)
            throws IOException, InterruptedException {
        try (answer) {
            if (answer.status() / 100 != 2) {
                throw step.refused(answer, login);
            }
            return reader.read(answer);
        }
    }

    private Answer follow(Request request, Step step) throws IOException, InterruptedException {
        var next = request;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            var response = connections.http().send(next, headerFor(next.uri()));
            if (!isRedirect(response.status(), next.method())) {
                return new Answer(response, destination.isSameOrigin(next.uri()));
            }
            try (response) {
                next = next.to(location(response, next.uri(), step));
            }
        }
        throw step.failed(
                Kind.INVALID_RESPONSE, "more than %d redirects".formatted(MOST_REDIRECTS));
    }

    private @Nullable String headerFor(URI target) {
        return destination.isSameOrigin(target) ? connections.tokens().header(key) : null;
    }

    private void authorise(Response refusal, Step step) throws IOException, InterruptedException {
        var challenges = Challenge.parse(refusal.headerValues("WWW-Authenticate"));
        refusal.close();
        for (var challenge : challenges) {
            if (challenge.isBearer()) {
                var service = new TokenService(connections.http(), destination, step);
                var scope = "repository:%s:%s".formatted(repository, actions);
                var grant = service.grant(challenge, scope, login);
                connections.tokens().keep(key, grant.header(), grant.life());
                return;
            }
        }
        for (var challenge : challenges) {
            if (challenge.isBasic() && login instanceof Login.Password password) {
                connections.tokens().keep(key, password.basicHeader(), BASIC_LIFE);
                return;
            }
        }
        throw step.refused(refusal, login);
    }

    private static boolean isRedirect(int status, String method) {
        boolean isSafe = method.equals("GET") || method.equals("HEAD");
        return switch (status) {
            case 307, 308 -> true;
            case 301, 302, 303 -> isSafe;
            default -> false;
        };
    }
}
