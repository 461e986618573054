package dev.sluice.abi.context;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.callback.Callback;
import dev.sluice.abi.callback.GuestCallbacks;
import dev.sluice.abi.engine.GuestInstance;
import dev.sluice.abi.engine.HostGate;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.abi.spi.LogSink;
import dev.sluice.abi.spi.PluginHost;
import org.jspecify.annotations.Nullable;

/// All contexts of one VM, and the door into its guest. Not for the gateway.
///
/// Thread: the VM's.
public final class GuestContexts {
    private final GuestInstance instance;
    private final GuestCallbacks callbacks;
    private final HostGate gate;
    private final VmSettings settings;
    private final long callbackNanos;
    private final long startNanos;
    private final IntTable<GuestContext> contexts = new IntTable<>();
    private final EffectQueue effects = new EffectQueue();
    private final CallOuts calls;
    private final EffectiveContext effective;

    private GuestSlot slot;
    private int lastId;
    private int streams;
    private boolean closed;
    private @Nullable GuestFailure failure;

    private boolean inside;
    private int effectsBefore;
    private Callback running = Callback.START;
    private @Nullable Throwable thrown;

    /// @param startLog takes the lines logged before there is a plugin
    @SuppressWarnings("exports") // made inside the module only
    public GuestContexts(
            GuestInstance instance,
            GuestCallbacks callbacks,
            HostGate gate,
            VmSettings settings,
            GuestSlot slot,
            LogSink startLog) {
        this.instance = instance;
        this.callbacks = callbacks;
        this.gate = gate;
        this.settings = settings;
        this.slot = slot;
        this.callbackNanos = settings.limits().callbackBudget().toNanos();
        this.startNanos = settings.limits().startBudget().toNanos();
        this.calls =
                new CallOuts(settings.limits().callouts(), settings.limits().calloutsPerStream());
        this.effective = new EffectiveContext(settings, startLog, contexts, effects, calls);
    }

    /// Runs the module's start function and `_initialize` with `main`, or `_start`.
    ///
    /// @return why it failed, or null
    public @Nullable GuestFailure initialize() {
        gate.trap();
        if (!enter(null, null, Callback.START, startNanos)) {
            return failure;
        }
        try {
            instance.initialize();
            runEntryPoints();
        } catch (RuntimeException | Error e) {
            thrown(e);
        }
        leave();
        gate.open();
        return failure;
    }

    /// Adds a root context.
    public PluginContext addPlugin(PluginSettings plugin, PluginHost host) {
        PluginContext added = new PluginContext(this, nextId(), plugin, host);
        contexts.put(added.id, added);
        return added;
    }

    /// Names the slot, and with it the thread, that enters the guest from now on.
    public void handOver(GuestSlot next) {
        slot = next;
    }

    /// Why the guest can no longer be entered, or null.
    public @Nullable GuestFailure failure() {
        return failure;
    }

    /// How many streams have a context.
    public int streams() {
        return streams;
    }

    /// How many HTTP calls have not been answered.
    public int outstandingCalls() {
        return calls.size();
    }

    /// Forgets everything; the guest is never entered again.
    public void close() {
        closed = true;
        contexts.clear();
        effects.clear();
        calls.clear();
        streams = 0;
    }

    /// What host calls act on.
    public EffectiveContext effective() {
        return effective;
    }

    /// Buffer 6.
    byte[] vmConfiguration() {
        return settings.vmConfiguration();
    }

    GuestCallbacks callbacks() {
        return callbacks;
    }

    boolean headersStopAlone() {
        return settings.headersStopAlone();
    }

    StreamContext openStream(PluginContext root, HttpStream host) {
        StreamContext opened = new StreamContext(this, nextId(), root, host);
        contexts.put(opened.id, opened);
        streams++;
        return opened;
    }

    void forget(StreamContext gone) {
        if (contexts.remove(gone.id) != null) {
            streams--;
        }
    }

    void forget(PluginContext gone) {
        contexts.remove(gone.id);
    }

    boolean answered(int token, PluginContext root) {
        return calls.close(token, root);
    }

    /// Whether the guest could be entered.
    boolean usable() {
        return failure == null && !closed;
    }

    /// Begins an outermost entry; [#leave] must follow when the answer is true.
    boolean enter(@Nullable PluginContext root, @Nullable StreamContext own, Callback first) {
        return enter(root, own, first, callbackNanos);
    }

    boolean enterToStart(PluginContext root, Callback first) {
        return enter(root, null, first, startNanos);
    }

    /// Names the callback that is about to run.
    void run(Callback callback) {
        running = callback;
    }

    /// Notes that the entry ended with an exception.
    void thrown(Throwable exception) {
        thrown = exception;
    }

    /// Ends the entry and carries out what was staged.
    ///
    /// @return whether the guest returned normally
    boolean leave() {
        boolean interrupted = slot.exit();
        inside = false;
        effective.clear();
        Throwable exception = thrown;
        if (exception != null) {
            thrown = null;
            failure = instance.failure(exception, running.exportName(), interrupted);
            effects.truncate(effectsBefore);
        }
        effects.drain();
        return exception == null;
    }

    private boolean enter(
            @Nullable PluginContext root,
            @Nullable StreamContext own,
            Callback first,
            long budget) {
        if (Thread.currentThread() != slot.thread()) {
            throw new IllegalStateException(
                    "entered on %s (expected: %s)"
                            .formatted(Thread.currentThread().getName(), slot.thread().getName()));
        }
        if (!usable()) {
            return false;
        }
        if (inside) {
            throw new IllegalStateException(
                    "%s entered from inside %s"
                            .formatted(first.exportName(), running.exportName()));
        }
        inside = true;
        running = first;
        effective.set(root, own);
        effectsBefore = effects.size();
        gate.grant(settings.limits().hostCalls());
        instance.grantGrowth(budget / 2);
        slot.enter(budget);
        return true;
    }

    private void runEntryPoints() {
        if (callbacks.has(Callback.INITIALIZE)) {
            run(Callback.INITIALIZE);
            callbacks.call(Callback.INITIALIZE);
            if (callbacks.has(Callback.MAIN)) {
                run(Callback.MAIN);
                callbacks.call(Callback.MAIN, 0, 0);
            } else if (callbacks.has(Callback.MAIN_VOID)) {
                run(Callback.MAIN_VOID);
                callbacks.call(Callback.MAIN_VOID);
            }
        } else if (callbacks.has(Callback.START)) {
            run(Callback.START);
            callbacks.call(Callback.START);
        }
    }

    private int nextId() {
        do {
            lastId = (lastId + 1) & Integer.MAX_VALUE;
        } while (lastId == 0 || contexts.get(lastId) != null);
        return lastId;
    }
}
