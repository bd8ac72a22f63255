//! Names that other people chose, made fit for a line of text, and how many columns text takes.
//!
//! Columns are counted here rather than by a dependency: marks that combine take none, which the standard library
//! knows, and East Asian and pictured characters take two, which is the short table below. A sequence of pictures
//! that a terminal joins to one is counted as its parts.

/// A name as it is shown: on one line, with nothing invisible left in it. White space becomes a single blank;
/// control characters, direction marks and whatever else has no shape are written out, such as `\n` and `\u{1b}`.
pub(crate) fn clean(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_control() || !has_shape(c) {
            shown.extend(c.escape_default());
        } else if !c.is_whitespace() {
            shown.push(c);
        } else if !shown.ends_with(' ') {
            shown.push(' ');
        }
    }
    let shown = shown.trim();
    if columns(shown) == 0 {
        return "(no name)".to_owned();
    }
    left_to_right(shown.to_owned())
}

/// The text with a mark at its end that keeps what follows on its right, where it holds right-to-left writing.
pub(crate) fn left_to_right(mut text: String) -> String {
    const LEFT_TO_RIGHT: char = '\u{200e}';
    if text.contains(is_right_to_left) && !text.ends_with(LEFT_TO_RIGHT) {
        text.push(LEFT_TO_RIGHT);
    }
    text
}

/// How many columns of a terminal a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

pub(crate) fn columns_of(c: char) -> usize {
    if c.is_ascii() || c.is_whitespace() {
        return 1;
    }
    let joins = matches!(c, '\u{200c}'..='\u{200e}');
    if joins || c.escape_debug().len() > 1 {
        return 0;
    }
    let borders = WIDE.partition_point(|&border| border <= u32::from(c));
    if borders % 2 == 1 { 2 } else { 1 }
}

/// Whether a reader can see that the character is there, by itself or by what it does to its neighbours.
pub(crate) fn has_shape(c: char) -> bool {
    // Joiners belong to the spelling of Persian and Hindi words and to pictures.
    if c.is_ascii() || c.is_whitespace() || matches!(c, '\u{200c}' | '\u{200d}') {
        return !matches!(c, '\u{2028}' | '\u{2029}');
    }
    // After another character, `escape_debug` leaves what is printable and marks that combine as they are.
    let mut pair = String::from("a");
    pair.push(c);
    pair.escape_debug().count() == 2
}

pub(crate) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Where characters that take two columns begin and where they end, by turns: East Asian wide and full width of
/// Unicode 14 (Annex 11).
const WIDE: &[u32] = &[
    0x1100, 0x1160, 0x231a, 0x231c, 0x2329, 0x232b, 0x23e9, 0x23ed, 0x23f0, 0x23f1, 0x23f3, 0x23f4,
    0x25fd, 0x25ff, 0x2614, 0x2616, 0x2648, 0x2654, 0x267f, 0x2680, 0x2693, 0x2694, 0x26a1, 0x26a2,
    0x26aa, 0x26ac, 0x26bd, 0x26bf, 0x26c4, 0x26c6, 0x26ce, 0x26cf, 0x26d4, 0x26d5, 0x26ea, 0x26eb,
    0x26f2, 0x26f4, 0x26f5, 0x26f6, 0x26fa, 0x26fb, 0x26fd, 0x26fe, 0x2705, 0x2706, 0x270a, 0x270c,
    0x2728, 0x2729, 0x274c, 0x274d, 0x274e, 0x274f, 0x2753, 0x2756, 0x2757, 0x2758, 0x2795, 0x2798,
    0x27b0, 0x27b1, 0x27bf, 0x27c0, 0x2b1b, 0x2b1d, 0x2b50, 0x2b51, 0x2b55, 0x2b56, 0x2e80, 0x303f,
    0x3041, 0x3248, 0x3250, 0x4dc0, 0x4e00, 0xa4c7, 0xa960, 0xa97d, 0xac00, 0xd7a4, 0xf900, 0xfada,
    0xfe10, 0xfe1a, 0xfe30, 0xfe6c, 0xff01, 0xff61, 0xffe0, 0xffe7, 0x1_6fe0, 0x1_b2fc, 0x1_f004,
    0x1_f005, 0x1_f0cf, 0x1_f0d0, 0x1_f18e, 0x1_f18f, 0x1_f191, 0x1_f19b, 0x1_f200, 0x1_f321,
    0x1_f32d, 0x1_f336, 0x1_f337, 0x1_f37d, 0x1_f37e, 0x1_f394, 0x1_f3a0, 0x1_f3cb, 0x1_f3cf,
    0x1_f3d4, 0x1_f3e0, 0x1_f3f1, 0x1_f3f4, 0x1_f3f5, 0x1_f3f8, 0x1_f43f, 0x1_f440, 0x1_f441,
    0x1_f442, 0x1_f4fd, 0x1_f4ff, 0x1_f53e, 0x1_f54b, 0x1_f54f, 0x1_f550, 0x1_f568, 0x1_f57a,
    0x1_f57b, 0x1_f595, 0x1_f597, 0x1_f5a4, 0x1_f5a5, 0x1_f5fb, 0x1_f650, 0x1_f680, 0x1_f6c6,
    0x1_f6cc, 0x1_f6cd, 0x1_f6d0, 0x1_f6d3, 0x1_f6d5, 0x1_f6e0, 0x1_f6eb, 0x1_f6ed, 0x1_f6f4,
    0x1_f6fd, 0x1_f7e0, 0x1_f7f1, 0x1_f90c, 0x1_f93b, 0x1_f93c, 0x1_f946, 0x1_f947, 0x1_fa00,
    0x1_fa70, 0x1_faf7, 0x2_0000, 0x3_134b,
];
