package dev.sluice.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Where in an artifact its Wasm module lies.
public sealed interface ModuleLocation {
    /// The layer is the module.
    ///
    /// @param layer the layer to fetch
    /// @param rule the words for the rule that chose it
    record Raw(Descriptor layer, String rule) implements ModuleLocation {}

    /// A tar archive holds the module; the first layer that has one decides.
    ///
    /// @param layers tar layers, the last of the manifest first
    record Archived(List<Descriptor> layers) implements ModuleLocation {
        /// Copies the list.
        public Archived {
            layers = List.copyOf(layers);
        }
    }

    /// The only layer says nothing about itself; its first bytes decide.
    ///
    /// @param layer the layer to fetch
    record Unmarked(Descriptor layer) implements ModuleLocation {}

    /// No rule fits.
    ///
    /// @param found what was there and what is accepted
    record Unsupported(String found) implements ModuleLocation {}

    /// Applies the rules of layer selection in their order.
    static ModuleLocation in(ImageManifest manifest) {
        var layers = manifest.layers();
        var plain = withType(layers, MediaTypes.WASM);
        if (!plain.isEmpty()) {
            return single(plain, MediaTypes.WASM + " layer", layers);
        }
        for (var type : List.of(MediaTypes.MODULE_WASM, MediaTypes.OLD_WASM)) {
            var typed = withType(layers, type);
            if (!typed.isEmpty()) {
                return single(typed, type + " layer", layers);
            }
        }
        if (!layers.isEmpty() && MediaTypes.isTar(layers.getLast().mediaType())) {
            return new Archived(
                    layers.reversed().stream()
                            .filter(layer -> MediaTypes.isTar(layer.mediaType()))
                            .toList());
        }
        var titled = matching(layers, layer -> layer.title().endsWith(".wasm"));
        if (!titled.isEmpty()) {
            return single(titled, "layer titled *.wasm", layers);
        }
        return layers.size() == 1 && !layers.getFirst().mediaType().endsWith("zstd")
                ? new Unmarked(layers.getFirst())
                : unsupported("no layer holds a module", layers);
    }

    /// A refusal that lists the layers of `manifest` and what would have been accepted.
    static Unsupported refuse(String why, ImageManifest manifest) {
        return unsupported(why, manifest.layers());
    }

    private static ModuleLocation single(
            List<Descriptor> candidates, String rule, List<Descriptor> all) {
        if (candidates.size() == 1) {
            return new Raw(candidates.getFirst(), rule);
        }
        var named = matching(candidates, layer -> layer.title().equals("plugin.wasm"));
        return named.size() == 1
                ? new Raw(named.getFirst(), rule + " titled plugin.wasm")
                : unsupported("several modules and none or many titled plugin.wasm", all);
    }

    private static Unsupported unsupported(String why, List<Descriptor> layers) {
        var found = new ArrayList<String>();
        for (var layer : layers) {
            var title = layer.title().isEmpty() ? "" : " titled " + Quoted.value(layer.title());
            found.add(
                    "%s%s, %d bytes"
                            .formatted(Quoted.value(layer.mediaType()), title, layer.size()));
        }
        return new Unsupported(
                "%s; found: %s; accepted: one %s, %s or %s layer, a last layer of tar or tar+gzip with plugin.wasm, a layer titled *.wasm, a single layer that is a module"
                        .formatted(
                                why,
                                found.isEmpty() ? "no layers" : String.join("; ", found),
                                MediaTypes.WASM,
                                MediaTypes.MODULE_WASM,
                                MediaTypes.OLD_WASM));
    }

    private static List<Descriptor> withType(List<Descriptor> layers, String type) {
        return matching(layers, layer -> layer.mediaType().equals(type));
    }

    private static List<Descriptor> matching(
            List<Descriptor> layers, Predicate<Descriptor> predicate) {
        return layers.stream().filter(predicate).toList();
    }
}
