package dev.sluice.host.loop;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the kernel is told of threads, for the time when the machine has too few cores.
///
/// A thread is asked for only where the call means a thread, on Linux; elsewhere nothing happens. A
/// kernel that refuses, or does not know what it is asked for, does as it did before.
public final class Scheduling {
    private static final int PRIO_PROCESS = 0;
    private static final int CALLER = 0;
    private static final int NICE = 10;

    /// `SCHED_FLAG_KEEP_POLICY`: what somebody has chosen for the whole process stays.
    private static final long KEEP_POLICY = 8;

    /// The shortest that the kernel takes, sched(7).
    private static final long SLICE_NANOS = 100_000;

    /// `sched_setattr` by `os.arch`: the C library has no function for it before glibc 2.41.
    private static final Map<String, Long> SET_ATTRIBUTES = Map.of("amd64", 314L, "aarch64", 274L);

    /// `struct sched_attr` up to `sched_period`.
    private static final MemoryLayout ATTRIBUTES =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_INT.withName("size"),
                    ValueLayout.JAVA_INT.withName("sched_policy"),
                    ValueLayout.JAVA_LONG.withName("sched_flags"),
                    ValueLayout.JAVA_INT.withName("sched_nice"),
                    ValueLayout.JAVA_INT.withName("sched_priority"),
                    ValueLayout.JAVA_LONG.withName("sched_runtime"),
                    ValueLayout.JAVA_LONG.withName("sched_deadline"),
                    ValueLayout.JAVA_LONG.withName("sched_period"));

    private static final Optional<MethodHandle> SET_PRIORITY =
            find(
                    "setpriority",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT));
    private static final Optional<MethodHandle> GET_PRIORITY =
            find(
                    "getpriority",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final Optional<MethodHandle> SYSCALL =
            find(
                    "syscall",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));

    private Scheduling() {}

    /// `task`, run by a thread that takes its turn at once when it has something to do, and short
    /// ones: with Linux 6.12 and later it need not wait for others' slices to end, some
    /// milliseconds each.
    static Runnable prompt(Runnable task) {
        return () -> {
            takeShortTurns();
            task.run();
        };
    }

    /// `task`, run by a thread that leaves a busy machine to the others.
    public static Runnable yielding(Runnable task) {
        return () -> {
            yieldToOthers();
            task.run();
        };
    }

    /// Lowers the calling thread's share of a busy machine, and that of threads it starts.
    public static void yieldToOthers() {
        yieldToOthers(CALLER);
    }

    /// Lowers the share of a thread of this process, and that of threads it starts.
    ///
    /// @param thread the kernel's number of it
    static void yieldToOthers(int thread) {
        if (SET_PRIORITY.isEmpty() || GET_PRIORITY.isEmpty()) {
            return;
        }
        try {
            if (niceness(GET_PRIORITY.get(), thread) < NICE) {
                int ignored = (int) SET_PRIORITY.get().invokeExact(PRIO_PROCESS, thread, NICE);
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static int niceness(MethodHandle call, int thread) throws Throwable {
        return (int) call.invokeExact(PRIO_PROCESS, thread);
    }

    private static void takeShortTurns() {
        Long number = SET_ATTRIBUTES.get(System.getProperty("os.arch").toLowerCase(Locale.ROOT));
        if (SYSCALL.isEmpty() || GET_PRIORITY.isEmpty() || number == null) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES);
            attributes.set(
                    ValueLayout.JAVA_INT, offset("size"), Math.toIntExact(ATTRIBUTES.byteSize()));
            attributes.set(ValueLayout.JAVA_LONG, offset("sched_flags"), KEEP_POLICY);
            attributes.set(
                    ValueLayout.JAVA_INT,
                    offset("sched_nice"),
                    niceness(GET_PRIORITY.get(), CALLER));
            attributes.set(ValueLayout.JAVA_LONG, offset("sched_runtime"), SLICE_NANOS);
            long ignored =
                    (long) SYSCALL.get().invokeExact((long) number, (long) CALLER, attributes, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static long offset(String field) {
        return ATTRIBUTES.byteOffset(MemoryLayout.PathElement.groupElement(field));
    }

    @SuppressWarnings("restricted") // the launcher enables native access
    private static Optional<MethodHandle> find(
            String name, FunctionDescriptor type, Linker.Option... options) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(address -> linker.downcallHandle(address, type, options));
    }
}
