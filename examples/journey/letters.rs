//! The letters of files: UTF-8, UTF-16 with its mark, and for spreadsheets those of Windows.

/// The text of a file in UTF-8, or in UTF-16 with its mark, in which some shells write what is sent to a file.
pub(super) fn decoded(bytes: Vec<u8>) -> Result<String, String> {
    let wide = match bytes.get(..2) {
        Some([0xff, 0xfe]) => Some(u16::from_le_bytes as fn([u8; 2]) -> u16),
        Some([0xfe, 0xff]) => Some(u16::from_be_bytes as fn([u8; 2]) -> u16),
        _ => None,
    };
    if let Some(wide) = wide {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().skip(1).map(|pair| wide(*pair)).collect();
        let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
        return text.ok_or_else(|| "this is neither UTF-8 nor whole UTF-16".to_owned());
    }
    // Some editors put a mark first, which is no text.
    let text = String::from_utf8(bytes).map(|text| match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    });
    text.map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let lines = error.as_bytes()[..good].split(|byte| *byte == b'\n');
        let line = lines.count();
        format!(
            "this is not UTF-8, from the byte {:#04x} in line {line} on; save it as UTF-8",
            error.as_bytes().get(good).copied().unwrap_or(0)
        )
    })
}

/// Bytes as text in the letters of Windows-1252, in which older spreadsheets save text.
pub(super) fn of_windows(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| windows_letter(*byte)).collect()
}

/// The letter of a byte in Windows-1252.
fn windows_letter(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let special = byte
        .checked_sub(0x80)
        .and_then(|at| FROM_80.get(usize::from(at)));
    special.copied().unwrap_or(char::from(byte))
}
