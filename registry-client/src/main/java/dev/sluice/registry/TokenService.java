package dev.sluice.registry;

import dev.sluice.registry.RegistryException.Kind;
import dev.sluice.registry.transport.JdkTransport;
import dev.sluice.registry.transport.Request;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The service that a Bearer challenge names; it turns a login into a short-lived token.
///
/// Thread: any; blocks.
final class TokenService {
    private static final int MAX_BYTES = 1 << 20;
    private static final long DEFAULT_LIFE_SECONDS = 60;
    private static final long MOST_LIFE_SECONDS = 24 * 3600;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdkTransport http;
    private final Destination destination;
    private final Step step;

    TokenService(JdkTransport http, Destination destination, Step step) {
        this.http = http;
        this.destination = destination;
        this.step = step;
    }

    /// A token and how long to use it.
    record Grant(String header, Duration life) {}

    Grant grant(Challenge challenge, String scope, Login login) throws InterruptedException {
        var realm = destination.checkedRealm(realm(challenge), step);
        var request = request(realm, challenge.parameter("service"), scope, login);
        var basic = login instanceof Login.Password password ? password.basicHeader() : null;
        try (var answer = http.send(request, basic)) {
            if (answer.status() == 401 || answer.status() == 403 || answer.status() == 400) {
                throw RegistryException.answered(
                        Kind.UNAUTHORIZED,
                        answer.status(),
                        Duration.ZERO,
                        "%s: token service %s refused (tried: %s); check pullSecret on the module"
                                .formatted(step.action(), realm.getHost(), login));
            }
            if (answer.status() != 200) {
                throw step.refused(answer, login);
            }
            return read(answer.body().readNBytes(MAX_BYTES));
        } catch (IOException e) {
            throw step.unreachable(e, destination.plainHttp());
        }
    }

    private URI realm(Challenge challenge) {
        try {
            return URI.create(challenge.parameter("realm"));
        } catch (IllegalArgumentException e) {
            throw step.failed(Kind.INVALID_RESPONSE, "token realm is not an address");
        }
    }

    private static Request request(URI realm, String service, String scope, Login login) {
        var form = "service=%s&scope=%s".formatted(encoded(service), encoded(scope));
        if (login instanceof Login.IdentityToken(String token)) {
            var body =
                    "grant_type=refresh_token&client_id=sluice&%s&refresh_token=%s"
                            .formatted(form, encoded(token));
            return Request.of("POST", realm)
                    .sending(
                            body.getBytes(StandardCharsets.UTF_8),
                            "application/x-www-form-urlencoded");
        }
        var separator = realm.getRawQuery() == null ? "?" : "&";
        return Request.of("GET", URI.create(realm + separator + form));
    }

    private Grant read(byte[] body) {
        try {
            var json = JSON.readTree(body);
            var token = json.path("token").asString("");
            if (token.isEmpty()) {
                token = json.path("access_token").asString("");
            }
            if (token.isEmpty() || !token.matches("[\\x21-\\x7e]+")) {
                throw step.failed(Kind.INVALID_RESPONSE, "token service sent no token");
            }
            long seconds = json.path("expires_in").asLong(DEFAULT_LIFE_SECONDS);
            long bounded = Math.clamp(seconds, 1, MOST_LIFE_SECONDS);
            return new Grant("Bearer " + token, Duration.ofMillis(bounded * 800));
        } catch (JacksonException _) {
            throw step.failed(Kind.INVALID_RESPONSE, "token service sent no JSON");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
