/// The wire vocabulary of proxy-wasm v0.2.1 and the values that cross between host and ABI.
package dev.sluice.abi;
