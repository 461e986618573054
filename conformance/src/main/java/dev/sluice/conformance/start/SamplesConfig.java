package dev.sluice.conformance.start;

import dev.sluice.host.demo.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A gateway with every sample on every request.
final class SamplesConfig {
    /// A field that an answer carries when the samples have seen it.
    static final String ANSWER_FIELD = "x-served-by";

    private SamplesConfig() {}

    /// Writes the samples and the config into `folder`; data is kept below it.
    ///
    /// @param address of the listener `http`
    /// @return the config's file
    static Path write(Path folder, String address) throws IOException {
        for (Sample each : Sample.ALL) {
            Files.write(folder.resolve(each.name() + ".wasm"), each.bytes());
        }
        return Files.writeString(
                folder.resolve("gateway.yaml"),
                """
                settings:
                  admin: { address: "127.0.0.1:0" }
                  dataDir: "%1$s/data"
                  accessLog: { path: "off" }
                listeners:
                  http: { address: "%2$s" }
                routes:
                  all: { respond: { status: 200, body: "hello" } }
                modules:
                  header-rules: { source: { file: { path: "%1$s/header-rules.wasm" } } }
                  api-key: { source: { file: { path: "%1$s/api-key.wasm" } } }
                  body-rewrite: { source: { file: { path: "%1$s/body-rewrite.wasm" } } }
                plugins:
                  header-rules:
                    module: header-rules
                    config: { response: { set: { %3$s: sluice } } }
                  api-key:
                    module: api-key
                    config: { header: x-api-key, consumers: [{ name: alice, key: k1 }] }
                  body-rewrite:
                    module: body-rewrite
                    config: { replace: [{ find: hello, with: goodbye }], mode: buffered }
                bindings:
                  header-rules: { plugin: header-rules, target: { global: true } }
                  api-key: { plugin: api-key, target: { global: true } }
                  body-rewrite: { plugin: body-rewrite, target: { global: true } }
                """
                        .formatted(folder.toAbsolutePath(), address, ANSWER_FIELD));
    }
}
