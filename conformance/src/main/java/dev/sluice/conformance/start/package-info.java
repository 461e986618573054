/// How long a gateway takes to serve.
@NullMarked
package dev.sluice.conformance.start;

import org.jspecify.annotations.NullMarked;
