package dev.sluice.host.plugin;

import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.context.PluginContext;
import dev.sluice.abi.context.PluginSettings;
import dev.sluice.abi.context.StartResult;
import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.vm.VmOptions;
import dev.sluice.abi.vm.WasmVm;
import dev.sluice.host.loop.Scheduling;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs new code on requests that nobody sent, so that the JVM has begun to compile it before it
/// meets traffic.
///
/// It does so in a VM that is thrown away, on a thread that yields to the event loops but is of
/// their class, for which the JVM compiles. What the guest does there reaches nothing and nobody:
/// its log lines, calls and shared data are dropped, and a failure is none of the gateway's.
///
/// Thread: the control thread.
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /// Streams after which the JVM has compiled what each of them calls for the first time, and not
    /// yet for good: it leaves out branches that it has never seen taken, and has seen only these.
    private static final int ENOUGH = 500;

    private static final long MOST_CPU_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Watchdog watchdog;
    private final Clock clock;
    private final GuestMemoryUse memory;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    WarmUp(Watchdog watchdog, Clock clock, GuestMemoryUse memory) {
        this.watchdog = watchdog;
        this.clock = clock;
        this.memory = memory;
    }

    /// Blocks until the code of `bundle` is warm, which takes a second at most, or two where a
    /// guest has to be stopped.
    void run(Bundle bundle) throws InterruptedException {
        var worker =
                new FastThreadLocalThread(
                        () -> rehearse(bundle), "sluice-warm-up-" + bundle.spec().label());
        worker.setDaemon(true);
        worker.start();
        worker.join(LONGEST);
        worker.interrupt(); // ends what a guest does that is still at it
        worker.join(LONGEST);
    }

    private void rehearse(Bundle bundle) {
        long end = System.nanoTime() + LONGEST.toNanos();
        var slot = new GuestSlot(Thread.currentThread());
        var share = memory.open(bundle.module().initialMemoryBytes());
        share.bind();
        watchdog.watch(slot);
        try {
            Scheduling.yieldToOthers();
            memory.check(bundle.spec().label());
            try (var vm = vm(bundle, slot, share)) {
                repeat(vm, plugins(vm, bundle.spec().plugins()), end);
            }
        } catch (RuntimeException | Error e) {
            LOG.debug("plugin {} was not warmed up", bundle.spec().label(), e);
        } finally {
            watchdog.forget(slot);
            share.close();
        }
    }

    private WasmVm vm(Bundle bundle, GuestSlot slot, GuestMemoryUse.Share share) {
        BundleSpec spec = bundle.spec();
        return new WasmVm(
                bundle.module(),
                new VmOptions(
                        spec.vmId(),
                        spec.environment(),
                        spec.vmConfiguration().array(),
                        briefly(spec.limits()),
                        spec.profile(),
                        share),
                clock,
                slot,
                new SilentHost());
    }

    /// A guest that starts slowly is not warmed up.
    private static VmLimits briefly(VmLimits limits) {
        return new VmLimits(
                limits.memoryBytes(),
                limits.callbackBudget(),
                limits.startBudget().compareTo(LONGEST) < 0 ? limits.startBudget() : LONGEST,
                limits.hostCalls(),
                limits.calloutsPerStream(),
                limits.callouts());
    }

    private static List<PluginContext> plugins(WasmVm vm, List<PluginSpec> specs) {
        List<PluginContext> started = new ArrayList<>();
        for (PluginSpec spec : specs) {
            var settings =
                    new PluginSettings(spec.name(), spec.rootId(), spec.configuration().array());
            PluginContext plugin = vm.addPlugin(settings, new SilentHost());
            if (plugin.start() instanceof StartResult.Started) {
                started.add(plugin);
            }
        }
        return started;
    }

    private void repeat(WasmVm vm, List<PluginContext> plugins, long end) {
        long cpuEnd = threads.getCurrentThreadCpuTime() + MOST_CPU_NANOS;
        int passes = 0;
        while (!plugins.isEmpty()
                && passes < ENOUGH
                && vm.failure() == null
                && threads.getCurrentThreadCpuTime() < cpuEnd
                && System.nanoTime() - end < 0) {
            for (PluginContext plugin : plugins) {
                SyntheticStream.pass(plugin, passes % 2 == 1);
                passes++;
            }
        }
    }
}
