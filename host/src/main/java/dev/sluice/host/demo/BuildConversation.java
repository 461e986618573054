package dev.sluice.host.demo;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Asks [EchoUpstream] through a plugin that writes its build on requests and responses.
///
/// Thread: the load's event loop.
public final class BuildConversation implements Conversation {
    private final String host;
    private final Builds builds;
    private long number;
    private int lastBuild;

    /// The builds that have answered.
    ///
    /// Thread: any.
    public static final class Builds {
        private final Set<Integer> seen = ConcurrentHashMap.newKeySet();

        /// Whether some answer came from this build.
        public boolean has(int build) {
            return seen.contains(build);
        }

        private void add(int build) {
            seen.add(build);
        }
    }

    private BuildConversation(String host, Builds builds) {
        this.host = host;
        this.builds = builds;
    }

    /// One for each of `connections` clients.
    ///
    /// @param host whom they ask for
    /// @param builds takes what they see
    public static List<Conversation> many(int connections, String host, Builds builds) {
        var all = new ArrayList<Conversation>();
        for (int i = 0; i < connections; i++) {
            all.add(new BuildConversation(host, builds));
        }
        return all;
    }

    @Override
    public FullHttpRequest next() {
        number++;
        var request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.GET,
                        "/load/" + number,
                        Unpooled.EMPTY_BUFFER);
        request.headers().set("host", host);
        return request;
    }

    @Override
    public Verdict judge(FullHttpResponse answer) {
        String body = answer.content().toString(StandardCharsets.UTF_8);
        if (answer.status().code() != 200 || !body.startsWith("GET /load/" + number + "\n")) {
            return new Verdict.Wrong("a wrong answer: %s %s".formatted(answer.status(), body));
        }
        String outward = answer.headers().get("x-build", "");
        int build = BuildId.number(outward);
        boolean mixed = build < lastBuild || !body.contains("\nx-build: " + outward + "\n");
        lastBuild = Math.max(lastBuild, build);
        if (build >= 0) {
            builds.add(build);
        }
        return mixed
                ? new Verdict.Mixed(
                        "two generations in one answer, or one that went backwards: " + outward)
                : new Verdict.Right(Long.parseLong(answer.headers().get("x-upstream-micros", "0")));
    }
}
