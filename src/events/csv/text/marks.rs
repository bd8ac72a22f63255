//! Where the bytes are that mean something, and where those that do not.

/// One bit for each byte that means something.
#[inline]
pub(super) fn find(chunk: &[u8; 64], delimiter: u8) -> u64 {
    // A one for each hit, in a loop that compilers turn into comparisons of 16 or 32 bytes at once.
    let mut hits = [0_u8; 64];
    for (hit, &byte) in hits.iter_mut().zip(chunk) {
        *hit = u8::from(byte == delimiter) | u8::from(byte == b'\n') | u8::from(byte == b'"');
    }
    let (words, _) = hits.as_chunks::<8>();
    let mut found = 0;
    for (number, word) in words.iter().enumerate() {
        // The product gathers the lowest bit of each byte in the highest byte.
        let bits = u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        found |= bits << (8 * number);
    }
    found
}

/// A text without the blanks around it, which most texts do not have.
#[inline(always)]
pub(super) fn trimmed(text: &[u8]) -> &[u8] {
    match (text.first(), text.last()) {
        (Some(&first), Some(&last)) if first.min(last) <= b' ' => text.trim_ascii(),
        _ => text,
    }
}
