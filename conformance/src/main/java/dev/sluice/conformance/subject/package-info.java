/// What rows are tried on: something that runs plugins, seen from outside.
@NullMarked
package dev.sluice.conformance.subject;

import org.jspecify.annotations.NullMarked;
