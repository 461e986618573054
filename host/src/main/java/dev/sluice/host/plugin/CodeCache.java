package dev.sluice.host.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.abi.vm.PluginCode;
import dev.sluice.oci.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compiled code on disk, so that a start need not compile again.
///
/// Who can write an entry can run code in this process, so each ends in a code of authentication
/// over its bytes, the module's digest, the engine, the layout and the limits it was checked
/// against. What does not match, for whatever reason, is as if it were not there: the directory may
/// be deleted at any time.
///
/// Thread: any that may block.
public final class CodeCache {
    private static final Logger LOG = LoggerFactory.getLogger(CodeCache.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final String KEY = "key";
    private static final String DRAFT = ".tmp";
    private static final Set<PosixFilePermission> OWNER_FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY =
            PosixFilePermissions.fromString("rwx------");

    private final Path directory;
    private final String context;
    private final SecretKeySpec key;

    /// @param directory made when it is not there, and closed to other users
    /// @param limits what modules are checked against before they are compiled
    public CodeCache(Path directory, ModuleLimits limits) throws IOException {
        this.directory = directory;
        context = "%s, %s, ".formatted(PluginCode.format(), limits);
        Files.createDirectories(directory);
        restrict(directory, OWNER_DIRECTORY);
        try (var leftovers = Files.newDirectoryStream(directory, "*" + DRAFT)) {
            for (Path each : leftovers) {
                Files.deleteIfExists(each);
            }
        }
        key = new SecretKeySpec(key(directory.resolve(KEY)), ALGORITHM);
    }

    /// The code of a module, or null when it is not here or not exactly what [#put] wrote.
    @Nullable PluginCode get(Digest module) {
        Path file = directory.resolve(module.hex());
        if (!Files.exists(file)) {
            return null;
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            int length = bytes.length - MAC_BYTES;
            if (length > 0) {
                Mac mac = mac(module);
                mac.update(bytes, 0, length);
                byte[] found = Arrays.copyOfRange(bytes, length, bytes.length);
                if (MessageDigest.isEqual(mac.doFinal(), found)) {
                    return PluginCode.read(bytes);
                }
            }
            LOG.info("kept code of {} is of another version or damaged, compiling again", module);
        } catch (IOException e) {
            LOG.warn("kept code of {} cannot be read: {}", module, e.toString());
        }
        return null;
    }

    /// Keeps the code of a module; a disk that does not take it costs time at the next start only.
    void put(Digest module, PluginCode code) {
        try {
            Path draft = Files.createTempFile(directory, module.hex(), DRAFT);
            Mac mac = mac(module);
            try (var file = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16)) {
                code.write(new Authenticated(file, mac));
                file.write(mac.doFinal());
            }
            Files.move(draft, directory.resolve(module.hex()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("code of {} cannot be kept: {}", module, e.toString());
        }
    }

    /// Deletes the code of all modules but these.
    void retain(Set<Digest> kept) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path each : files) {
                String name = each.getFileName().toString();
                if (!name.equals(KEY) && kept.stream().noneMatch(it -> name.equals(it.hex()))) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private Mac mac(Digest module) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((context + module).getBytes(UTF_8));
            mac.update((byte) 0);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The key that only this user has: a new one when there is none, or when it is not whole or
    /// was open to others; then nothing that was kept matches any more.
    private static byte[] key(Path file) throws IOException {
        if (Files.exists(file) && isPrivate(file)) {
            byte[] known = Files.readAllBytes(file);
            if (known.length == MAC_BYTES) {
                return known;
            }
        }
        byte[] fresh = new byte[MAC_BYTES];
        new SecureRandom().nextBytes(fresh);
        Path draft = Files.createTempFile(file.getParent(), KEY, DRAFT);
        restrict(draft, OWNER_FILE);
        Files.write(draft, fresh);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return fresh;
    }

    private static boolean isPrivate(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return true;
        }
        var others = EnumSet.allOf(PosixFilePermission.class);
        others.removeAll(OWNER_DIRECTORY);
        others.retainAll(view.readAttributes().permissions());
        return others.isEmpty();
    }

    /// Where the file system knows owners; elsewhere the directory's own rights must do.
    private static void restrict(Path path, Set<PosixFilePermission> permissions)
            throws IOException {
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(permissions);
        }
    }

    /// Shows a code of authentication all that is written.
    private static final class Authenticated extends OutputStream {
        private final OutputStream out;
        private final Mac mac;

        Authenticated(OutputStream out, Mac mac) {
            this.out = out;
            this.mac = mac;
        }

        @Override
        public void write(int value) throws IOException {
            mac.update((byte) value);
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            mac.update(bytes, offset, length);
            out.write(bytes, offset, length);
        }
    }
}
