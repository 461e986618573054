package dev.sluice.registry;

import dev.sluice.oci.ImageReference;
import dev.sluice.registry.testing.Interposer;
import dev.sluice.registry.testing.RawPush;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// An embedded registry, a client with short waits, and whatever stands between them.
final class Fixture {
    static final RegistryOptions OPTIONS =
            new RegistryOptions(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(2),
                    1 << 20,
                    3,
                    Duration.ofMillis(1));
    static final Access ANONYMOUS = Access.anonymous().overPlainHttp();

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    final EmbeddedRegistry registry = own(EmbeddedRegistry.start(loopback()));
    final RegistryClient client = own(new RegistryClient(OPTIONS));
    final RawPush raw = own(new RawPush(registry.host(), "acme/waf"));

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static Access as(String user, String password) {
        return new Access(new Credentials.Basic(user, password), true);
    }

    ImageReference reference(String tag) {
        return reference(registry.host(), tag);
    }

    static ImageReference reference(String host, String tag) {
        return ImageReference.parse(host + "/acme/waf:" + tag);
    }

    Interposer before(Interposer.Behaviour behaviour) {
        return own(Interposer.before(registry.host(), behaviour));
    }

    Interposer alone(Interposer.Behaviour behaviour) {
        return own(Interposer.alone(behaviour));
    }

    <T extends AutoCloseable> T own(T resource) {
        open.push(resource);
        return resource;
    }

    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
