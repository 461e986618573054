/// Downstream sockets and their HTTP/1.1 codec.
@NullMarked
package dev.sluice.host.listener;

import org.jspecify.annotations.NullMarked;
