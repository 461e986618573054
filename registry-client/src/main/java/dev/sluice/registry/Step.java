package dev.sluice.registry;

import dev.sluice.registry.RegistryException.Kind;
import dev.sluice.registry.transport.Response;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/// One thing done with a registry, as its error messages name it: "pull manifest of host/repo:tag".
///
/// @param action verb phrase with its object
record Step(String action) {
    private static final Duration MOST_PATIENCE = Duration.ofHours(1);

    RegistryException failed(Kind kind, String why) {
        return new RegistryException(kind, action + ": " + why);
    }

    RegistryException failed(Kind kind, Exception cause) {
        return new RegistryException(kind, action + ": " + cause.getMessage(), cause);
    }

    /// @param plainHttp whether plain HTTP was allowed; where it was not, it may be all that the
    ///   registry speaks
    RegistryException unreachable(IOException cause, boolean plainHttp) {
        String hint =
                plainHttp ? "" : "; a registry on plain HTTP needs plainHttp (or --plain-http)";
        return switch (cause) {
            case HttpConnectTimeoutException _ ->
                    unreachable(
                            Kind.TIMEOUT, "no connection within the connect timeout", hint, cause);
            case SSLException e ->
                    unreachable(Kind.TLS_FAILED, "TLS failed: " + e.getMessage(), hint, cause);
            default ->
                    unreachable(
                            Kind.UNREACHABLE,
                            cause.getMessage() == null
                                    ? "cannot connect"
                                    : "connection failed: " + cause.getMessage(),
                            "",
                            cause);
        };
    }

    private RegistryException unreachable(Kind kind, String why, String hint, IOException cause) {
        return new RegistryException(kind, "%s: %s%s".formatted(action, why, hint), cause);
    }

    /// The failure that a status other than success stands for.
    RegistryException refused(Response answer, Login tried) {
        int status = answer.status();
        return switch (status) {
            case 401 ->
                    answered(
                            Kind.UNAUTHORIZED,
                            answer,
                            "unauthorized (tried: %s); set pullSecret on the module"
                                    .formatted(tried));
            case 403 ->
                    answered(
                            Kind.FORBIDDEN,
                            answer,
                            "forbidden (as: %s); grant that login access to the repository"
                                    .formatted(tried));
            case 404 ->
                    answered(
                            Kind.NOT_FOUND,
                            answer,
                            "not found (as: %s); check registry, repository, tag".formatted(tried));
            case 429 ->
                    answered(Kind.RATE_LIMITED, answer, "too many requests; authenticate or wait");
            default ->
                    status >= 500
                            ? answered(
                                    Kind.SERVER_ERROR,
                                    answer,
                                    "the registry answered %d".formatted(status))
                            : answered(
                                    Kind.INVALID_RESPONSE,
                                    answer,
                                    "the registry answered %d (expected: 2xx)".formatted(status));
        };
    }

    private RegistryException answered(Kind kind, Response answer, String why) {
        return RegistryException.answered(
                kind, answer.status(), retryAfter(answer), action + ": " + why);
    }

    private static Duration retryAfter(Response answer) {
        return answer.header("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .filter(wait -> wait.compareTo(MOST_PATIENCE) < 0)
                .orElse(Duration.ZERO);
    }
}
