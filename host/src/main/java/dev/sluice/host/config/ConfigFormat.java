package dev.sluice.host.config;

/// How a config document is written; both forms mean the same tree.
public enum ConfigFormat {
    YAML,
    JSON
}
