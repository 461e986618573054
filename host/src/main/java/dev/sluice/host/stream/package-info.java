/// One HTTP exchange: its two half-streams, flow control, local replies and its end.
@NullMarked
package dev.sluice.host.stream;

import org.jspecify.annotations.NullMarked;
