package dev.sluice.host.generation;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tries again what could not be loaded when a record was restored: after two seconds, then later
/// and later up to a minute, until it runs or a change has taken its place.
///
/// Thread: one of its own.
public final class Recovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration END = Duration.ofSeconds(10);

    private final Publisher publisher;
    private final Thread thread;

    /// Begins when something has failed.
    public Recovery(Publisher publisher) {
        this.publisher = publisher;
        thread = Thread.ofVirtual().name("sluice-recovery").start(this::run);
    }

    private void run() {
        Duration pause = FIRST;
        try {
            while (publisher.live().hasFailures()) {
                Thread.sleep(pause);
                recover();
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
            }
        } catch (InterruptedException _) {
            // the gateway ends
        }
    }

    private void recover() throws InterruptedException {
        try {
            long failed = publisher.recover();
            if (failed == 0) {
                LOG.info("generation {} runs whole again", publisher.live().generation().id());
            } else {
                LOG.warn("{} plugins that failed at the start fail still", failed);
            }
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.error("what failed at the start could not be tried again", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
