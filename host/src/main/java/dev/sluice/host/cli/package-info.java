/// The command line: one class per verb.
@NullMarked
package dev.sluice.host.cli;

import org.jspecify.annotations.NullMarked;
