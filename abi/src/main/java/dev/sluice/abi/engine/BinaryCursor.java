package dev.sluice.abi.engine;

import static dev.sluice.abi.engine.ModuleRefusedException.Reason.MALFORMED;

/// A place in a module's bytes, and the encodings that are read there.
///
/// Thread: any; one at a time.
final class BinaryCursor {
    private static final int HEADER = 8;

    private final byte[] wasm;
    private int at = HEADER;
    private int end = HEADER;

    /// At the first section.
    BinaryCursor(byte[] wasm) {
        this.wasm = wasm;
    }

    /// Where it is.
    int at() {
        return at;
    }

    /// Where the section in hand ends.
    int end() {
        return end;
    }

    /// Whether the section in hand has more.
    boolean inSection() {
        return at < end;
    }

    /// Goes to the section after the one in hand.
    ///
    /// @return its id, or -1 when there is none
    int nextSection() {
        at = end;
        if (at >= wasm.length) {
            return -1;
        }
        int id = wasm[at++];
        int size = unsigned();
        if (size < 0 || size > wasm.length - at) {
            throw new ModuleRefusedException(
                    MALFORMED, "section %d ends outside the module".formatted(id));
        }
        end = at + size;
        return id;
    }

    int octet() {
        if (at >= wasm.length) {
            throw new ModuleRefusedException(MALFORMED, "the module ends inside a section");
        }
        return wasm[at++] & 0xFF;
    }

    /// A number of up to 32 bits; one that reads as negative is over 2³¹.
    int unsigned() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = octet();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new ModuleRefusedException(MALFORMED, "a number has more than 32 bits");
    }

    /// A number of up to 32 bits that may be big.
    long count() {
        return unsigned() & 0xFFFFFFFFL;
    }

    /// Passes over `count` bytes.
    void skip(long count) {
        if (count < 0 || count > wasm.length - at) {
            throw new ModuleRefusedException(MALFORMED, "a length leads outside its place");
        }
        at += (int) count;
    }

    /// Passes over a number of any size, signed or not.
    void skipNumber() {
        while (octet() >= 0x80) {
            // its last byte is the one below 0x80
        }
    }
}
