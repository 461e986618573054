package dev.sluice.abi.hostcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.BufferType;
import dev.sluice.abi.testing.FakeBody;
import dev.sluice.abi.testing.FakeStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileArgumentsTest {
    private static final long[] NASTY = {
        0, 1, 7, 0xFFFFFFFFL, 0x80000000L, 0x7FFFFFFFL, 65535, 65536, 65532, 65533, -1, 1024, 4
    };
    private static final int ROUNDS = 2_000;

    private final Puppet guest = new Puppet();
    private final FakeStream stream = new FakeStream(":path", "/", "a", "b");

    HostileArgumentsTest() {
        stream.bodies.put(BufferType.HTTP_REQUEST_BODY, new FakeBody("body"));
        stream.properties.put("a", "b");
    }

    static Stream<HostCall> calls() {
        return Stream.concat(ProxyTable.ALL.stream(), WasiTable.ALL.stream())
                .filter(each -> each.binding() != null)
                .filter(each -> !each.name().equals("abort"))
                .filter(each -> !each.name().equals("proc_exit"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void neverReachesOutsideTheMemory(HostCall call) {
        Random random = new Random(42);
        int arity = call.type().indexOf(':');

        guest.inside(
                stream,
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        long[] arguments = new long[arity];
                        Arrays.setAll(arguments, _ -> NASTY[random.nextInt(NASTY.length)]);
                        call.binding().apply(guest.calls).call(arguments);
                        guest.word(8, 0);
                    }
                });

        assertThat(guest.contexts.failure()).isNull();
    }
}
