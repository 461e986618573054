package dev.sluice.conformance.swap;

import dev.sluice.conformance.Run;
import dev.sluice.host.Experiment;
import dev.sluice.host.loop.LoopThreads;
import dev.sluice.host.loop.Transport;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// T11: random schedules of request start, callback, end, apply and retire against a model.
///
/// The system property `seed` repeats a run.
final class ModelCheck {
    private static final int CLIENTS = 8;
    private static final int STEPS = 60;

    private ModelCheck() {}

    static void schedules(Run run) throws IOException {
        int schedules = run.longForm() ? 300 : 20;
        long seed = Long.getLong("seed", System.nanoTime());
        var pace = new HeldPace();
        var group =
                new MultiThreadIoEventLoopGroup(
                        1,
                        LoopThreads.prompt("conformance-client", true),
                        Transport.best().handlers());
        try (var upstream = new TwoPartUpstream(Witness.ADDRESSES, pace);
                var gateway = new WitnessGateway(run.folder(), Experiment.none(), upstream)) {
            List<HeldClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                var conversation = new WitnessConversation(i, gateway.timeline());
                clients.add(new HeldClient(group, gateway.address(), conversation));
            }
            for (int i = 0; i < schedules; i++) {
                var random = new Random(seed + i);
                new Schedule(gateway, pace, clients, random).run(STEPS);
            }
            clients.forEach(HeldClient::close);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
        } finally {
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
