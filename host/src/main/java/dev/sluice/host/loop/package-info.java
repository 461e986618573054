/// Event loops: the threads that own everything, the sockets' transport, and what each loop owns
/// for all.
@NullMarked
package dev.sluice.host.loop;

import org.jspecify.annotations.NullMarked;
