/// The tag makes the 16 bytes behind it easy to find in the built module, and to change there:
/// the same plugin then has another digest, and says which one it is.
static TAGGED: [u8; 32] = *b"sluice:build-id=0000000000000000";

pub fn read() -> String {
    // SAFETY: a reference is always valid to read. The read is volatile because the bytes in the
    // running module need not be those the compiler saw.
    let tagged = unsafe { std::ptr::read_volatile(&TAGGED) };
    String::from_utf8_lossy(&tagged[16..]).into_owned()
}
