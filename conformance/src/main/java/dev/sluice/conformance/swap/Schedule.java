package dev.sluice.conformance.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.swap.Reference.Stage;
import dev.sluice.host.demo.Conversation.Verdict;
import dev.sluice.host.plugin.Bundle;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/// Random steps on a gateway and on its [Reference], which must agree.
///
/// Thread: one; an apply may be under way on another meanwhile.
final class Schedule {
    private final WitnessGateway gateway;
    private final HeldPace upstream;
    private final List<HeldClient> clients;
    private final Reference reference;
    private final Random random;
    private CompletableFuture<Void> apply = CompletableFuture.completedFuture(null);

    Schedule(WitnessGateway gateway, HeldPace upstream, List<HeldClient> clients, Random random) {
        this.gateway = gateway;
        this.upstream = upstream;
        this.clients = clients;
        this.random = random;
        reference = new Reference(clients.size(), gateway.timeline().oldest(), bundles());
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        applied();
        for (int client = 0; client < clients.size(); client++) {
            while (reference.stage(client) != Stage.IDLE) {
                advance(client);
            }
        }
        retired();
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0, 1 -> beginApply();
            case 2 -> applied();
            case 3 -> {
                applied();
                retired();
            }
            default -> advance(random.nextInt(clients.size()));
        }
    }

    /// The next step of a client's request: it starts, is called back, ends.
    private void advance(int client) {
        HeldClient asking = clients.get(client);
        switch (reference.stage(client)) {
            case IDLE -> {
                asking.ask();
                reference.started(client);
            }
            case STARTED -> {
                upstream.release(asking.line());
                reference.calledBack(client);
            }
            case CALLED_BACK -> {
                upstream.release(asking.line());
                assertThat(asking.verdict()).isInstanceOf(Verdict.Right.class);
                reference.ended(client);
            }
        }
    }

    private void beginApply() {
        applied();
        apply =
                CompletableFuture.runAsync(() -> {
                    try {
                        gateway.configure();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        reference.asked();
    }

    private void applied() {
        apply.join();
        reference.applied(bundles());
    }

    /// What has ended on both sides must be gone, and what has not must be there.
    private void retired() {
        for (int client = 0; client < clients.size(); client++) {
            if (reference.stage(client) != Stage.IDLE) {
                reference.bound(client, generation(upstream.await(clients.get(client).line())));
            }
        }
        reference.inUse().forEach(bundle -> assertThat(bundle.closed()).isNotDone());
        reference.retired().forEach(bundle -> Wait.until(bundle.closed()::isDone));
    }

    private List<Bundle> bundles() {
        return List.copyOf(gateway.live().bundles().values());
    }

    private static int generation(String request) {
        String name = "\nx-gen-request-1: ";
        int begin = request.indexOf(name) + name.length();
        return Integer.parseInt(request, begin, request.indexOf('\n', begin), 10);
    }
}
