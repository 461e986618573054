package dev.sluice.host.generation;

import dev.sluice.host.config.ConfigError;
import dev.sluice.host.plugin.AdmissionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What was found wrong while a generation was built: all of it is told at once.
///
/// Thread: the control thread.
final class Problems {
    private final List<ConfigError> errors = new ArrayList<>();

    /// @param pointer of the resource, such as `/modules/a`
    void add(String pointer, AdmissionException problem) {
        add(pointer, problem.code(), String.valueOf(problem.getMessage()));
    }

    /// @param failures by module
    void addModules(Map<String, AdmissionException> failures) {
        failures.forEach((module, problem) -> add("/modules/" + module, problem));
    }

    /// @param failures by plugin
    void addPlugins(Map<String, AdmissionException> failures) {
        failures.forEach((plugin, problem) -> add("/plugins/" + plugin, problem));
    }

    void add(String pointer, String code, String message) {
        errors.add(new ConfigError(pointer, code, message, null));
    }

    void throwIfAny(ApplyException.Kind kind) {
        if (!errors.isEmpty()) {
            throw new ApplyException(kind, errors);
        }
    }
}
