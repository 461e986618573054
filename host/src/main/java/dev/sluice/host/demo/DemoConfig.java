package dev.sluice.host.demo;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/// The configs of the demo, as a user would write them.
final class DemoConfig {
    private DemoConfig() {}

    /// One listener and three routes, no plugins.
    static String gateway(Path dataDir, int loops, InetSocketAddress upstream) {
        return """
        settings:
          admin: { address: "127.0.0.1:0" }
          dataDir: %s
          accessLog: { path: "off" }
          loops: %d
        listeners:
          http: { address: "127.0.0.1:0", protocols: [h1], limits: { requestsPerConnection: 1000000 } }
        domains:
          members: { hosts: ["members.localhost"] }
        upstreams:
          echo: { endpoints: ["127.0.0.1:%d"] }
        routes:
          page: { match: { path: { prefix: /page } }, upstream: echo }
          everything: { match: { path: { prefix: / } }, upstream: echo }
        """
                .formatted(quoted(dataDir), loops, upstream.getPort());
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// A module from the demo's registry.
    static String module(String name, String reference) {
        return """
        {"modules": {"%s": {"source": {"oci": {"ref": "%s", "plainHttp": true}}}}}
        """
                .formatted(name, reference);
    }

    /// `header-rules` on everything.
    static String headerRules(String reference) {
        return """
        {"modules": {"header-rules": {"source": {"oci": {"ref": "%s", "plainHttp": true}}}},
         "plugins": {"header-rules": {"module": "header-rules", "config": {
            "request": {"set": {"x-build": "${build}"}, "remove": ["x-secret"]},
            "response": {"set": {"x-build": "${build}"}}}}},
         "bindings": {"rules-everywhere": {"plugin": "header-rules", "target": {"global": true}}}}
        """
                .formatted(reference);
    }

    /// `api-key` on the domain `members`.
    static String apiKey(String reference) {
        return """
        {"modules": {"api-key": {"source": {"oci": {"ref": "%s", "plainHttp": true}}}},
         "plugins": {"api-key": {"module": "api-key", "config": {
            "header": "x-api-key", "consumers": [{"name": "alice", "key": "k1"}]}}},
         "bindings": {"keys-for-members": {"plugin": "api-key", "target": {"domain": "members"},
            "phase": "authn"}}}
        """
                .formatted(reference);
    }

    /// `body-rewrite` on the route `page`.
    static String bodyRewrite(String reference) {
        return """
        {"modules": {"body-rewrite": {"source": {"oci": {"ref": "%s", "plainHttp": true}}}},
         "plugins": {"body-rewrite": {"module": "body-rewrite", "config": {
            "replace": [{"find": "foo", "with": "bar"}], "mode": "buffered"}}},
         "bindings": {"rewrite-page": {"plugin": "body-rewrite", "target": {"route": "page"}}}}
        """
                .formatted(reference);
    }
}
