package dev.sluice.abi.engine;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.GuestFailure.Kind;
import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.spi.MemoryBudget;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.TableInstance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;

/// One instance of a compiled module.
///
/// Thread: the VM's.
public final class GuestInstance {
    private static final int PAGE = 1 << 16;
    private static final byte[] NO_MEMORY = {};

    private final CompiledModule code;
    private final int mostPages;
    private final MemoryBudget budget;
    private final Clock clock;
    private @Nullable FlatMemory memory;
    private @Nullable Instance instance;
    private @Nullable Machine machine;
    private long interpretedInstructions;

    /// @param memoryBytes most bytes of memory; rounded down to pages
    /// @param budget asked for every byte beyond the initial ones
    /// @param clock times growing
    public GuestInstance(CompiledModule code, long memoryBytes, MemoryBudget budget, Clock clock) {
        this.code = code;
        this.budget = budget;
        this.clock = clock;
        this.mostPages = (int) Math.min(memoryBytes / PAGE, PAGE);
    }

    /// Builds the instance on its host functions, in the order of the module's imports.
    public void link(List<BoundImport> imports, HostGate gate) {
        Instance built =
                Instance.builder(code.slim())
                        .withImportValues(importValues(imports, gate))
                        .withMachineFactory(code::machine)
                        .withMemoryFactory(this::newMemory)
                        .withTableFactory(GuestInstance::newTable)
                        .withUnsafeExecutionListener((_, _) -> interpretedInstructions++)
                        .withInitialize(false)
                        .withStart(false)
                        .build();
        instance = built;
        machine = built.getMachine();
    }

    /// Fills memory and tables and runs the module's start function.
    public void initialize() {
        linked().initialize(false);
    }

    /// The guest's memory; another array after every growth.
    public byte[] memory() {
        FlatMemory present = memory;
        return present == null ? NO_MEMORY : present.array();
    }

    /// Lets the guest's memory grow until that has taken so much CPU time; growing it once more is
    /// [Kind#BUDGET].
    public void grantGrowth(long nanos) {
        FlatMemory present = memory;
        if (present != null) {
            present.grantGrowth(nanos);
        }
    }

    /// Calls a function of the guest.
    ///
    /// @param arguments borrowed; read before the function begins
    /// @return its results, or null when it has none
    public long @Nullable [] call(int function, long[] arguments) {
        Machine present = machine;
        if (present == null) {
            throw new IllegalStateException("called while it is not linked");
        }
        return present.call(function, arguments);
    }

    /// Lets go of the guest, its memory first of all; it cannot be called any more.
    public void close() {
        memory = null;
        instance = null;
        machine = null;
    }

    /// How many instructions of functions that could not be compiled have run.
    public long interpretedInstructions() {
        return interpretedInstructions;
    }

    /// What an exception from [#call] or [#initialize] means.
    ///
    /// @param callback the export that was called
    /// @param interrupted whether the watchdog stopped it
    public GuestFailure failure(Throwable thrown, String callback, boolean interrupted) {
        CompiledModule module = code; // a failure must not hold on to the guest and its memory
        Supplier<List<String>> backtrace = () -> module.backtrace(thrown);
        return switch (thrown) {
            case GuestStopException stop ->
                    new GuestFailure(stop.kind(), callback, text(stop), backtrace);
            case WasmInterruptedException _ when interrupted ->
                    new GuestFailure(Kind.BUDGET, callback, "CPU budget used up", backtrace);
            case WasmInterruptedException _ ->
                    new GuestFailure(
                            Kind.HOST, callback, "thread interrupted from outside", backtrace);
            case StackOverflowError _ -> stackOverflow(callback, backtrace);
            case OutOfMemoryError _ ->
                    new GuestFailure(Kind.HOST, callback, "out of heap memory", backtrace);
            case Throwable other when other.getCause() instanceof StackOverflowError ->
                    stackOverflow(callback, backtrace);
            case Throwable other -> new GuestFailure(Kind.TRAP, callback, text(other), backtrace);
        };
    }

    private static GuestFailure stackOverflow(String callback, Supplier<List<String>> backtrace) {
        return new GuestFailure(Kind.STACK_OVERFLOW, callback, "call stack exhausted", backtrace);
    }

    private static String text(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }

    private Instance linked() {
        Instance present = instance;
        if (present == null) {
            throw new IllegalStateException("initialized while it is not linked");
        }
        return present;
    }

    private FlatMemory newMemory(MemoryLimits limits) {
        int maximum = Math.min(limits.maximumPages(), mostPages);
        FlatMemory built = new FlatMemory(limits.initialPages(), maximum, budget, clock);
        memory = built;
        return built;
    }

    /// A table of its own limits: growing one must not change the module that instances share.
    private static TableInstance newTable(Table table, int value) {
        TableLimits own = new TableLimits(table.limits().min(), table.limits().max());
        return new TableInstance(new Table(table.elementType(), own), value);
    }

    private ImportValues importValues(List<BoundImport> imports, HostGate gate) {
        ImportFunction[] functions = new ImportFunction[imports.size()];
        var section = code.slim().importSection();
        int next = 0;
        for (int i = 0; i < section.importCount(); i++) {
            Import each = section.getImport(i);
            if (each instanceof FunctionImport function) {
                BoundImport bound = imports.get(next);
                functions[next++] =
                        new ImportFunction(
                                each.module(),
                                each.name(),
                                code.slim().typeSection().getType(function.typeIndex()),
                                new HostEntry(gate, bound));
            }
        }
        var values = ImportValues.builder().addFunction(functions);
        MemoryLimits imported = ImportedMemory.limits(code.slim());
        if (imported != null) {
            values.addMemory(
                    new ImportMemory(
                            ImportedMemory.MODULE, ImportedMemory.NAME, newMemory(imported)));
        }
        return values.build();
    }
}
