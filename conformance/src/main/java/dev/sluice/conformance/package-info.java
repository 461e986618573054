/// Suites of rows, each a fact about Sluice that can be seen from outside, and the verb that runs
/// them.
@NullMarked
package dev.sluice.conformance;

import org.jspecify.annotations.NullMarked;
