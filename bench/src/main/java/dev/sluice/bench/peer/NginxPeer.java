package dev.sluice.bench.peer;

import dev.sluice.bench.machine.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// nginx with one worker, as a proxy.
public final class NginxPeer implements Peer {
    private final int core;

    /// @param core where it runs
    public NginxPeer(int core) {
        this.core = core;
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public @Nullable String missing(Task task) {
        if (task.nginx() == null) {
            return "it runs no such plugins";
        }
        return Programs.find("nginx").isPresent()
                ? null
                : "it is not installed (apt-get install nginx-light)";
    }

    @Override
    public Running start(Task task, int upstreamPort, Path directory)
            throws IOException, InterruptedException {
        List<String> own = task.nginx();
        int port = Loopback.freePort();
        String http =
                """
                  upstream backend {
                    server 127.0.0.1:%d;
                    keepalive 128;
                    keepalive_requests 1000000000;
                  }
                  server {
                    listen 127.0.0.1:%d;
                    location / {
                      proxy_pass http://backend;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $http_host;
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                      proxy_set_header X-Forwarded-Proto $scheme;
                      proxy_set_header X-Forwarded-Host $http_host;
                      proxy_set_header X-Request-Id $request_id;
                      %s
                    }
                  }
                """
                        .formatted(upstreamPort, port, own == null ? "" : String.join("\n", own));
        Child child = start(core, port, directory, http);
        return new Running(name(), child, port, 0);
    }

    /// Starts an nginx and waits for its port.
    ///
    /// @param http the inner part of its `http` block
    static Child start(int core, int port, Path directory, String http)
            throws IOException, InterruptedException {
        Path config = directory.resolve("nginx.conf");
        Path log = directory.resolve("nginx.log");
        Files.writeString(
                config,
                """
                daemon off;
                worker_processes 1;
                pid %1$s/nginx.pid;
                error_log stderr warn;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  keepalive_timeout 600s;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                %2$s
                }
                """
                        .formatted(directory, http));
        String program = Programs.find("nginx").orElseThrow().toString();
        Child child =
                Child.start(
                        core,
                        log,
                        List.of(program, "-c", config.toString(), "-p", directory.toString()));
        try {
            Loopback.awaitPort(child, port, log);
        } catch (IOException | InterruptedException e) {
            child.close();
            throw e;
        }
        return child;
    }
}
