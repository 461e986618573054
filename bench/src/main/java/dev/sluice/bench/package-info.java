/// The verb `bench`: Sluice beside nginx and Envoy, paired in one run.
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
