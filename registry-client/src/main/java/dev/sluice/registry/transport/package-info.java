/// HTTP exchanges with a registry, one request and one answer each; the only users of oras-java.
package dev.sluice.registry.transport;
