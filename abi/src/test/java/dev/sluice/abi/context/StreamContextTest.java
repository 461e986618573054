package dev.sluice.abi.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.FilterAction;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.hostcall.Puppet;
import dev.sluice.abi.testing.FakeStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamContextTest {
    private final Puppet guest = new Puppet();
    private final FakeStream stream = new FakeStream();

    @ParameterizedTest
    @CsvSource({
        "0, CONTINUE",
        "1, STOP_ALL",
        "2, CONTINUE",
        "3, STOP_ALL",
        "4, STOP_ALL",
        "5, STOP_ALL",
        "-1, STOP_ALL"
    })
    void judgesTheAnswerToHeaders(int answer, FilterAction expected) {
        guest.answering(answer, () -> {});

        assertThat(open().onRequestHeaders(1, false)).isEqualTo(expected);
    }

    @Test
    void letsTheBodyGoOnWhereHeadersStopAlone() {
        Puppet higress = new Puppet(AbiVersion.V0_2_100, VmLimits.defaults(), true);
        higress.answering(1, () -> {});

        FilterAction action = higress.plugin.openStream(stream).onRequestHeaders(1, false);

        assertThat(action).isEqualTo(FilterAction.STOP_ITERATION);
    }

    @ParameterizedTest
    @CsvSource({"0, CONTINUE", "1, BUFFER", "2, WATERMARK", "3, DROP", "4, DROP", "-1, DROP"})
    void judgesTheAnswerToData(int answer, FilterAction expected) {
        guest.answering(answer, () -> {});

        assertThat(open().onRequestBody(1, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, CONTINUE", "1, STOP_ALL", "2, STOP_ALL"})
    void judgesTheAnswerToTrailers(int answer, FilterAction expected) {
        guest.answering(answer, () -> {});

        assertThat(open().onRequestTrailers(1)).isEqualTo(expected);
    }

    @Test
    void stopsWhenTheGuestRepliedInThisCallback() {
        List<FilterAction> actions = new ArrayList<>();
        StreamContext context = open();
        guest.answering(0, () -> guest.reply(403));

        actions.add(context.onRequestHeaders(1, false));
        actions.add(context.onRequestBody(1, false));
        actions.add(context.onRequestTrailers(1));
        guest.answering(0, () -> {});
        actions.add(context.onRequestBody(1, false));

        assertThat(actions)
                .containsExactly(
                        FilterAction.STOP_ALL,
                        FilterAction.BUFFER,
                        FilterAction.STOP_ALL,
                        FilterAction.CONTINUE);
    }

    @Test
    void tellsTheGuestOfItRightBeforeItsFirstCallbackAndEndsInEnvoysOrder() {
        StreamContext context = open();
        assertThat(guest.callbacks).isEmpty();

        context.onRequestHeaders(1, false);
        context.onRequestBody(3, true);
        context.close();
        context.close();

        assertThat(guest.callbacks).containsExactly(1, 5, 6, 9, 10, 11);
        assertThat(guest.contexts.streams()).isZero();
    }

    @Test
    void endsSilentlyWhenTheGuestNeverLearnedOfIt() {
        open().close();

        assertThat(guest.callbacks).isEmpty();
        assertThat(guest.contexts.streams()).isZero();
    }

    @Test
    void goesOnWhereTheModuleDoesNotExportTheCallback() {
        StreamContext context = open();

        FilterAction action = context.onResponseHeaders(1, false);

        assertThat(action).isEqualTo(FilterAction.CONTINUE);
        assertThat(guest.callbacks).containsExactly(1);
    }

    @Test
    void keepsTheAnswerOfAGuestThatReturnedBeforeItsInterruptArrived() {
        StreamContext context = open();
        context.onRequestHeaders(1, false);
        guest.answering(1, () -> guest.slot.interrupt(guest.slot.observe()));

        FilterAction action = context.onRequestBody(1, false);

        assertThat(action).isEqualTo(FilterAction.BUFFER);
        assertThat(guest.contexts.failure()).isNull();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void tellsWhichCallbacksTheModuleHas() {
        StreamContext context = open();

        assertThat(context.hasRequestHeaders()).isTrue();
        assertThat(context.hasRequestBody()).isTrue();
        assertThat(context.hasRequestTrailers()).isTrue();
        assertThat(context.hasResponseHeaders()).isFalse();
        assertThat(context.hasResponseBody()).isFalse();
        assertThat(context.hasResponseTrailers()).isFalse();
    }

    @Test
    void cannotBeUsedAfterItsEnd() {
        StreamContext context = open();
        context.close();

        assertThatThrownBy(() -> context.onRequestHeaders(1, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("proxy_on_request_headers after close");
    }

    @Test
    void givesEveryStreamAnIdOfItsOwn() {
        List<Integer> ids = new ArrayList<>();
        guest.script =
                (callback, argument) -> {
                    if (callback == 1) {
                        ids.add(argument);
                    }
                    return 0;
                };

        open().onRequestHeaders(1, false);
        open().onRequestHeaders(1, false);
        StreamContext third = open();
        third.onRequestHeaders(1, false);
        third.close();
        open().onRequestHeaders(1, false);

        assertThat(ids).doesNotHaveDuplicates().hasSize(4);
    }

    private StreamContext open() {
        return guest.plugin.openStream(stream);
    }
}
