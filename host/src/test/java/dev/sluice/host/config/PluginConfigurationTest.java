package dev.sluice.host.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluginConfigurationTest {
    @Test
    void aMappingReachesTheGuestAsCompactJsonInDeclaredOrder() {
        var plugin = plugin("config: { z: 1, a: [true, null, 2.50, 'x'], m: { y: é } }");

        assertThat(text(plugin.configuration()))
                .isEqualTo("{\"z\":1,\"a\":[true,null,2.50,\"x\"],\"m\":{\"y\":\"é\"}}");
    }

    @Test
    void aStringReachesTheGuestAsItIs() {
        assertThat(text(plugin("config: \" a: {$secret: key}\\n\"").configuration()))
                .isEqualTo(" a: {$secret: key}\n");
    }

    @Test
    void noConfigurationIsNoBytes() {
        assertThat(text(plugin("rootId: x").configuration())).isEmpty();
    }

    @Test
    void secretReferencesBecomeStrings() {
        var configuration =
                plugin("config: { key: { $secret: key }, l: [{ $secret: other }] }")
                        .configuration();

        assertThat(configuration.secrets()).containsExactly("key", "other");
        assertThat(text(configuration))
                .isEqualTo("{\"key\":\"value of \\\"key\\\"\",\"l\":[\"value of \\\"other\\\"\"]}");
    }

    @Test
    void aBindingWithoutOverrideRunsThePluginsOwnConfiguration() {
        var config = config("config: { a: 1 }", "enabled: true");

        assertThat(effective(config)).isEqualTo("{\"a\":1}");
    }

    @Test
    void anOverrideIsMergedIntoAMapping() {
        var config =
                config(
                        "config: { header: x-api-key, key: { $secret: key }, gone: 1 }",
                        "configOverride: { header: x-shop-key, gone: null, key: { $secret: other } }");

        assertThat(effective(config))
                .isEqualTo("{\"header\":\"x-shop-key\",\"key\":\"value of \\\"other\\\"\"}");
    }

    @Test
    void anOverrideOfAnotherShapeTakesThePlace() {
        assertThat(effective(config("config: { a: 1 }", "configOverride: text"))).isEqualTo("text");
        assertThat(effective(config("config: text", "configOverride: { a: 1 }")))
                .isEqualTo("{\"a\":1}");
        assertThat(effective(config("rootId: x", "configOverride: { a: 1 }")))
                .isEqualTo("{\"a\":1}");
    }

    private static String effective(GatewayConfig config) {
        return text(config.plugins().get("p").configurationFor(config.bindings().get("b")));
    }

    private static String text(PluginConfiguration configuration) {
        return new String(configuration.toBytes("value of \"%s\""::formatted), UTF_8);
    }

    private static PluginConfig plugin(String key) {
        return config(key, "enabled: true").plugins().get("p");
    }

    private static GatewayConfig config(String pluginKey, String bindingKey) {
        var yaml =
                """
                secrets: { key: { env: KEY }, other: { file: other.txt } }
                modules: { m: { source: { file: { path: m.wasm } } } }
                plugins:
                  p:
                    module: m
                    %s
                bindings:
                  b:
                    plugin: p
                    target: { global: true }
                    %s
                """
                        .formatted(pluginKey, bindingKey);
        return ConfigParser.parse(yaml.getBytes(UTF_8), ConfigFormat.YAML).orThrow();
    }
}
