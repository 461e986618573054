/// What the machine tells of processes: their CPU time, their memory, and who else is running.
@NullMarked
package dev.sluice.bench.machine;

import org.jspecify.annotations.NullMarked;
