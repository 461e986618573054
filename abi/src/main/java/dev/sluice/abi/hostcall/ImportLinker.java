package dev.sluice.abi.hostcall;

import dev.sluice.abi.engine.BoundImport;
import dev.sluice.abi.engine.FunctionLink;
import dev.sluice.abi.engine.HostFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which host call answers each of a module's imports.
///
/// An import of module `env` that begins with `proxy_` and is unknown, or one whose type is not the
/// host's, is linked to a stub of the module's own type that answers `UNIMPLEMENTED`.
///
/// Thread: any.
public final class ImportLinker {
    private static final Map<String, HostCall> PROXY = byName(ProxyTable.ALL);
    private static final Map<String, HostCall> WASI = byName(WasiTable.ALL);

    private final List<FunctionLink> imports;
    private final List<String> refused = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> mistyped = new ArrayList<>();
    private final List<String> unimplemented = new ArrayList<>();

    /// @param imports a module's imported functions, in order
    public ImportLinker(List<FunctionLink> imports) {
        this.imports = imports;
        imports.forEach(this::sort);
    }

    /// Imports that no tolerance covers.
    public List<String> refused() {
        return List.copyOf(refused);
    }

    /// Unknown functions of proxy-wasm.
    public List<String> unknown() {
        return List.copyOf(unknown);
    }

    /// Known functions imported with another type, with both types.
    public List<String> mistyped() {
        return List.copyOf(mistyped);
    }

    /// Names of the imports that answer `UNIMPLEMENTED` whatever they are asked.
    public List<String> unimplemented() {
        return List.copyOf(unimplemented);
    }

    /// The imports of one VM, in order.
    public List<BoundImport> bind(HostCalls calls) {
        return imports.stream().map(each -> bind(each, calls)).toList();
    }

    private void sort(FunctionLink link) {
        HostCall known = find(link);
        if (known == null) {
            boolean proxy = link.module().equals("env") && link.name().startsWith("proxy_");
            (proxy ? unknown : refused).add(link.qualifiedName());
        } else if (!known.type().equals(link.type())) {
            mistyped.add(
                    "%s: %s (expected: %s)"
                            .formatted(link.qualifiedName(), link.type(), known.type()));
        }
        if (binding(link) == null) {
            unimplemented.add(link.qualifiedName());
        }
    }

    private static BoundImport bind(FunctionLink link, HostCalls calls) {
        Function<HostCalls, HostFunction> binding = binding(link);
        HostCall known = find(link);
        if (binding == null || known == null) {
            return new BoundImport(link, stub(link), true);
        }
        return new BoundImport(link, binding.apply(calls), known.restricted());
    }

    private static @Nullable Function<HostCalls, HostFunction> binding(FunctionLink link) {
        HostCall known = find(link);
        return known == null || !known.type().equals(link.type()) ? null : known.binding();
    }

    /// A stub of the module's own type: `UNIMPLEMENTED`, WASI's word for it, or nothing.
    private static HostFunction stub(FunctionLink link) {
        int results = link.type().length() - link.type().indexOf(':') - 1;
        if (results == 0) {
            return _ -> null;
        }
        long[] answer = new long[results];
        answer[0] = link.module().equals("env") ? Result.UNIMPLEMENTED[0] : Errno.NOSYS[0];
        return _ -> answer;
    }

    private static @Nullable HostCall find(FunctionLink link) {
        return switch (link.module()) {
            case "env" -> PROXY.get(link.name());
            case "wasi_snapshot_preview1", "wasi_unstable" -> WASI.get(link.name());
            default -> null;
        };
    }

    private static Map<String, HostCall> byName(List<HostCall> calls) {
        return calls.stream().collect(Collectors.toUnmodifiableMap(HostCall::name, each -> each));
    }
}
