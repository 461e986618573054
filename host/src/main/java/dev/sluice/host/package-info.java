/// The gateway: the page where everything is wired together.
@NullMarked
package dev.sluice.host;

import org.jspecify.annotations.NullMarked;
