package dev.sluice.host.plugin;

import dev.sluice.host.loop.Loop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a bundle has on each serving loop: a VM or none, and what became of those who entered.
///
/// Thread: each slot is its loop's; what concerns all of them may be asked from any.
final class Slots {
    private final List<Loop> loops;
    private final List<Slot> slots;

    private static final class Slot {
        private final Entries entries = new Entries();
        private @Nullable PluginVm vm;

        /// Whether it gets its next VM in a moment.
        private boolean awaited;

        private final Set<LatePlugin> waiting = new LinkedHashSet<>();
    }

    Slots(List<Loop> loops) {
        this.loops = List.copyOf(loops);
        slots = loops.stream().map(_ -> new Slot()).toList();
    }

    /// The VM that a stream on the current loop may enter, or null.
    @Nullable PluginVm enter(Loop loop) {
        return slots.get(loop.index()).vm;
    }

    /// A stream that began at `startNanos` has left its VM unharmed, on the current loop.
    void left(Loop loop, long startNanos) {
        slots.get(loop.index()).entries.left(startNanos);
    }

    /// An entry has failed, on the current loop.
    void lost(Loop loop, long nowNanos) {
        slots.get(loop.index()).entries.lost(nowNanos);
    }

    /// Whether `vm` serves the current loop.
    boolean has(Loop loop, PluginVm vm) {
        return loop.index() < slots.size() && slots.get(loop.index()).vm == vm;
    }

    /// Gives the current loop a VM, or none.
    void put(Loop loop, @Nullable PluginVm vm) {
        slots.get(loop.index()).vm = vm;
        if (vm != null) {
            awaited(loop, false);
        }
    }

    /// Whether the current loop, which has no VM, gets one in a moment.
    boolean isAwaited(Loop loop) {
        return slots.get(loop.index()).awaited;
    }

    /// Notes whether the current loop gets a VM in a moment; when not, or not any more, who waited
    /// for it looks again, in a turn of its own.
    void awaited(Loop loop, boolean soon) {
        Slot slot = slots.get(loop.index());
        slot.awaited = soon;
        if (!soon && !slot.waiting.isEmpty()) {
            List<LatePlugin> all = List.copyOf(slot.waiting);
            slot.waiting.clear();
            all.forEach(each -> loop.execute(each::look));
        }
    }

    /// Has `who` look again when the current loop's wait is over.
    void await(Loop loop, LatePlugin who) {
        slots.get(loop.index()).waiting.add(who);
    }

    /// `who` does not wait on the current loop any more.
    void forget(Loop loop, LatePlugin who) {
        slots.get(loop.index()).waiting.remove(who);
    }

    /// Takes the VM of every loop away and gives it to `owner`, on that loop.
    void empty(Consumer<PluginVm> owner) {
        loops.forEach(loop -> loop.execute(() -> awaited(loop, false)));
        onEach(slot -> {
            PluginVm vm = slot.vm;
            slot.vm = null;
            if (vm != null) {
                owner.accept(vm);
            }
        });
    }

    /// Runs `action` with the VM of every loop that has one, on that loop.
    void withEach(Consumer<PluginVm> action) {
        onEach(slot -> {
            if (slot.vm != null) {
                action.accept(slot.vm);
            }
        });
    }

    /// Forgets what became of the streams so far.
    ///
    /// @return completes when every loop has
    CompletableFuture<Void> forget() {
        return onEach(slot -> slot.entries.clear());
    }

    /// What is counted on all loops in the ten seconds up to `nowNanos`.
    Entries.Sum sum(long nowNanos) {
        var sum = new Entries.Sum(0, 0);
        for (Slot each : slots) {
            sum = sum.plus(each.entries.sum(nowNanos));
        }
        return sum;
    }

    private CompletableFuture<Void> onEach(Consumer<Slot> change) {
        return CompletableFuture.allOf(
                loops.stream()
                        .map(loop ->
                                CompletableFuture.runAsync(
                                        () -> change.accept(slots.get(loop.index())), loop))
                        .toArray(CompletableFuture<?>[]::new));
    }
}
