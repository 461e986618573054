/// The promise of a swap: every request sees one generation, none is lost, nothing stays behind.
///
/// Witness plugins write the generation they were configured with wherever a plugin may write. The
/// negative controls run the same judges on a gateway that is broken on purpose.
@NullMarked
package dev.sluice.conformance.swap;

import org.jspecify.annotations.NullMarked;
