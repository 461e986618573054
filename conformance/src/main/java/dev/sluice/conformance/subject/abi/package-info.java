/// The ABI alone, in process: its guests in a small world without sockets and threads.
@NullMarked
package dev.sluice.conformance.subject.abi;

import org.jspecify.annotations.NullMarked;
