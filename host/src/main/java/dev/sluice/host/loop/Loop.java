package dev.sluice.host.loop;

import dev.sluice.abi.GuestSlot;
import dev.sluice.host.http.HeadWriter;
import dev.sluice.host.http.HttpDate;
import dev.sluice.host.stats.LoopCounters;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// One event loop and what belongs to it alone: its guest slot, its counters, its writer of heads,
/// its budget of held bytes.
///
/// The admission loop is one too; it accepts nothing, and its index comes after those of the
/// others.
///
/// Thread: created once; everything it hands out is for its own thread.
public final class Loop implements Executor {
    private final int index;
    private final EventLoop eventLoop;
    private final GuestSlot guestSlot;
    private final LoopCounters counters = new LoopCounters();
    private final HeadWriter heads = new HeadWriter();
    private final HeldBytes heldBytes;
    private final HttpDate date = new HttpDate(System::currentTimeMillis);

    /// @param mostHeldBytes how many body bytes its exchanges may hold together
    Loop(int index, EventLoop eventLoop, long mostHeldBytes) {
        this.index = index;
        this.eventLoop = eventLoop;
        heldBytes = new HeldBytes(counters, mostHeldBytes);
        var thread = new CompletableFuture<Thread>();
        eventLoop.execute(() -> thread.complete(Thread.currentThread()));
        guestSlot = new GuestSlot(thread.join());
    }

    /// Position among the loops, from 0.
    public int index() {
        return index;
    }

    /// Netty's side of it.
    public EventLoop eventLoop() {
        return eventLoop;
    }

    /// Where the watchdog sees this loop's guests.
    public GuestSlot guestSlot() {
        return guestSlot;
    }

    /// This loop's counters.
    public LoopCounters counters() {
        return counters;
    }

    /// This loop's writer of HTTP/1.1 heads.
    public HeadWriter heads() {
        return heads;
    }

    /// What its exchanges hold back together.
    public HeldBytes heldBytes() {
        return heldBytes;
    }

    /// The date for messages of the gateway's own.
    public HttpDate date() {
        return date;
    }

    /// Whether the caller is this loop.
    public boolean isCurrent() {
        return eventLoop.inEventLoop();
    }

    /// Runs `task` on this loop, later when called from it.
    @Override
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    @Override
    public String toString() {
        return "loop-" + index;
    }
}
