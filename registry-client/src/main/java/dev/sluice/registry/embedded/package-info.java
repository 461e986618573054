/// What the embedded registry keeps, and where.
package dev.sluice.registry.embedded;
