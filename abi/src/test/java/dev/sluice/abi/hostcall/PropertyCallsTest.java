package dev.sluice.abi.hostcall;

import static dev.sluice.abi.hostcall.Puppet.RESULT;
import static dev.sluice.abi.hostcall.Puppet.RESULT_SIZE;
import static dev.sluice.abi.hostcall.Puppet.args;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.testing.FakeStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyCallsTest {
    private final Puppet guest = new Puppet();
    private final FakeStream stream = new FakeStream();

    @ParameterizedTest
    @CsvSource({"plugin_name,test-plugin", "plugin_root_id,root", "plugin_vm_id,vm-1"})
    void knowsThePluginItself(String path, String expected) {
        guest.insideRoot(() -> assertThat(get(path)).containsExactly(0));

        assertThat(guest.given()).isEqualTo(expected);
    }

    @Test
    void ignoresOneNulBehindThePath() {
        stream.properties.put("request\0path", "/a");

        guest.inside(stream, () -> assertThat(get("request\0path\0")).containsExactly(0));

        assertThat(guest.given()).isEqualTo("/a");
    }

    @Test
    void asksTheStreamThenThePlugin() {
        stream.properties.put("both", "stream");
        guest.host.properties.put("both", "plugin");
        guest.host.properties.put("one", "plugin");

        guest.inside(stream, () -> assertThat(get("both")).containsExactly(0));
        String first = guest.given();
        guest.inside(stream, () -> assertThat(get("one")).containsExactly(0));

        assertThat(first).isEqualTo("stream");
        assertThat(guest.given()).isEqualTo("plugin");
    }

    @Test
    void answersNotFoundAndForTheEmptyPathThatItHasNoForm() {
        guest.inside(
                stream,
                () -> {
                    assertThat(get("nothing")).containsExactly(1);
                    assertThat(get("")).containsExactly(3);
                });
    }

    @Test
    void tellsTheSizeOfTheMemory() {
        guest.insideRoot(() -> assertThat(get("plugin_vm_memory")).containsExactly(0));

        assertThat(guest.given()).isEqualTo("\0\0\1\0\0\0\0\0");
    }

    @Test
    void keepsAPropertyOnTheStream() {
        guest.inside(stream, () -> assertThat(set("k", "v")).containsExactly(0));

        assertThat(stream.properties).containsEntry("k", "v");
    }

    @Test
    void hasNowhereToKeepAPropertyOfARoot() {
        guest.insideRoot(() -> assertThat(set("k", "v")).containsExactly(1));
    }

    private long[] get(String path) {
        return guest.calls.properties.get(
                args(guest.put(path), path.length(), RESULT, RESULT_SIZE));
    }

    private long[] set(String path, String value) {
        return guest.calls.properties.set(
                args(guest.put(path), path.length(), guest.put(value), value.length()));
    }
}
