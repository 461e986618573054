package dev.sluice.abi.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.GuestFailure.Kind;
import dev.sluice.abi.hostcall.Puppet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginContextTest {
    private final Puppet guest = new Puppet();

    @Test
    void startsInThreeStepsWithTheSizesOfTheConfigurations() {
        List<String> seen = new ArrayList<>();
        guest.script =
                (callback, argument) -> {
                    seen.add(callback + ":" + argument);
                    return 1;
                };

        StartResult result = guest.plugin.start();

        assertThat(result).isEqualTo(new StartResult.Started());
        assertThat(seen).containsExactly("1:1", "2:7", "3:4");
    }

    @ParameterizedTest
    @CsvSource({"2, proxy_on_vm_start", "3, proxy_on_configure"})
    void isRefusedByTheGuest(int refusing, String callback) {
        guest.script = (number, argument) -> number == refusing ? 0 : 1;

        assertThat(guest.plugin.start()).isEqualTo(new StartResult.Refused(callback));
        assertThat(guest.callbacks).endsWith(refusing);
    }

    @Test
    void failsWithTheVm() {
        guest.answering(
                1,
                () -> {
                    throw new IllegalStateException("boom");
                });

        StartResult result = guest.plugin.start();

        assertThat(result)
                .isInstanceOfSatisfying(
                        StartResult.Failed.class,
                        failed -> {
                            assertThat(failed.failure().kind()).isEqualTo(Kind.HOST);
                            assertThat(failed.failure().callback())
                                    .isEqualTo("proxy_on_context_create");
                        });
    }

    @Test
    void isGoneAtOnceWhenTheGuestIsDone() {
        boolean gone = guest.plugin.shutDown();

        assertThat(gone).isTrue();
        assertThat(guest.plugin.isDeleted()).isTrue();
        assertThat(guest.callbacks).containsExactly(10, 11);
    }

    @Test
    void waitsWhenTheGuestAsksForIt() {
        guest.answering(0, () -> {});

        assertThat(guest.plugin.shutDown()).isFalse();
        assertThat(guest.plugin.shutDown()).isFalse();
        assertThat(guest.plugin.isDeleted()).isFalse();
        assertThat(guest.callbacks).containsExactly(10);
    }

    @Test
    void doesNotTickAfterItsEnd() {
        guest.plugin.shutDown();

        guest.plugin.tick();

        assertThat(guest.callbacks).containsExactly(10, 11);
    }
}
