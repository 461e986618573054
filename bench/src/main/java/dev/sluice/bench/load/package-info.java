/// The load that is put on a peer, and what it reports.
@NullMarked
package dev.sluice.bench.load;

import org.jspecify.annotations.NullMarked;
