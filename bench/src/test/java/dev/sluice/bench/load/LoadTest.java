package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadTest {
    @Test
    void readsWhatWrkPrints() throws IOException {
        var result =
                ClosedLoad.parse("  18896 requests in 5.00s, 20MB read\nRequests/sec:   3777.48\n");

        assertThat(result).isEqualTo(new ClosedLoad.Result(18896, 3777.48));
    }

    @Test
    void refusesWrongAnswers() {
        assertThatIOException()
                .isThrownBy(
                        () -> ClosedLoad.parse("1 requests in 5s\n  Non-2xx or 3xx responses: 1\n"))
                .withMessageContaining("Non-2xx or 3xx responses: 1");
    }

    @Test
    void takesMedianAndHighFromAllTimes() {
        var latency = Latency.of(LongStream.rangeClosed(1, 200).map(i -> i * 1_000_000).toArray());

        assertThat(latency).isEqualTo(new Latency(100, 198));
    }

    @Test
    void readsTheLatencyItPrints() throws IOException {
        var latency = new Latency(0.25, 1.5);

        assertThat(Latency.parse(latency.line() + "\n")).isEqualTo(latency);
    }

    @Test
    void findsTheEndOfAnAnswer() throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";

        assertThat(AnswerLength.of(head + "123")).isEqualTo(head.length() + 10);
        assertThat(AnswerLength.of(head.substring(0, head.length() - 1)))
                .isEqualTo(Integer.MAX_VALUE);
        assertThatIOException()
                .isThrownBy(() -> AnswerLength.of("HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n"));
    }
}
