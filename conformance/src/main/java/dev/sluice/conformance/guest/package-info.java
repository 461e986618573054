/// Guests as text, assembled when the suite is built: no second engine ships.
@NullMarked
package dev.sluice.conformance.guest;

import org.jspecify.annotations.NullMarked;
