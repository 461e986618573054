package dev.sluice.oci;

/// What an entry of an index says it runs on.
///
/// @param os operating system, empty when not given
/// @param architecture processor, empty when not given
public record Platform(String os, String architecture) {
    @Override
    public String toString() {
        return os + "/" + architecture;
    }
}
