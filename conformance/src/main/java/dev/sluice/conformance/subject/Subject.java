package dev.sluice.conformance.subject;

import java.util.List;
import java.util.stream.Stream;

/// Something that runs plugins, and shows what they saw and did.
///
/// Behind it are the upstreams `service` and `closed`, which [Service] describes; the former
/// answers what plugins let pass, too.
///
/// Thread: one at a time.
public interface Subject extends AutoCloseable {
    /// As `--against` names it.
    String name();

    /// Runs these plugins from now on and no others. Each sees the requests whose path begins with
    /// its name.
    ///
    /// @throws RefusedException when they cannot run
    void run(List<Plugin> plugins);

    /// Runs nothing any more; what is logged and arrives goes on growing.
    void remove();

    /// Sends so many requests at the same time, and waits for their answers. Where it can serve on
    /// several threads, it does.
    default void burst(Request request, int count) {
        List<Exchange> all = Stream.generate(() -> open(request)).limit(count).toList();
        all.forEach(Exchange::answer);
    }

    /// Begins a request, on a connection that is kept when there is an idle one.
    Exchange open(Request request);

    /// What was logged since [#run] was called, in order; it grows.
    List<LogLine> log();

    /// What upstreams were sent since [#run] was called, in order; it grows.
    List<Arrival> arrivals();

    /// Lets what waits happen, or a millisecond pass.
    void advance();

    /// In how many VMs a plugin is started.
    int startedVms();

    /// How many of them serve, and tick.
    int servingVms();

    /// The ABI version of a running plugin, such as `0.2.1`.
    String abiVersion(String plugin);

    /// The imports of a running plugin that only ever answer that they are not implemented.
    List<String> unimplementedImports(String plugin);

    @Override
    void close();
}
