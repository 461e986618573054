/// Plugin and stream contexts: what the host drives, and the state that host calls act on.
package dev.sluice.abi.context;
