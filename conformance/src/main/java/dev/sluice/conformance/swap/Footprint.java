package dev.sluice.conformance.swap;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/// What the process holds, once everything that can be collected has been.
///
/// @param heapBytes objects
/// @param metaspaceBytes classes
/// @param classes how many are loaded
/// @param threads how many live
/// @param directBytes buffers outside the heap
record Footprint(
        double heapBytes,
        double metaspaceBytes,
        double classes,
        double threads,
        double directBytes) {
    private static final int COLLECTIONS = 2;

    static Footprint take() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                metaspace(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                direct());
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static long direct() {
        long pools =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        return pools + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
