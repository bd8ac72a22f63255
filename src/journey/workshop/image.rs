//! Pictures of touchpoints: PNG or JPEG inside a data URI, so that a map needs no other file and a page asks nobody for one.

/// How many bytes the picture of a touchpoint may have at most, before it is written in base64: 256 KiB. A screenshot 640 pixels wide
/// takes about a tenth of it.
pub const LARGEST_IMAGE: usize = 256 * 1024;

/// How many pixels it may be wide and high at most: a small file may unfold to more than a viewer can hold.
const LARGEST_SIDE: u32 = 4096;

const PNG: &str = "data:image/png;base64,";
const JPEG: &str = "data:image/jpeg;base64,";

/// What is wrong with the picture of a touchpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImageFault {
    /// No data URI of a kind that may be shown. SVG is none: it may hold scripts and ask for other files.
    #[error(
        "begins with {found:?}; it must be a data URI that begins with \"{PNG}\" or \"{JPEG}\""
    )]
    Kind {
        /// How it begins.
        found: String,
    },
    /// Text that is no base64.
    #[error("holds no base64: character {at} after the comma is not of it")]
    NotBase64 {
        /// Position of the first character that does not fit, counted from 1.
        at: usize,
    },
    /// More bytes than may be.
    #[error(
        "has {bytes} bytes; at most {LARGEST_IMAGE} may be: make the picture smaller, a width of 640 pixels is enough"
    )]
    TooLarge {
        /// How many it has.
        bytes: usize,
    },
    /// Bytes that are not of the kind that the URI names.
    #[error("does not hold what it says it does: its bytes are no {kind} picture")]
    NoPicture {
        /// What it says it is.
        kind: &'static str,
    },
    /// More pixels than may be, or none.
    #[error("is {width} pixels wide and {height} high; each may be 1 to {LARGEST_SIDE}")]
    Side {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
}

/// Width and height in pixels of a picture that may be shown.
pub(crate) fn size_of_image(uri: &str) -> Result<(u32, u32), ImageFault> {
    let (kind, body) = if let Some(body) = uri.strip_prefix(PNG) {
        ("PNG", body)
    } else if let Some(body) = uri.strip_prefix(JPEG) {
        ("JPEG", body)
    } else {
        let found = uri.chars().take(JPEG.len()).collect();
        return Err(ImageFault::Kind { found });
    };
    let bytes = decoded(body)?;
    let size = match kind {
        "PNG" => png_size(&bytes),
        _ => jpeg_size(&bytes),
    };
    let (width, height) = size.ok_or(ImageFault::NoPicture { kind })?;
    let may_be = 1..=LARGEST_SIDE;
    if may_be.contains(&width) && may_be.contains(&height) {
        Ok((width, height))
    } else {
        Err(ImageFault::Side { width, height })
    }
}

/// The bytes that base64 (RFC 4648) stands for, with or without its padding.
fn decoded(text: &str) -> Result<Vec<u8>, ImageFault> {
    let digits = text.trim_end_matches('=');
    // Too large by its length alone: not unfolded.
    let bytes = digits.len() / 4 * 3 + (digits.len() % 4).saturating_sub(1);
    if bytes > LARGEST_IMAGE {
        return Err(ImageFault::TooLarge { bytes });
    }
    let faulty = |at: usize| ImageFault::NotBase64 { at: at + 1 };
    let mut bytes = Vec::with_capacity(bytes);
    let (mut held, mut bits) = (0_u32, 0);
    for (at, digit) in digits.chars().enumerate() {
        held = held << 6 | sextet(digit).ok_or_else(|| faulty(at))?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
        held &= (1 << bits) - 1;
    }
    if text.len() - digits.len() > 2 || digits.len() % 4 == 1 {
        return Err(faulty(digits.len()));
    }
    Ok(bytes)
}

fn sextet(digit: char) -> Option<u32> {
    let code = u32::from(digit);
    match digit {
        'A'..='Z' => Some(code - 65),
        'a'..='z' => Some(code - 97 + 26),
        '0'..='9' => Some(code - 48 + 52),
        '+' => Some(62),
        '/' => Some(63),
        _ => None,
    }
}

/// The size that the header of a PNG states, which is its first chunk.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let sides = header.get(4..)?.strip_prefix(b"IHDR")?;
    Some((number(sides.get(..4)?), number(sides.get(4..8)?)))
}

/// The size that the frame header of a JPEG states, found by going from marker to marker.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        // Any number of 0xff may stand before a marker.
        rest = rest.strip_prefix(b"\xff")?;
        while let [0xff, after @ ..] = rest {
            rest = after;
        }
        let (marker, after) = rest.split_first()?;
        let length = number(after.get(..2)?) as usize;
        match marker {
            // Frame headers, but for the tables and the extension that stand among them.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some((number(after.get(5..7)?), number(after.get(3..5)?)));
            }
            // The picture itself begins, and no frame header came.
            0xd9 | 0xda => return None,
            _ => rest = after.get(length.max(2)..)?,
        }
    }
}

/// A number, its greatest byte first.
fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// A JPEG's first bytes: the application marker, then a frame 300 high and 400 wide.
    const FRAME: &[u8] = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x0b\x08\x01\x2c\x01\x90\x01";

    #[test]
    fn base64_is_that_of_its_standard() {
        for (text, bytes) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm8", "fo"),
            ("Zm9vYg==", "foob"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert_eq!(decoded(text).as_deref(), Ok(bytes.as_bytes()), "{text}");
        }
        for (text, at) in [("Zm9v YmFy", 5), ("Z", 2), ("Zm8-", 4), ("Zg===", 3)] {
            assert_eq!(decoded(text), Err(ImageFault::NotBase64 { at }), "{text}");
        }
    }

    #[test]
    fn sizes_are_those_that_the_headers_state() {
        assert_eq!(size_of_image(&format!("{PNG}{DOT}")), Ok((1, 1)));
        assert_eq!(jpeg_size(FRAME), Some((400, 300)));
        for cut in 0..FRAME.len() - 1 {
            assert_eq!(jpeg_size(&FRAME[..cut]), None, "{cut}");
        }
        assert_eq!(jpeg_size(b"\xff\xd8\xff\xda\x00\x04ab"), None);
        assert_eq!(jpeg_size(b"\xff\xd8\xff\xe0\x00\x00\xff\xc0"), None);
    }

    #[test]
    fn the_largest_picture_is_taken_and_one_byte_more_is_not() {
        let most = "A".repeat(LARGEST_IMAGE.div_ceil(3) * 4 - 2);
        assert_eq!(decoded(&most).map(|bytes| bytes.len()), Ok(LARGEST_IMAGE));
        let bytes = LARGEST_IMAGE + 1;
        assert_eq!(decoded(&(most + "A")), Err(ImageFault::TooLarge { bytes }));
    }
}
