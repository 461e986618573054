/// The functions that a guest may import, one class per chapter, and how a module is linked to
/// them.
package dev.sluice.abi.hostcall;
