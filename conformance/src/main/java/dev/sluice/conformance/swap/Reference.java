package dev.sluice.conformance.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.plugin.Bundle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a swap promises, as a model: which generation each request may be in, and which generations
/// may not be gone yet.
///
/// Thread: one.
final class Reference {
    private final List<Request> requests = new ArrayList<>();
    private final Map<Integer, List<Bundle>> generations = new TreeMap<>();
    private int current;
    private boolean applying;

    /// Where a client's request stands.
    enum Stage {
        /// There is none.
        IDLE,
        /// It was sent.
        STARTED,
        /// The first part of its answer was sent.
        CALLED_BACK
    }

    private static final class Request {
        Stage stage = Stage.IDLE;
        int oldest;
        int newest;
    }

    /// @param bundles those of generation `current`
    Reference(int clients, int current, List<Bundle> bundles) {
        this.current = current;
        generations.put(current, bundles);
        for (int i = 0; i < clients; i++) {
            requests.add(new Request());
        }
    }

    Stage stage(int client) {
        return requests.get(client).stage;
    }

    void started(int client) {
        Request request = requests.get(client);
        request.stage = Stage.STARTED;
        request.oldest = current;
        request.newest = applying ? current + 1 : current;
    }

    void calledBack(int client) {
        requests.get(client).stage = Stage.CALLED_BACK;
    }

    void ended(int client) {
        requests.get(client).stage = Stage.IDLE;
    }

    /// An apply is under way; a request that the gateway has not read yet may see it.
    void asked() {
        applying = true;
        requests.stream()
                .filter(each -> each.stage == Stage.STARTED)
                .forEach(each -> each.newest = current + 1);
    }

    /// No apply is under way any more.
    ///
    /// @param bundles those that run now
    void applied(List<Bundle> bundles) {
        if (applying) {
            applying = false;
            current++;
            generations.put(current, bundles);
        }
    }

    /// The gateway has shown which generation a request is in.
    void bound(int client, int generation) {
        Request request = requests.get(client);
        assertThat(generation).isBetween(request.oldest, request.newest);
        request.oldest = generation;
        request.newest = generation;
    }

    /// Bundles that the current generation or a request needs; every request must be bound.
    List<Bundle> inUse() {
        Set<Integer> needed = needed();
        return generations.entrySet().stream()
                .filter(each -> needed.contains(each.getKey()))
                .flatMap(each -> each.getValue().stream())
                .toList();
    }

    /// Bundles that nothing needs; they are asked for once.
    List<Bundle> retired() {
        Set<Integer> needed = needed();
        List<Bundle> retired = new ArrayList<>();
        generations
                .entrySet()
                .removeIf(
                        each -> !needed.contains(each.getKey()) && retired.addAll(each.getValue()));
        return retired;
    }

    private Set<Integer> needed() {
        Set<Integer> needed = new HashSet<>(Set.of(current));
        requests.stream()
                .filter(each -> each.stage != Stage.IDLE)
                .forEach(each -> needed.add(each.oldest));
        return needed;
    }
}
