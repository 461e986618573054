package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.Puppet.RESULT;
import static dev.sluice.abi.hostcall.Puppet.RESULT_SIZE;
import static dev.sluice.abi.hostcall.Puppet.args;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.context.PluginContext;
import dev.sluice.abi.context.PluginSettings;
import dev.sluice.abi.testing.FakeHost;
import dev.sluice.abi.testing.FakeStream;
import org.junit.jupiter.api.Test;

class ContextCallsTest {
    private final Puppet guest = new Puppet();

    @Test
    void actsOnTheEffectiveContextUntilTheCallbackReturns() {
        FakeStream first = new FakeStream("n", "first");
        FakeStream second = new FakeStream("n", "second");
        guest.inside(first, () -> {});

        guest.inside(
                second,
                () -> {
                    assertThat(guest.calls.context.setEffective(args(2))).containsExactly(0);
                    guest.calls.streams.resume(args(0));
                    guest.calls.headers.value(args(0, guest.put("n"), 1, RESULT, RESULT_SIZE));
                });
        String seenBefore = guest.given();
        guest.inside(
                second,
                () -> guest.calls.headers.value(args(0, guest.put("n"), 1, RESULT, RESULT_SIZE)));

        assertThat(seenBefore).isEqualTo("first");
        assertThat(guest.given()).isEqualTo("second");
        assertThat(first.effects).containsExactly("resume request");
        assertThat(second.effects).isEmpty();
    }

    @Test
    void refusesAnUnknownContextAndKeepsThePresentOne() {
        FakeStream stream = new FakeStream("n", "own");

        guest.inside(
                stream,
                () -> {
                    assertThat(guest.calls.context.setEffective(args(77))).containsExactly(2);
                    assertThat(guest.calls.context.setEffective(args(0))).containsExactly(2);
                    guest.calls.headers.value(args(0, guest.put("n"), 1, RESULT, RESULT_SIZE));
                });

        assertThat(guest.given()).isEqualTo("own");
    }

    @Test
    void cannotReachAStreamThatIsClosed() {
        guest.inside(new FakeStream(), () -> {}).close();

        guest.insideRoot(
                () -> assertThat(guest.calls.context.setEffective(args(2))).containsExactly(2));
    }

    @Test
    void logsToThePluginOfTheEffectiveContext() {
        FakeHost other = new FakeHost();
        PluginContext added =
                guest.contexts.addPlugin(new PluginSettings("b", "b", new byte[0]), other);

        guest.insideRoot(() -> {
            assertThat(guest.calls.context.setEffective(args(2))).containsExactly(0);
            guest.calls.log.log(args(2, guest.put("hi"), 2));
        });

        assertThat(added.name()).isEqualTo("b");
        assertThat(other.lines).containsExactly("INFO hi");
        assertThat(guest.host.lines).isEmpty();
    }

    @Test
    void isDoneOnlyWhereThePluginAskedToWait() {
        guest.insideRoot(() -> assertThat(guest.calls.context.done(args())).containsExactly(1));
        guest.callbacks.clear();

        boolean gone = guest.plugin.shutDown();
        guest.insideRoot(() -> assertThat(guest.calls.context.done(args())).containsExactly(0));

        assertThat(gone).isFalse();
        assertThat(guest.plugin.isDeleted()).isTrue();
        assertThat(guest.callbacks).containsExactly(10, 4, 11);
    }
}
