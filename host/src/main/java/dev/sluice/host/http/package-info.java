/// HTTP as every other package speaks it: the one field container, its codec adapters, framing and
/// the rules a message must keep.
@NullMarked
package dev.sluice.host.http;

import org.jspecify.annotations.NullMarked;
