package dev.sluice.bench;

import dev.sluice.bench.peer.Plugin;
import dev.sluice.bench.peer.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A case that can be asked for by its name.
enum Case {
    PLAIN("h1-plain", "forwards") {
        @Override
        Task task(Path directory) {
            return new Task(List.of(), List.of(), null);
        }
    },
    TEN_EMPTY("h1-10-empty-rust", "passes ten plugins that do nothing") {
        @Override
        Task task(Path directory) throws IOException {
            Path module = module("bench-plugins/rust/empty", directory);
            var ten = new ArrayList<Plugin>();
            for (int i = 0; i < 10; i++) {
                ten.add(new Plugin("empty-" + i, module, "", "{}"));
            }
            return new Task(ten, null, null);
        }
    },
    CALLS_RUST("h1-calls20-rust", "passes a plugin of 20 host calls, in Rust") {
        @Override
        Task task(Path directory) throws IOException {
            return calls("rust", directory);
        }
    },
    CALLS_GO("h1-calls20-go", "passes a plugin of 20 host calls, in Go") {
        @Override
        Task task(Path directory) throws IOException {
            return calls("go", directory);
        }
    },
    CALLS_AS("h1-calls20-as", "passes a plugin of 20 host calls, in AssemblyScript") {
        @Override
        Task task(Path directory) throws IOException {
            return calls("assemblyscript", directory);
        }
    },
    HEADER_RULES("h1-header-rules", "sets two headers and removes one") {
        @Override
        Task task(Path directory) throws IOException {
            Path module = module("sdk-samples/rust/header-rules", directory);
            String config =
                    """
                    {"request": {"set": {"x-team": "a"}, "remove": ["referer"]},
                     "response": {"set": {"x-served-by": "bench"}}}
                    """;
            return new Task(
                    List.of(new Plugin("header-rules", module, "", config)),
                    List.of(
                            "proxy_set_header X-Team a;",
                            "proxy_set_header Referer \"\";",
                            "add_header X-Served-By bench;"),
                    new Task.Proof("x-team", "a"));
        }
    };

    private final String title;
    private final String says;

    Case(String title, String says) {
        this.title = title;
        this.says = says;
    }

    /// Its name on the command line and in the report.
    String title() {
        return title;
    }

    /// What a request does in it.
    String says() {
        return says;
    }

    /// What the proxies do, with the code of plugins put in `directory`.
    abstract Task task(Path directory) throws IOException;

    private static Task calls(String language, Path directory) throws IOException {
        Path module = module("bench-plugins/" + language + "/calls20", directory);
        return new Task(
                List.of(new Plugin("calls20", module, "", "{}")),
                null,
                new Task.Proof("x-calls", "20"));
    }

    private static Path module(String resource, Path directory) throws IOException {
        Path file = directory.resolve("plugin.wasm");
        try (InputStream code = Case.class.getResourceAsStream("/" + resource + "/plugin.wasm")) {
            if (code == null) {
                throw new IOException("no plugin " + resource);
            }
            Files.copy(code, file);
        }
        return file;
    }
}
