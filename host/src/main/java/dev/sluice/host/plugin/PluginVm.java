package dev.sluice.host.plugin;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.context.StartResult;
import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.spi.LogSink;
import dev.sluice.abi.vm.VmOptions;
import dev.sluice.abi.vm.WasmVm;
import dev.sluice.host.loop.Loop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One VM of a bundle: built on the admission loop, handed over once to the loop it serves.
///
/// Thread: its home's.
final class PluginVm {
    private static final int LONGEST_END_SECONDS = 10;

    private final Bundle bundle;
    private final WasmVm wasm;
    private final GuestMemoryUse.Share memory;
    private final List<RootPlugin> roots;
    private final List<PluginFilter> filters = new ArrayList<>();
    private final Set<CallOut> calls = new HashSet<>();
    private volatile Loop home;
    private Runnable onChange = () -> {};
    private boolean ticking = true;
    private boolean dead;
    private boolean draining;

    /// When a stream's callback first came back unharmed; 0 before.
    private long provedNanos;

    private boolean entered;

    /// Its plugins have been asked to end.
    private boolean ending;

    private boolean ended;
    private @Nullable Future<?> patience;

    /// Instantiates the module on the current loop.
    ///
    /// @param memory its own account; closed with it
    /// @throws dev.sluice.abi.vm.GuestStartException when its initialisation fails
    PluginVm(Bundle bundle, Clock clock, Loop home, LogSink startLog, GuestMemoryUse.Share memory) {
        this.bundle = bundle;
        this.home = home;
        this.memory = memory;
        BundleSpec spec = bundle.spec();
        wasm =
                new WasmVm(
                        bundle.module(),
                        new VmOptions(
                                spec.vmId(),
                                spec.environment(),
                                spec.vmConfiguration().array(),
                                spec.limits(),
                                spec.profile(),
                                memory),
                        clock,
                        home.guestSlot(),
                        startLog);
        var all = new ArrayList<RootPlugin>();
        for (int i = 0; i < spec.plugins().size(); i++) {
            all.add(new RootPlugin(this, spec.plugins().get(i), bundle.limiter(i)));
        }
        roots = List.copyOf(all);
    }

    /// Starts its plugins in order.
    ///
    /// @throws AdmissionException when one says no or fails
    void start() {
        for (RootPlugin root : roots) {
            switch (root.context().start()) {
                case StartResult.Started _ -> {}
                case StartResult.Refused(String callback) ->
                        throw new AdmissionException(
                                "plugin_refused_configuration",
                                ("plugin %s: %s answered false: it does not accept its"
                                                + " configuration (its log says why)")
                                        .formatted(root.context().name(), callback));
                case StartResult.Failed(GuestFailure failure) ->
                        throw new AdmissionException(
                                "plugin_start_failed",
                                "plugin %s: %s failed: %s"
                                        .formatted(
                                                root.context().name(),
                                                failure.callback(),
                                                describe(failure)));
            }
        }
    }

    static String describe(GuestFailure failure) {
        String where =
                failure.backtrace().isEmpty()
                        ? ""
                        : " in "
                                + String.join(
                                        " < ", failure.backtrace().stream().limit(4).toList());
        return failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + ": "
                + failure.message()
                + where;
    }

    /// Its memory grows only where there is room from now on.
    void boundMemory() {
        memory.bind();
    }

    WasmVm wasm() {
        return wasm;
    }

    Bundle bundle() {
        return bundle;
    }

    RootPlugin root(int index) {
        return roots.get(index);
    }

    /// The loop that may enter it now.
    Loop home() {
        return home;
    }

    /// A stream's callback has come back unharmed.
    void proved() {
        if (provedNanos == 0) {
            provedNanos = System.nanoTime();
        }
    }

    /// For how long it has served at `nowNanos`, since a stream's callback first came back.
    long servedNanos(long nowNanos) {
        return provedNanos == 0 ? 0 : nowNanos - provedNanos;
    }

    boolean isTicking() {
        return ticking && !dead;
    }

    boolean isDead() {
        return dead;
    }

    /// Runs `action` after every entry from now on; nothing by default.
    void onChange(Runnable action) {
        onChange = action;
    }

    /// Lets no tick happen until [#resumeTicks]: the VM is about to move.
    void pauseTicks() {
        ticking = false;
        roots.forEach(RootPlugin::disarm);
    }

    /// Names its new home. The caller owns it at this moment and publishes it safely.
    void handOver(Loop next) {
        wasm.handOver(next.guestSlot());
        roots.forEach(RootPlugin::handedOver);
        home = next;
    }

    void resumeTicks() {
        ticking = true;
        roots.forEach(RootPlugin::arm);
    }

    /// Whether any stream was ever in it.
    boolean wasEntered() {
        return entered;
    }

    void entered(PluginFilter filter) {
        entered = true;
        filter.position(filters.size());
        filters.add(filter);
    }

    void left(PluginFilter filter) {
        PluginFilter last = filters.removeLast();
        if (last != filter) {
            filters.set(filter.position(), last);
            last.position(filter.position());
        }
        endIfOver();
    }

    void began(CallOut call) {
        calls.add(call);
    }

    void answered(CallOut call) {
        calls.remove(call);
    }

    /// Must be called after anything that entered the guest: carries the consequences of a failure.
    void afterEntry() {
        GuestFailure failure = wasm.failure();
        if (failure != null && !dead) {
            dead = true;
            pauseTicks();
            bundle.lost(this, failure);
            home.execute(this::bury);
        }
        onChange.run();
        endIfOver();
    }

    /// Its streams learn that they go on without it, for however long; what it held is free now.
    private void bury() {
        List.copyOf(filters).forEach(PluginFilter::vmFailed);
        end();
    }

    /// No stream begins on it any more; it is closed when the last one has ended.
    void drain() {
        draining = true;
        endIfOver();
    }

    /// What is still under way without a stream is waited for, but not for ever.
    private void endIfOver() {
        if (!draining || dead || !filters.isEmpty()) {
            return;
        }
        if (isOver()) {
            end();
        } else if (patience == null) {
            patience = home.eventLoop().schedule(this::end, LONGEST_END_SECONDS, TimeUnit.SECONDS);
        }
    }

    /// Asks its plugins to end once no call-out is under way. One whose `proxy_on_done` answers 0
    /// goes on, with ticks and call-outs, until it calls `proxy_done`.
    private boolean isOver() {
        if (!ending) {
            if (wasm.outstandingCalls() > 0) {
                return false;
            }
            ending = true;
            roots.forEach(RootPlugin::shutDown);
        }
        return wasm.failure() != null || roots.stream().allMatch(RootPlugin::hasEnded);
    }

    /// Closes it at once, whatever it waits for; again is no error. No stream may be in it unless
    /// it has failed.
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        pauseTicks();
        onChange = () -> {};
        if (patience != null) {
            patience.cancel(false);
        }
        if (!dead && !ending) {
            roots.forEach(RootPlugin::shutDown);
        }
        dead = true;
        List.copyOf(calls).forEach(CallOut::cancel);
        wasm.close();
        memory.close();
        bundle.closed(this);
    }
}
