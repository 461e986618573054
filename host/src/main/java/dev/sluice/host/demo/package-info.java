/// The demo: a registry, an upstream and a gateway in one process, and clients that count what they
/// lose.
@NullMarked
package dev.sluice.host.demo;

import org.jspecify.annotations.NullMarked;
