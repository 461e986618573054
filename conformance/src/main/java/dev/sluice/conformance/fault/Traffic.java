package dev.sluice.conformance.fault;

import dev.sluice.conformance.fault.Wire.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Clients that send at a fixed rate over kept-alive connections and judge every answer.
///
/// Thread: any; each client has a thread of its own, which need not share a carrier with what the
/// gateway does in the background.
final class Traffic implements AutoCloseable {
    private static final int SHOWN = 3;
    private static final long LOOK_NANOS = 10_000_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final InetSocketAddress address;
    private final Load load;
    private final Predicate<Reply> good;
    private final List<Thread> clients = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final long startNanos = System.nanoTime();
    private volatile boolean ending;
    private Tally tally = new Tally();

    /// What is sent.
    ///
    /// @param path of every request
    record Load(String path, int connections, int perSecond) {}

    /// What came back.
    ///
    /// @param wrong answers that were not good, and requests that had none
    /// @param shown a few of the wrong ones
    record Counts(long answered, long wrong, List<String> shown) {}

    /// What came back so far; under the lock.
    private static final class Tally {
        private final List<String> shown = new ArrayList<>();
        private long answered;
        private long wrong;
    }

    /// Begins to send.
    Traffic(InetSocketAddress address, Load load, Predicate<Reply> good) {
        this.address = address;
        this.load = load;
        this.good = good;
        for (int i = 0; i < load.connections(); i++) {
            int number = i;
            clients.add(Thread.ofPlatform().daemon().name("traffic-" + i).start(() -> run(number)));
        }
    }

    /// What came back since the last call.
    Counts take() {
        lock.lock();
        try {
            Tally taken = tally;
            tally = new Tally();
            return new Counts(taken.answered, taken.wrong, taken.shown);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until so many more answers have come.
    void awaitAnswers(int more) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long wanted = answered() + more;
        while (answered() < wanted) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("traffic stands still");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private long answered() {
        lock.lock();
        try {
            return tally.answered;
        } finally {
            lock.unlock();
        }
    }

    private void run(int number) {
        while (!ending) {
            try (var wire = new Wire(address)) {
                send(wire, number);
            } catch (IOException e) {
                count(e.toString());
            }
        }
    }

    private void send(Wire wire, int number) throws IOException {
        long between = TimeUnit.SECONDS.toNanos(1) / load.perSecond();
        long every = between * load.connections();
        long first = startNanos + between * number;
        long turn = Math.max(0, (System.nanoTime() - first) / every);
        while (!ending) {
            long intended = first + ++turn * every;
            while (!ending && intended - System.nanoTime() > 0) {
                LockSupport.parkNanos(intended - System.nanoTime());
            }
            count(wire.get(load.path()));
        }
    }

    private void count(Reply reply) {
        lock.lock();
        try {
            tally.answered++;
        } finally {
            lock.unlock();
        }
        if (!good.test(reply)) {
            count(reply.status() + " " + reply.body());
        }
    }

    private void count(String wrong) {
        lock.lock();
        try {
            tally.wrong++;
            if (tally.shown.size() < SHOWN) {
                tally.shown.add(wrong.strip());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        end();
    }

    /// Sends no more; what is under way is answered first.
    void end() {
        ending = true;
        clients.forEach(LockSupport::unpark);
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
