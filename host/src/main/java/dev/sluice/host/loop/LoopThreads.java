package dev.sluice.host.loop;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/// Makes the threads of event loops, and tells the kernel how urgent they are.
public final class LoopThreads extends DefaultThreadFactory {
    private final UnaryOperator<Runnable> scheduled;

    private LoopThreads(String name, boolean daemon, UnaryOperator<Runnable> scheduled) {
        super(name, daemon);
        this.scheduled = scheduled;
    }

    /// Threads that a request waits for.
    public static ThreadFactory prompt(String name, boolean daemon) {
        return new LoopThreads(name, daemon, Scheduling::prompt);
    }

    /// Threads that no request waits for.
    static ThreadFactory yielding(String name) {
        return new LoopThreads(name, false, Scheduling::yielding);
    }

    @Override
    public Thread newThread(Runnable task) {
        return super.newThread(scheduled.apply(task));
    }
}
