/// Clusters of endpoints: balancing, connection pools per loop, and exchanges with an upstream.
@NullMarked
package dev.sluice.host.upstream;

import org.jspecify.annotations.NullMarked;
