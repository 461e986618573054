package dev.sluice.abi.engine;

/// A function that crosses a module's border.
///
/// A type is the parameters, a colon, and the results: `i` for i32, `j` for i64, `f` for f32, `d`
/// for f64, `?` for the rest. `iij:i` takes two i32 and one i64 and gives an i32.
///
/// @param module the module it is imported from, or empty for an export
/// @param name its name
/// @param type its type
/// @param index its index among the module's functions
public record FunctionLink(String module, String name, String type, int index) {
    /// The name as messages show it.
    public String qualifiedName() {
        return module.isEmpty() ? name : module + "." + name;
    }
}
