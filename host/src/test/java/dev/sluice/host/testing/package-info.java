/// What tests of the gateway share: a gateway in this process, clients, guests as text.
@NullMarked
package dev.sluice.host.testing;

import org.jspecify.annotations.NullMarked;
