package dev.sluice.host.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.host.config.JsonValue.JsonObject;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// What a guest is configured with.
public sealed interface PluginConfiguration {
    /// The bytes the guest gets, UTF-8; owned by the caller.
    byte[] toBytes(SecretResolver secrets);

    /// Names of the secrets it refers to.
    default Set<String> secrets() {
        return Set.of();
    }

    /// What takes effect when this is declared over `base`.
    default PluginConfiguration over(PluginConfiguration base) {
        return this;
    }

    /// None; the guest gets zero bytes.
    record Absent() implements PluginConfiguration {
        @Override
        public byte[] toBytes(SecretResolver secrets) {
            return new byte[0];
        }
    }

    /// A string, which reaches the guest as it is.
    record Text(String text) implements PluginConfiguration {
        @Override
        public byte[] toBytes(SecretResolver secrets) {
            return text.getBytes(UTF_8);
        }
    }

    /// A mapping, which reaches the guest as compact JSON, members in declared order and each `{
    /// $secret: name }` replaced by the secret's value as a string.
    record Mapping(JsonObject json) implements PluginConfiguration {
        @Override
        public byte[] toBytes(SecretResolver secrets) {
            return SecretReference.resolve(json, secrets).compact().getBytes(UTF_8);
        }

        @Override
        public Set<String> secrets() {
            var names = new LinkedHashSet<String>();
            SecretReference.collect(json, names);
            return Collections.unmodifiableSet(names);
        }

        @Override
        public PluginConfiguration over(PluginConfiguration base) {
            return base instanceof Mapping(JsonObject declared)
                            && MergePatch.apply(declared, json) instanceof JsonObject merged
                    ? new Mapping(merged)
                    : this;
        }
    }
}
