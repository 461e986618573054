package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.abi.testing.Wat;
import dev.sluice.abi.vm.PluginModule;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CompilerTest {
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void aCompilationThatHangsIsGivenUpAndKeepsItsTurn()
            throws ExecutionException, InterruptedException, TimeoutException {
        var compiler = new Compiler(1, Duration.ofMillis(100));
        PluginModule module = Wat.load("good", Wat.assemble(Wat.minimal("")));

        assertThatThrownBy(() -> compiler.inTurn("slow", this::hang))
                .isInstanceOf(AdmissionException.class)
                .hasMessageStartingWith("module slow was not compiled in ");
        var next = new FutureTask<>(() -> compiler.inTurn("next", () -> module));
        Thread waiting = Thread.ofVirtual().start(next);
        while (waiting.getState() != Thread.State.WAITING) {
            assertThat(next).isNotDone();
        }
        end.countDown();
        assertThat(next.get(30, TimeUnit.SECONDS)).isSameAs(module);

        var patient = new Compiler(1, Duration.ofSeconds(5));
        assertThat(patient.inTurn("good", () -> module)).isSameAs(module);
        assertThatThrownBy(() -> patient.inTurn("bad", this::fail))
                .hasMessageContaining("no memory");
        assertThat(patient.inTurn("good", () -> module)).isSameAs(module);
    }

    private PluginModule hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("nobody waits for it");
    }

    private PluginModule fail() {
        throw new OutOfMemoryError("no memory");
    }
}
