/// JMH benchmarks of what runs for every request.
@NullMarked
package dev.sluice.bench.jmh;

import org.jspecify.annotations.NullMarked;
