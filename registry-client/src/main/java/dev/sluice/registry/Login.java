package dev.sluice.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Credentials after every file and helper was read.
sealed interface Login {
    /// Nothing to show.
    record Anonymous() implements Login {
        @Override
        public String toString() {
            return "anonymous";
        }
    }

    /// A user and a password.
    record Password(String user, String password) implements Login {
        String basicHeader() {
            var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "password of " + user;
        }
    }

    /// A token that the token service exchanges for access tokens.
    record IdentityToken(String token) implements Login {
        @Override
        public String toString() {
            return "identity token";
        }
    }
}
