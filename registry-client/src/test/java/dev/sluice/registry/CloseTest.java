package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.registry.testing.Guests;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CloseTest {
    @Test
    void pullingLeavesNoThreadBehind() {
        try (var registry = EmbeddedRegistry.start(Fixture.loopback())) {
            var reference = Fixture.reference(registry.host(), "v1");
            try (var pusher = new RegistryClient(Fixture.OPTIONS)) {
                pusher.push(
                        reference, WasmArtifactContent.of(Guests.module(99)), Fixture.ANONYMOUS);
            }
            var before = threads();

            try (var client = new RegistryClient(Fixture.OPTIONS)) {
                client.pull(reference, Fixture.ANONYMOUS);
            }

            assertThat(before).containsAll(threads());
        }
    }

    @Test
    void nothingStartsAThreadThatKeepsTheProcessAlive() {
        var before = threads();

        try (var registry = EmbeddedRegistry.start(Fixture.loopback());
                var client = new RegistryClient(Fixture.OPTIONS)) {
            var reference = Fixture.reference(registry.host(), "v1");
            client.push(reference, WasmArtifactContent.of(Guests.module(99)), Fixture.ANONYMOUS);
            client.pull(reference, Fixture.ANONYMOUS);

            assertThat(threads()).filteredOn(t -> !before.contains(t)).allMatch(Thread::isDaemon);
        }
    }

    /// Threads of this module's making: the carriers of virtual threads belong to the platform.
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> !t.getName().startsWith("ForkJoinPool"))
                .filter(t -> !t.getName().startsWith("VirtualThread"))
                .filter(t -> !t.getName().contains("Poller"))
                .collect(Collectors.toSet());
    }
}
