package dev.sluice.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HttpDateTest {
    private final AtomicLong clock = new AtomicLong(784_111_777_000L);
    private final HttpDate date = new HttpDate(clock::get);

    @Test
    void isWrittenAsTheStandardDoes() {
        assertThat(date.text()).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void isMadeOnceASecond() {
        String first = date.text();
        clock.addAndGet(999);
        assertThat(date.text()).isSameAs(first);
        clock.addAndGet(1);
        assertThat(date.text()).endsWith("08:49:38 GMT");
    }
}
