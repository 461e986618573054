package dev.sluice.registry;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A program `docker-credential-<name>` on the path that keeps logins.
///
/// Thread: any; blocks for at most five seconds.
final class CredentialHelper {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MAX_OUTPUT = 1 << 16;
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String program;
    private final Duration limit;

    private CredentialHelper(String program, Duration limit) {
        this.program = program;
        this.limit = limit;
    }

    static CredentialHelper named(String name) {
        if (!SAFE_NAME.matcher(name).matches()) {
            throw new RegistryException(
                    RegistryException.Kind.UNAUTHORIZED,
                    "read docker config: credential helper name (expected: letters, digits, '.', '_', '-')");
        }
        return new CredentialHelper("docker-credential-" + name, LIMIT);
    }

    CredentialHelper within(Duration other) {
        return new CredentialHelper(program, other);
    }

    Login login(String registry) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(program, "get").redirectError(Redirect.DISCARD).start();
        } catch (IOException _) {
            throw failed(registry, "cannot be started; install it or remove it from the config");
        }
        try {
            var output = new FutureTask<>(() -> converse(process, registry));
            Thread.ofVirtual().name("credential-helper").start(output);
            var answer = output.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(limit)) {
                throw failed(registry, "no end within %d ms".formatted(limit.toMillis()));
            }
            return process.exitValue() == 0 ? read(registry, answer) : absent(registry, answer);
        } catch (TimeoutException _) {
            throw failed(registry, "no answer within %d ms".formatted(limit.toMillis()));
        } catch (ExecutionException _) {
            throw failed(registry, "broken pipe");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String converse(Process process, String registry) throws IOException {
        try (var input = process.getOutputStream()) {
            input.write(registry.getBytes(StandardCharsets.UTF_8));
        }
        try (var output = process.getInputStream()) {
            return new String(output.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
        }
    }

    private Login read(String registry, String answer) {
        try {
            var json = JSON.readTree(answer);
            var user = json.path("Username").asString("");
            var secret = json.path("Secret").asString("");
            if (user.isEmpty() || secret.isEmpty()) {
                throw failed(registry, "answered without Username or Secret");
            }
            return user.equals("<token>")
                    ? new Login.IdentityToken(secret)
                    : new Login.Password(user, secret);
        } catch (JacksonException _) {
            throw failed(registry, "answered something other than JSON");
        }
    }

    private Login absent(String registry, String answer) {
        if (answer.contains("credentials not found")) {
            return new Login.Anonymous();
        }
        throw failed(registry, "failed");
    }

    private RegistryException failed(String registry, String why) {
        return new RegistryException(
                RegistryException.Kind.UNAUTHORIZED,
                "ask %s for %s: %s".formatted(program, registry, why));
    }
}
