package dev.sluice.bench.jmh;

import dev.sluice.host.filter.Chain;
import dev.sluice.host.http.Fields;
import dev.sluice.host.route.Route;
import dev.sluice.host.route.RouteMatch;
import dev.sluice.host.route.RouteTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Finding the route of a request among prefixes of one domain; the last one matches.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouteBenchmark {
    /// How many routes the domain has.
    @Param({"1", "10", "100"})
    public int routes;

    private RouteTable table = table(1);
    private Fields request = Requests.browser("/service-0/orders/42?page=2");

    /// Builds the table.
    @Setup
    public void build() {
        table = table(routes);
        request = Requests.browser("/service-%d/orders/42?page=2".formatted(routes - 1));
    }

    /// Host and path.
    @Benchmark
    public Route find() {
        return table.find(request);
    }

    private static RouteTable table(int routes) {
        var entries = new ArrayList<RouteTable.Entry>();
        for (int i = 0; i < routes; i++) {
            var path = new RouteMatch.Path.Prefix("/service-" + i);
            entries.add(
                    new RouteTable.Entry(
                            new RouteMatch(path, Set.of(), List.of()), route("route-" + i)));
        }
        var builder = new RouteTable.Builder();
        builder.add("shop.example.com", new RouteTable.DomainRoutes(entries, route("otherwise")));
        return builder.build(RouteTable.DomainRoutes.nothing());
    }

    private static Route route(String name) {
        var answer = new Route.Action.Respond(200, "text/plain", new byte[0], "bench");
        return new Route(name, Chain.empty(), answer, Duration.ZERO);
    }
}
