/// What breaks beside or inside a gateway, made on purpose, and the rows that show what becomes of
/// traffic and config then.
@NullMarked
package dev.sluice.conformance.fault;

import org.jspecify.annotations.NullMarked;
