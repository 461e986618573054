package dev.sluice.host.config;

import java.nio.file.Path;

/// What concerns the whole process.
///
/// @param admin where the config API listens
/// @param dataDir history, blobs and compiled code; relative to the working directory
/// @param accessLog one record per exchange
/// @param transport how sockets are driven
/// @param guestMemory the budget of all VMs together
/// @param heldBodies the budget of all body bytes held back for plugins
/// @param loops event loops; 0 for one per core
public record SettingsConfig(
        AdminConfig admin,
        Path dataDir,
        AccessLogConfig accessLog,
        TransportConfig transport,
        GuestMemory guestMemory,
        ByteSize heldBodies,
        int loops) {
    public static SettingsConfig defaults() {
        return new SettingsConfig(
                AdminConfig.defaults(),
                Path.of("var", "sluice"),
                AccessLogConfig.defaults(),
                TransportConfig.AUTO,
                GuestMemory.defaults(),
                ByteSize.mib(64),
                0);
    }
}
