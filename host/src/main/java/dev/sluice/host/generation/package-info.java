/// Building a generation with reuse, publishing it with one write, retiring what it replaced.
@NullMarked
package dev.sluice.host.generation;

import org.jspecify.annotations.NullMarked;
