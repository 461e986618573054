/// What the ABI asks of the world: small interfaces that the host implements.
package dev.sluice.abi.spi;
