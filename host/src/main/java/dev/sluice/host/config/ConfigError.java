package dev.sluice.host.config;

import org.jspecify.annotations.Nullable;

/// One thing that is wrong with a config.
///
/// @param pointer where, as a JSON pointer (RFC 6901); empty for the document itself
/// @param code what kind of error, stable and for programs: `syntax`, `too_large`, `too_deep`,
///   `duplicate_key`, `unknown_key`, `not_supported_yet`, `missing_key`, `wrong_type`,
///   `invalid_value`, `invalid_name`, `out_of_range`, `unknown_reference`, `conflict`
/// @param message what is wrong and what to do about it
/// @param location where in the text, null when the config was not read from one
public record ConfigError(
        String pointer, String code, String message, @Nullable Location location) {
    static final String SYNTAX = "syntax";
    static final String TOO_LARGE = "too_large";
    static final String TOO_DEEP = "too_deep";
    static final String DUPLICATE_KEY = "duplicate_key";
    static final String UNKNOWN_KEY = "unknown_key";
    static final String NOT_SUPPORTED_YET = "not_supported_yet";
    static final String MISSING_KEY = "missing_key";
    static final String WRONG_TYPE = "wrong_type";
    static final String INVALID_VALUE = "invalid_value";
    static final String INVALID_NAME = "invalid_name";
    static final String OUT_OF_RANGE = "out_of_range";
    static final String UNKNOWN_REFERENCE = "unknown_reference";
    static final String CONFLICT = "conflict";

    /// `pointer (line:column): message`, for a person.
    @Override
    public String toString() {
        var place = pointer.isEmpty() ? "config" : pointer;
        return location == null
                ? "%s: %s".formatted(place, message)
                : "%s (%s): %s".formatted(place, location, message);
    }
}
