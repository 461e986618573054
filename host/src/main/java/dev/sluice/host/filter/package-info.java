/// Where streams and filters meet: the filter, the chain it stands in, and what it may do to its
/// stream.
@NullMarked
package dev.sluice.host.filter;

import org.jspecify.annotations.NullMarked;
