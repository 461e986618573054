package dev.sluice.host.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A sample plugin that comes with the program.
///
/// @param language the folder
/// @param name the plugin
public record Sample(String language, String name) {
    public static final Sample HEADER_RULES = new Sample("rust", "header-rules");
    public static final Sample API_KEY = new Sample("go", "api-key");
    public static final Sample BODY_REWRITE = new Sample("assemblyscript", "body-rewrite");
    public static final List<Sample> ALL = List.of(HEADER_RULES, API_KEY, BODY_REWRITE);

    /// Its module.
    public byte[] bytes() throws IOException {
        String path = "/sdk-samples/%s/%s/plugin.wasm".formatted(language, name);
        try (InputStream stream = Sample.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IOException("the sample %s is not part of this build".formatted(path));
            }
            return stream.readAllBytes();
        }
    }
}
