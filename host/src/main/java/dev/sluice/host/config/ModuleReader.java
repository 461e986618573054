package dev.sluice.host.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `modules`.
final class ModuleReader {
    private static final Words<UpdatePolicy> POLICIES = Words.of(UpdatePolicy.class).later("poll");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "(?:oci://)?"
                            + "(?:localhost|(?=[^/]*[.:])(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]))"
                            + "(?::[0-9]{1,5})?"
                            + "(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+"
                            + "(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?"
                            + "(?:@sha256:[0-9a-f]{64})?");
    private static final int MAX_REFERENCE = 512;

    private final Names names;

    ModuleReader(Names names) {
        this.names = names;
    }

    @Nullable ModuleConfig read(Section module) {
        module.later("verify");
        var source = module.require("source", value -> value.section(this::source));
        var pin = module.read("pin", Pin.defaults(), value -> value.section(ModuleReader::pin));
        var policy =
                module.read(
                        "update",
                        UpdatePolicy.IF_NOT_PRESENT,
                        value -> value.section(ModuleReader::policy));
        if (source == null || !fits(module, source, pin, policy)) {
            return null;
        }
        return new ModuleConfig(source, pin, policy);
    }

    private @Nullable ModuleSource source(Section source) {
        var kind = source.choice(List.of("oci", "file"), List.of("http", "upload"));
        return switch (kind) {
            case "oci" -> source.find(kind, value -> value.section(this::oci));
            case "file" -> source.find(kind, value -> value.section(ModuleReader::file));
            case null, default -> null;
        };
    }

    private @Nullable ModuleSource oci(Section oci) {
        var reference = oci.require("ref", ModuleReader::reference);
        var pullSecret = oci.find("pullSecret", value -> names.find(Kinds.SECRETS, value));
        boolean plainHttp = oci.read("plainHttp", false, Value::bool);
        return reference == null ? null : new ModuleSource.Oci(reference, pullSecret, plainHttp);
    }

    private static @Nullable ModuleSource file(Section file) {
        var path = file.require("path", Value::path);
        return path == null ? null : new ModuleSource.File(path);
    }

    private static @Nullable String reference(Value value) {
        var text = value.text();
        if (text != null && (text.length() > MAX_REFERENCE || !REFERENCE.matcher(text).matches())) {
            value.refuseValue(
                    "host[:port]/repository[:tag][@sha256:…], such as ghcr.io/acme/waf:1.4");
            return null;
        }
        return text;
    }

    private static Pin pin(Section pin) {
        return new Pin(
                pin.find("manifestDigest", ModuleReader::digest),
                pin.find("moduleDigest", ModuleReader::digest));
    }

    private static @Nullable String digest(Value value) {
        var text = value.text();
        if (text != null && !DIGEST.matcher(text).matches()) {
            value.refuseValue("sha256: and 64 lower-case hex digits");
            return null;
        }
        return text;
    }

    private static @Nullable UpdatePolicy policy(Section update) {
        update.later("interval");
        return update.require("policy", value -> value.word(POLICIES));
    }

    /// Whether what is declared beside the source has an effect on it.
    private static boolean fits(Section module, ModuleSource source, Pin pin, UpdatePolicy policy) {
        return switch (source) {
            case ModuleSource.File _ -> fitsFile(module, pin);
            case ModuleSource.Oci oci -> fitsOci(module, oci, pin, policy);
        };
    }

    private static boolean fitsFile(Section module, Pin pin) {
        if (pin.manifestDigest() != null) {
            return refuse(module, "pin", "a file has no manifest; pin its moduleDigest");
        }
        return module.get("update") == null
                || refuse(module, "update", "a file is read on every apply; leave update out");
    }

    private static boolean fitsOci(
            Section module, ModuleSource.Oci oci, Pin pin, UpdatePolicy policy) {
        int at = oci.reference().indexOf('@');
        var named = at < 0 ? null : oci.reference().substring(at + 1);
        var pinned = pin.manifestDigest();
        if (named != null && pinned != null && !named.equals(pinned)) {
            return refuse(module, "pin", "manifestDigest differs from the digest in ref; keep one");
        }
        return policy != UpdatePolicy.PINNED
                || named != null
                || pinned != null
                || refuse(
                        module,
                        "update",
                        "policy pinned needs pin.manifestDigest or a digest in ref; add one");
    }

    private static boolean refuse(Section module, String key, String message) {
        var value = module.get(key);
        (value == null ? module.at() : value).refuse(ConfigError.CONFLICT, message);
        return false;
    }
}
