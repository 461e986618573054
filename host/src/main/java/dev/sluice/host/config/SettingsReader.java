package dev.sluice.host.config;

import dev.sluice.host.config.AccessLogConfig.Destination;
import dev.sluice.host.config.JsonValue.JsonString;
import org.jspecify.annotations.Nullable;

/// Reads `settings`.
final class SettingsReader {
    private static final String AUTO = "auto";
    private static final int MAX_LOOPS = 1_024;
    private static final int MAX_PERCENT = 95;
    private static final ByteSize MIN_HELD_BODIES = ByteSize.kib(64);
    private static final ByteSize MAX_HELD_BODIES = ByteSize.mib(1L << 20);
    private static final ByteSize MIN_GUEST_MEMORY = ByteSize.mib(1);
    private static final ByteSize MAX_GUEST_MEMORY = ByteSize.mib(1L << 20);
    private static final Words<TransportConfig> TRANSPORTS =
            Words.of(TransportConfig.class).renamed("ioUring", "io_uring");
    private static final Words<AccessLogConfig.Format> FORMATS =
            Words.of(AccessLogConfig.Format.class);

    private SettingsReader() {}

    static SettingsConfig read(Section settings) {
        var defaults = SettingsConfig.defaults();
        settings.later("errors");
        return new SettingsConfig(
                settings.read(
                        "admin", defaults.admin(), value -> value.section(SettingsReader::admin)),
                settings.read("dataDir", defaults.dataDir(), Value::path),
                settings.read(
                        "accessLog",
                        defaults.accessLog(),
                        value -> value.section(SettingsReader::accessLog)),
                settings.read("transport", defaults.transport(), value -> value.word(TRANSPORTS)),
                settings.read("guestMemory", defaults.guestMemory(), SettingsReader::guestMemory),
                settings.read(
                        "heldBodies",
                        defaults.heldBodies(),
                        value -> value.size(MIN_HELD_BODIES, MAX_HELD_BODIES)),
                settings.read("loops", defaults.loops(), SettingsReader::loops));
    }

    private static AdminConfig admin(Section admin) {
        return new AdminConfig(
                admin.read(
                        "address", AdminConfig.defaults().address(), SettingsReader::adminAddress));
    }

    private static @Nullable HostPort adminAddress(Value value) {
        var address = ListenerReader.boundAddress(value);
        if (address != null && !address.isLoopback()) {
            value.refuseAsLater(
                    "an admin address that is not loopback, which needs a token or mTLS,");
            return null;
        }
        return address;
    }

    private static AccessLogConfig accessLog(Section log) {
        var defaults = AccessLogConfig.defaults();
        return new AccessLogConfig(
                log.read("path", defaults.destination(), SettingsReader::destination),
                log.read("format", defaults.format(), value -> value.word(FORMATS)));
    }

    private static @Nullable Destination destination(Value value) {
        if (value.json() instanceof JsonString(String text)) {
            if (text.equals("stdout")) {
                return new Destination.Stdout();
            }
            if (text.equals("off")) {
                return new Destination.Off();
            }
        }
        var path = value.path();
        return path == null ? null : new Destination.File(path);
    }

    private static @Nullable GuestMemory guestMemory(Value value) {
        if (value.json() instanceof JsonString(String text) && text.endsWith("%")) {
            var percent = value.parsed("50%", SettingsReader::percent);
            return percent == null ? null : new GuestMemory.Share(percent / 100.0);
        }
        if (!(value.json() instanceof JsonString)) {
            value.refuseType("a share of the heap such as 50%, or a size such as 256MiB");
            return null;
        }
        var size = value.size(MIN_GUEST_MEMORY, MAX_GUEST_MEMORY);
        return size == null ? null : new GuestMemory.Fixed(size);
    }

    private static int percent(String text) {
        var rule = "1%%..%d%% of the heap, or a size".formatted(MAX_PERCENT);
        var amount = Amount.parse(text, 3, rule);
        if (!amount.unit().equals("%") || amount.count() < 1 || amount.count() > MAX_PERCENT) {
            throw Amount.refused(text, rule);
        }
        return (int) amount.count();
    }

    private static @Nullable Integer loops(Value value) {
        if (value.json() instanceof JsonString(String text)) {
            if (text.equals(AUTO)) {
                return 0;
            }
            value.refuseValue("auto, or a whole number of 1..%d".formatted(MAX_LOOPS));
            return null;
        }
        return value.integer(1, MAX_LOOPS);
    }
}
