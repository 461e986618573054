/// One line per exchange, written off the loops.
@NullMarked
package dev.sluice.host.accesslog;

import org.jspecify.annotations.NullMarked;
