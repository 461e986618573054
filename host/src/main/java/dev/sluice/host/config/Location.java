package dev.sluice.host.config;

/// A place in the text of a document.
///
/// @param line from 1
/// @param column from 1, in characters
public record Location(int line, int column) {
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
