package dev.sluice.abi.hostcall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.callback.GuestCallbacks;
import dev.sluice.abi.callback.GuestExports;
import dev.sluice.abi.context.GuestContexts;
import dev.sluice.abi.context.PluginContext;
import dev.sluice.abi.context.PluginSettings;
import dev.sluice.abi.context.StreamContext;
import dev.sluice.abi.context.VmSettings;
import dev.sluice.abi.engine.BoundImport;
import dev.sluice.abi.engine.CodeLimits;
import dev.sluice.abi.engine.CompiledModule;
import dev.sluice.abi.engine.GuestInstance;
import dev.sluice.abi.engine.HostGate;
import dev.sluice.abi.engine.ParsedModule;
import dev.sluice.abi.spi.MemoryBudget;
import dev.sluice.abi.testing.FakeClock;
import dev.sluice.abi.testing.FakeHost;
import dev.sluice.abi.testing.FakeStream;
import dev.sluice.abi.testing.Wat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The guest of `script.wat`, whose callbacks run what the test says, with the host calls at hand.
public final class Puppet {
    static final int RESULT = 16;
    static final int RESULT_SIZE = 20;
    static final int RESULT_CAS = 24;
    private static final CodeLimits LIMITS =
            new CodeLimits(1 << 20, 1000, 1 << 20, 1000, 1000, 1 << 24);
    private static final CompiledModule CODE =
            CompiledModule.load(
                    ParsedModule.parse(Wat.bytes("script"), LIMITS).compile("plugin.puppet.M"));

    /// What a callback does: its number, its argument, its result.
    @FunctionalInterface
    public interface Script {
        int run(int callback, int argument);
    }

    public final GuestSlot slot = new GuestSlot(Thread.currentThread());
    public final FakeHost host = new FakeHost();
    public final GuestContexts contexts;
    public final PluginContext plugin;
    final GuestInstance instance;
    public final HostCalls calls;
    public final List<Integer> callbacks = new ArrayList<>();
    public Script script = (callback, argument) -> 1;
    private int scratch = 1024;
    private AssertionError thrown;

    public Puppet() {
        this(AbiVersion.V0_2_1, VmLimits.defaults());
    }

    public Puppet(AbiVersion version, VmLimits limits) {
        this(version, limits, false);
    }

    public Puppet(AbiVersion version, VmLimits limits, boolean headersStopAlone) {
        instance =
                new GuestInstance(
                        CODE, limits.memoryBytes(), MemoryBudget.UNLIMITED, new FakeClock());
        HostGate gate = new HostGate(Result.INTERNAL_FAILURE);
        GuestCallbacks guest =
                new GuestCallbacks(instance, new GuestExports(CODE.surface().exports()));
        VmSettings settings = new VmSettings("vm-1", bytes("vm-conf"), limits, headersStopAlone);
        contexts = new GuestContexts(instance, guest, gate, settings, slot, host);
        calls =
                new HostCalls(
                        instance,
                        guest,
                        contexts.effective(),
                        gate,
                        new FakeClock(),
                        version,
                        Map.of("COLOUR", "blue"));
        instance.link(
                List.of(new BoundImport(CODE.surface().imports().getFirst(), this::script, false)),
                gate);
        contexts.initialize();
        plugin = contexts.addPlugin(new PluginSettings("test-plugin", "root", bytes("conf")), host);
    }

    /// Makes every callback of the guest run `action` and answer `result`.
    public void answering(int result, Runnable action) {
        script =
                (callback, argument) -> {
                    action.run();
                    return result;
                };
    }

    /// Runs `action` inside `proxy_on_request_headers` of `stream`.
    public StreamContext inside(FakeStream stream, Runnable action) {
        StreamContext context = plugin.openStream(stream);
        script =
                (callback, argument) -> {
                    if (callback == 5) {
                        action.run();
                    }
                    return 0;
                };
        context.onRequestHeaders(0, false);
        rethrow();
        script = (callback, argument) -> 0;
        return context;
    }

    /// From inside: `proxy_continue_stream` of the request.
    public void resume() {
        calls.streams.resume(args(0));
    }

    /// From inside: `proxy_send_local_response`.
    public void reply(int status) {
        calls.streams.sendLocalResponse(args(status, 0, 0, 0, 0, 0, 0, -1));
    }

    /// Runs `action` inside `proxy_on_tick`.
    public void insideRoot(Runnable action) {
        script =
                (callback, argument) -> {
                    if (callback == 4) {
                        action.run();
                    }
                    return 0;
                };
        plugin.tick();
        rethrow();
        script = (callback, argument) -> 0;
    }

    /// Writes a text where the guest could have it, and answers where.
    int put(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        System.arraycopy(bytes, 0, instance.memory(), scratch, bytes.length);
        scratch += bytes.length;
        return scratch - bytes.length;
    }

    int word(int at) {
        return GuestMemory.readInt(instance.memory(), at);
    }

    void word(int at, int value) {
        GuestMemory.writeInt(instance.memory(), at, value);
    }

    /// The bytes that the last call gave at the usual return addresses.
    String given() {
        return new String(instance.memory(), word(RESULT), word(RESULT_SIZE), ISO_8859_1);
    }

    int allocations() {
        return word(0);
    }

    static long[] args(long... arguments) {
        return arguments;
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private long[] script(long[] arguments) {
        callbacks.add((int) arguments[0]);
        try {
            return new long[] {script.run((int) arguments[0], (int) arguments[1])};
        } catch (AssertionError e) {
            thrown = e;
            throw e;
        }
    }

    /// An assertion that fails inside the guest fails the VM; the test must still see it.
    private void rethrow() {
        if (thrown != null) {
            throw thrown;
        }
    }
}
