package dev.sluice.host.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `plugins`.
final class PluginReader {
    private static final Words<FailurePolicyConfig.OnLoad> ON_LOAD =
            Words.of(FailurePolicyConfig.OnLoad.class);
    private static final Words<FailurePolicyConfig.OnError> ON_ERROR =
            Words.of(FailurePolicyConfig.OnError.class);
    private static final Words<AdmissionConfig.Await> AWAIT = Words.of(AdmissionConfig.Await.class);
    private static final Words<Profile> PROFILES = Words.of(Profile.class);

    private final Names names;
    private final ConfigurationReader configurations;

    PluginReader(Names names, ConfigurationReader configurations) {
        this.names = names;
        this.configurations = configurations;
    }

    @Nullable PluginConfig read(Section plugin) {
        var module = plugin.require("module", value -> names.find(Kinds.MODULES, value));
        var configuration =
                plugin.read("config", new PluginConfiguration.Absent(), configurations::read);
        var limits =
                plugin.read(
                        "limits",
                        LimitsConfig.defaults(),
                        value -> value.section(LimitsReader::read));
        var failurePolicy =
                plugin.read(
                        "failurePolicy",
                        FailurePolicyConfig.defaults(),
                        value -> value.section(PluginReader::failurePolicy));
        var vm = plugin.read("vm", VmConfig.defaults(), value -> value.section(this::vm));
        var rootId = plugin.read("rootId", "", Value::text);
        var admission =
                plugin.read(
                        "admission",
                        AdmissionConfig.defaults(),
                        value -> value.section(PluginReader::admission));
        var profile = plugin.read("profile", Profile.AUTO, value -> value.word(PROFILES));
        return module == null
                ? null
                : new PluginConfig(
                        module,
                        configuration,
                        limits,
                        failurePolicy,
                        vm,
                        rootId,
                        admission,
                        profile);
    }

    private static FailurePolicyConfig failurePolicy(Section policy) {
        var defaults = FailurePolicyConfig.defaults();
        return new FailurePolicyConfig(
                policy.read("onLoad", defaults.onLoad(), value -> value.word(ON_LOAD)),
                policy.read("onError", defaults.onError(), value -> value.word(ON_ERROR)));
    }

    private VmConfig vm(Section vm) {
        var defaults = VmConfig.defaults();
        return new VmConfig(
                vm.read("id", defaults.id(), Value::text),
                vm.read("env", defaults.env(), value -> value.section(PluginReader::env)),
                vm.read("config", defaults.configuration(), configurations::read));
    }

    private static Map<String, String> env(Section env) {
        var variables = new LinkedHashMap<String, String>();
        for (String name : env.keys()) {
            var value = env.find(name, Value::text);
            if (name.isEmpty() || name.indexOf('=') >= 0 || hasNul(name)) {
                env.at()
                        .refuse(
                                ConfigError.INVALID_NAME,
                                "%s (expected: a variable's name, without =)"
                                        .formatted(Quoted.value(name)));
            } else if (value != null && hasNul(value)) {
                env.at()
                        .refuse(
                                ConfigError.INVALID_VALUE,
                                "the value of %s has a NUL; leave it out"
                                        .formatted(Quoted.value(name)));
            } else if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static AdmissionConfig admission(Section admission) {
        var defaults = AdmissionConfig.defaults();
        return new AdmissionConfig(
                admission.read("await", defaults.await(), value -> value.word(AWAIT)),
                admission.read(
                        "deadline",
                        defaults.deadline(),
                        value -> value.duration(Duration.ofMillis(1), Duration.ofMinutes(5))));
    }
}
