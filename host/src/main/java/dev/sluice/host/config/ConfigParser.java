package dev.sluice.host.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Turns a document into a config, or into all that is wrong with it.
///
/// Thread: any.
public final class ConfigParser {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");

    private final Section root;
    private final Names names;

    private ConfigParser(Section root, Names names) {
        this.root = root;
        this.names = names;
    }

    /// Parses a text; what makes it no document is an error like any other.
    ///
    /// @param bytes borrowed
    public static ParseResult parse(byte[] bytes, ConfigFormat format) {
        try {
            return parse(ConfigDocument.read(bytes, format));
        } catch (ConfigException e) {
            return new ParseResult.Invalid(e.errors());
        }
    }

    /// Parses a document.
    public static ParseResult parse(ConfigDocument document) {
        var problems = new Problems(document.positions());
        var config =
                new Value(Pointer.ROOT, document.root(), problems)
                        .section(root ->
                                new ConfigParser(root, new Names(document.root())).config());
        return config == null || !problems.isEmpty()
                ? new ParseResult.Invalid(problems.inOrder())
                : new ParseResult.Valid(config, document);
    }

    private GatewayConfig config() {
        root.later("trust");
        var settings =
                root.read(
                        Kinds.SETTINGS,
                        SettingsConfig.defaults(),
                        value -> value.section(SettingsReader::read));
        var listeners = new ListenerReader(settings.admin().address());
        var domains = new DomainReader();
        var routes = new RouteReader(names);
        var modules = new ModuleReader(names);
        var configurations = new ConfigurationReader(names);
        var plugins = new PluginReader(names, configurations);
        var bindings = new BindingReader(names, configurations);
        return new GatewayConfig(
                settings,
                all(Kinds.LISTENERS, listeners::read),
                all(Kinds.DOMAINS, domains::read),
                all(Kinds.ROUTES, (_, route) -> routes.read(route)),
                all(Kinds.UPSTREAMS, (_, upstream) -> UpstreamReader.read(upstream)),
                all(Kinds.MODULES, (_, module) -> modules.read(module)),
                all(Kinds.PLUGINS, (_, plugin) -> plugins.read(plugin)),
                all(Kinds.BINDINGS, (_, binding) -> bindings.read(binding)),
                all(Kinds.SECRETS, (_, secret) -> SecretReader.read(secret)));
    }

    private <T> Map<String, T> all(String kind, ResourceReading<T> reading) {
        return root.read(
                kind, Map.of(), value -> value.section(resources -> resources(resources, reading)));
    }

    private static <T> Map<String, T> resources(Section resources, ResourceReading<T> reading) {
        var read = new LinkedHashMap<String, T>();
        for (String name : resources.keys()) {
            if (!NAME.matcher(name).matches()) {
                refuseName(resources, name);
            }
            T resource =
                    resources.find(
                            name, value -> value.section(section -> reading.read(name, section)));
            if (resource != null) {
                read.put(name, resource);
            }
        }
        return read;
    }

    private static void refuseName(Section resources, String name) {
        resources
                .at()
                .problems()
                .add(
                        resources.at().pointer().child(name),
                        ConfigError.INVALID_NAME,
                        "%s (expected: 1..128 letters, digits, '.', '_' or '-', a letter or digit at both ends)"
                                .formatted(Quoted.value(name)));
    }
}
