package dev.sluice.abi.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.abi.FilterAction;
import dev.sluice.abi.hostcall.Puppet;
import dev.sluice.abi.testing.FakeStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private final Puppet guest = new Puppet();
    private final List<String> order = new ArrayList<>();
    private final FakeStream first = new FakeStream();
    private final FakeStream second = new FakeStream();

    @Test
    void ofANestedEntryComeAfterThoseThatWait() {
        StreamContext other = guest.plugin.openStream(second);
        first.onResume =
                () -> {
                    order.add("resume first");
                    guest.answering(0, guest::resume);
                    order.add("second " + other.onRequestHeaders(0, false));
                };
        second.onResume = () -> order.add("resume second");

        guest.inside(
                first,
                () -> {
                    guest.resume();
                    guest.reply(200);
                });

        assertThat(order)
                .containsExactly(
                        "resume first", "second CONTINUE", "resume second", "resume second");
        assertThat(first.effects).containsExactly("resume request", "reply 200");
    }

    @Test
    void happenEvenWhenOneThrows() {
        first.onResume =
                () -> {
                    throw new IllegalArgumentException("host bug");
                };

        assertThatThrownBy(() ->
                        guest.inside(
                                first,
                                () -> {
                                    guest.resume();
                                    guest.reply(200);
                                }))
                .hasMessage("host bug");

        assertThat(first.effects).containsExactly("resume request", "reply 200");
        guest.inside(second, guest::resume);
        assertThat(second.effects).containsExactly("resume request");
    }

    @Test
    void cannotEnterTheGuestFromInsideAHostCall() {
        StreamContext other = guest.plugin.openStream(second);

        guest.inside(
                first,
                () ->
                        assertThatThrownBy(() -> other.onRequestHeaders(0, false))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("entered from inside"));
    }

    @Test
    void ofAFailedCallbackAreForgottenAndEarlierOnesKept() {
        StreamContext other = guest.plugin.openStream(second);
        first.onResume =
                () -> {
                    guest.answering(
                            0,
                            () -> {
                                guest.resume();
                                throw new IllegalStateException("boom");
                            });
                    order.add(other.onRequestHeaders(0, false).name());
                };

        guest.inside(
                first,
                () -> {
                    guest.resume();
                    guest.reply(200);
                });

        assertThat(order).containsExactly(FilterAction.FAILED.name());
        assertThat(first.effects).containsExactly("resume request", "reply 200");
        assertThat(second.effects).isEmpty();
    }
}
