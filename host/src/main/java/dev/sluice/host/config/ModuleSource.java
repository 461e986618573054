package dev.sluice.host.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a module is found.
public sealed interface ModuleSource {
    /// A registry.
    ///
    /// @param reference `host[:port]/repository[:tag][@digest]`
    /// @param pullSecret the secret with the logins, or with one `user:password`; null to pull
    ///   anonymously
    /// @param plainHttp whether the registry is spoken to without TLS
    record Oci(String reference, @Nullable String pullSecret, boolean plainHttp)
            implements ModuleSource {}

    /// A file on the gateway's machine.
    record File(Path path) implements ModuleSource {}
}
