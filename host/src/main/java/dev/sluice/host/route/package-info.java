/// Matching: from host, path, method and headers to a route, and the generation an exchange takes.
@NullMarked
package dev.sluice.host.route;

import org.jspecify.annotations.NullMarked;
