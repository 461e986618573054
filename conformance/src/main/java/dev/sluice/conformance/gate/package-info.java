/// The area `gate`: what a proxy-wasm host must do before anything else is worth looking at.
@NullMarked
package dev.sluice.conformance.gate;

import org.jspecify.annotations.NullMarked;
