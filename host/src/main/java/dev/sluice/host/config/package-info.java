/// The config: its document, the immutable records it is parsed into, every error in it with its
/// place, its canonical form and differences. Uses nothing else of the gateway.
@NullMarked
package dev.sluice.host.config;

import org.jspecify.annotations.NullMarked;
