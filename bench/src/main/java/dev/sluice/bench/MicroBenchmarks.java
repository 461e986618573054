package dev.sluice.bench;

import dev.sluice.bench.jmh.FieldsBenchmark;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// The JMH benchmarks, short: three measured seconds each in one fork.
final class MicroBenchmarks {
    private MicroBenchmarks() {}

    /// Runs those whose name contains what stands behind the word `jmh`, or all.
    static int run(List<String> words) throws IOException {
        String name = words.getLast().equals("jmh") ? "" : words.getLast();
        var options =
                new OptionsBuilder()
                        .include(FieldsBenchmark.class.getPackageName() + ".*" + name)
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(1))
                        .shouldFailOnError(true)
                        .build();
        try {
            new Runner(options).run();
            return 0;
        } catch (RunnerException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
