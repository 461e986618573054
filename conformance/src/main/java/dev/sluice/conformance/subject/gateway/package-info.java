/// A whole gateway in this process, seen over real sockets: its listener, its config API, its log,
/// and the upstream behind it.
@NullMarked
package dev.sluice.conformance.subject.gateway;

import org.jspecify.annotations.NullMarked;
