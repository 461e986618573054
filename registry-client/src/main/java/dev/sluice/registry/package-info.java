/// The registry client, the credentials it takes, the failures it reports, and an embedded
/// registry.
package dev.sluice.registry;
