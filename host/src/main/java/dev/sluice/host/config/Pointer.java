package dev.sluice.host.config;

/// A JSON pointer (RFC 6901).
///
/// @param text empty for the document itself
record Pointer(String text) {
    static final Pointer ROOT = new Pointer("");

    Pointer child(String key) {
        return new Pointer(text + "/" + key.replace("~", "~0").replace("/", "~1"));
    }

    Pointer child(int index) {
        return new Pointer(text + "/" + index);
    }
}
