/// Counters per loop and their exposition.
@NullMarked
package dev.sluice.host.stats;

import org.jspecify.annotations.NullMarked;
