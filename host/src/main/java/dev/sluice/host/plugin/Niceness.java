package dev.sluice.host.plugin;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Makes a thread yield to the event loops when the machine has too few cores for both.
///
/// On Linux a thread has a niceness of its own, and zero names the caller. Elsewhere nothing
/// happens: there the call would mean the whole process.
final class Niceness {
    private static final int PRIO_PROCESS = 0;
    private static final int CALLER = 0;
    private static final int NICE = 10;
    private static final Optional<MethodHandle> SET_PRIORITY = find();

    private Niceness() {}

    /// Lowers the calling thread's share of a busy machine.
    static void lower() {
        SET_PRIORITY.ifPresent(call -> {
            try {
                int ignored = (int) call.invokeExact(PRIO_PROCESS, CALLER, NICE);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @SuppressWarnings("restricted") // the launcher enables native access
    private static Optional<MethodHandle> find() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("setpriority")
                .map(address ->
                        linker.downcallHandle(
                                address,
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.JAVA_INT)));
    }
}
