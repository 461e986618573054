/// From a module's bytes to running plugins: modules, bundles, VM slots, the filter and the
/// watchdog.
@NullMarked
package dev.sluice.host.plugin;

import org.jspecify.annotations.NullMarked;
