/// Plugin modules and VMs: load, instantiate, start, fail, close.
package dev.sluice.abi.vm;
