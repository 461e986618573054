/// Data that VMs share.
@NullMarked
package dev.sluice.host.shared;

import org.jspecify.annotations.NullMarked;
