package dev.sluice.bench.jmh;

import dev.sluice.host.http.Fields;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What a guest and the codec ask of the field container.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FieldsBenchmark {
    private static final byte[] NAME = "accept-language".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAIR = "x-teamabc".getBytes(StandardCharsets.US_ASCII);
    private static final int NAME_LENGTH = 6;
    private static final AsciiString ABSENT = AsciiString.cached("transfer-encoding");

    private final Fields fields = Requests.browser("/orders/42");
    private final byte[] target = new byte[4096];

    /// A guest looks a field up and takes its value.
    @Benchmark
    public byte findAndCopyValue() {
        int index = fields.find(NAME, 0, NAME.length);
        fields.copyValue(index, target, 0);
        return target[0];
    }

    /// A guest takes all pairs.
    @Benchmark
    public byte copyPairs() {
        fields.copyPairs(target, 0);
        return target[0];
    }

    /// A guest sets one field, which is there already.
    @Benchmark
    public boolean replace() {
        return fields.replace(PAIR, 0, NAME_LENGTH, NAME_LENGTH, PAIR.length - NAME_LENGTH);
    }

    /// A head is decoded.
    @Benchmark
    public Fields fill() {
        return Requests.browser("/orders/42");
    }

    /// The gateway looks for a field that is not there.
    @Benchmark
    public int indexOfAbsent() {
        return fields.indexOf(ABSENT, 0);
    }

    /// The gateway removes a field that is not there, as it does for each that belongs to one
    /// connection only.
    @Benchmark
    public int removeAbsent() {
        fields.remove(ABSENT);
        return fields.size();
    }
}
