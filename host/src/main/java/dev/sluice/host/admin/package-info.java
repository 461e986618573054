/// The config API, status, health and metrics.
@NullMarked
package dev.sluice.host.admin;

import org.jspecify.annotations.NullMarked;
