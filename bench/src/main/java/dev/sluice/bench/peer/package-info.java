/// The proxies that are compared, each started with the same task, and the upstream behind them.
@NullMarked
package dev.sluice.bench.peer;

import org.jspecify.annotations.NullMarked;
