package dev.sluice.conformance.subject;

import dev.sluice.abi.LogLevel;
import dev.sluice.conformance.guest.Guests;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/// A plugin to run.
///
/// @param name also the first segment of the paths it sees
/// @param module its code
/// @param configuration what it is configured with
/// @param vm how its VM is built
/// @param rootId its root id
/// @param logLevel the least severe level of its log lines that is kept
@SuppressWarnings("ArrayRecordComponent") // bytes, never compared
public record Plugin(
        String name, byte[] module, String configuration, Vm vm, String rootId, LogLevel logLevel) {

    /// How a VM is built.
    ///
    /// @param id plugins with one id, which is not empty, share it
    /// @param configuration what it is started with
    /// @param environment what it sees as its environment
    /// @param mostCalls calls that one stream may have outstanding
    public record Vm(
            String id, String configuration, Map<String, String> environment, int mostCalls) {}

    /// The plugin `p` with this guest, with nothing configured.
    public static Plugin plugin(String guest) {
        return new Plugin(
                "p", Guests.bytes(guest), "", new Vm("", "", Map.of(), 16), "", LogLevel.TRACE);
    }

    /// This under another name.
    public Plugin named(String other) {
        return new Plugin(other, module, configuration, vm, rootId, logLevel);
    }

    /// This with other code.
    public Plugin of(byte[] other) {
        return new Plugin(name, other, configuration, vm, rootId, logLevel);
    }

    /// This with a configuration.
    public Plugin configured(String text) {
        return new Plugin(name, module, text, vm, rootId, logLevel);
    }

    /// This in the VM with an id.
    public Plugin inVm(String id) {
        return with(new Vm(id, vm.configuration(), vm.environment(), vm.mostCalls()));
    }

    /// This with a configuration of its VM.
    public Plugin vmConfigured(String text) {
        return with(new Vm(vm.id(), text, vm.environment(), vm.mostCalls()));
    }

    /// This with an environment.
    public Plugin environment(Map<String, String> variables) {
        return with(new Vm(vm.id(), vm.configuration(), variables, vm.mostCalls()));
    }

    /// This with a limit of outstanding calls.
    public Plugin mostCalls(int most) {
        return with(new Vm(vm.id(), vm.configuration(), vm.environment(), most));
    }

    /// This with a root id.
    public Plugin rooted(String id) {
        return new Plugin(name, module, configuration, vm, id, logLevel);
    }

    /// This with the level from which on lines are kept.
    public Plugin logging(LogLevel level) {
        return new Plugin(name, module, configuration, vm, rootId, level);
    }

    /// What plugins have in common that share a VM.
    public List<Object> vmKey() {
        return vm.id().isEmpty() ? List.of(name) : List.of(vm, ByteBuffer.wrap(module));
    }

    private Plugin with(Vm other) {
        return new Plugin(name, module, configuration, other, rootId, logLevel);
    }
}
