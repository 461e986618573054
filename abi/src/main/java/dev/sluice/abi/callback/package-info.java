/// The functions that a guest exports, looked up once and called with checked types.
package dev.sluice.abi.callback;
