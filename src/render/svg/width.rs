//! How wide text may become, and where it breaks.
//!
//! No font is at hand when a picture is drawn, and it is not known which one will show it. So every width is that of
//! the widest usual one: for each character the wider of Helvetica's (which Arial and Liberation Sans share) and of
//! `DejaVu Sans`, and a generous guess for each other script. Text takes at most what is reserved for it.

use crate::render::clean::columns_of;

/// Widths that are sums of the same characters in another order differ by less.
const ROUNDING: f64 = 1e-6;

/// How large a text is, and how heavy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Face {
    pub(super) size: f64,
    pub(super) bold: bool,
}

impl Face {
    pub(super) const SMALL: Self = Self::regular(12.0);
    pub(super) const STRONG: Self = Self::bold(13.0);

    pub(super) const fn regular(size: f64) -> Self {
        Self { size, bold: false }
    }

    pub(super) const fn bold(size: f64) -> Self {
        Self { size, bold: true }
    }

    /// From one line to the next.
    pub(super) fn leading(self) -> f64 {
        (self.size * 1.35).round()
    }

    /// How wide a text may become, in pixels.
    pub(super) fn width(self, text: &str) -> f64 {
        text.chars().map(|c| self.width_of(c)).sum()
    }

    fn width_of(self, c: char) -> f64 {
        let printable = u32::from(c).checked_sub(32);
        let table = if self.bold { &BOLD } else { &REGULAR };
        let hundredths = printable.and_then(|place| table.get(place as usize));
        let em = match hundredths {
            Some(&hundredths) => f64::from(hundredths) / 100.0,
            None if self.bold => 1.12 * other(c),
            None => other(c),
        };
        // Letters may be moved to whole pixels.
        em * self.size * 1.02
    }

    /// The text in lines that are no wider than the room. Lines break at blanks, between the characters of scripts
    /// that have none, and in a word where it is too wide by itself.
    pub(super) fn wrap(self, text: &str, room: f64) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in words(text) {
            let joined = self.width(&line) + self.width(word.trim_end());
            if !line.is_empty() && joined > room + ROUNDING {
                lines.push(line.trim_end().to_owned());
                line.clear();
            }
            if self.width(word.trim_end()) <= room + ROUNDING {
                line.push_str(word);
                continue;
            }
            self.broken(word, room, &mut lines, &mut line);
        }
        lines.push(line.trim_end().to_owned());
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// A word that is too wide by itself, in parts: with a hyphen between letters, and rather three letters on the next line than one.
    fn broken(self, word: &str, room: f64, lines: &mut Vec<String>, line: &mut String) {
        let (word, blanks) = word.split_at(word.trim_end().len());
        let letters: Vec<char> = word.chars().collect();
        let hyphen = self.width_of('-');
        let mut taken = 0.0;
        for (at, c) in letters.iter().copied().enumerate() {
            let width = self.width_of(c);
            let before = at.checked_sub(1).and_then(|at| letters.get(at));
            let hyphenates = before.is_some_and(|before| is_latin(*before)) && is_latin(c);
            let rest = letters.get(at..).unwrap_or_default();
            let fits = || {
                let mut end = taken;
                rest.iter().all(|c| {
                    end += self.width_of(*c);
                    end <= room + ROUNDING
                })
            };
            // Where a hyphen comes, there must be room for it; the last letters of a word stay together.
            let full = if hyphenates {
                taken + width + hyphen
            } else {
                taken + width
            };
            let breaks = hyphenates && rest.len() == FEWEST && taken > room / 2.0;
            let is_full = (breaks || full > room + ROUNDING) && !(hyphenates && fits());
            if !line.is_empty() && is_full && columns_of(c) > 0 {
                // After a sign nobody knew yet that a hyphen would come.
                let has_room = taken + hyphen <= room + ROUNDING;
                let mark = if hyphenates && has_room { "-" } else { "" };
                lines.push(format!("{}{mark}", line.trim_end()));
                line.clear();
                taken = 0.0;
            }
            line.push(c);
            taken += width;
        }
        line.push_str(blanks);
    }

    /// The width of the widest part of a text that should stay in one piece.
    pub(super) fn widest_word(self, text: &str) -> f64 {
        words(text)
            .map(|word| self.width(word.trim_end()))
            .fold(0.0, f64::max)
    }
}

/// So many letters of a word at least stand on its last line.
const FEWEST: usize = 3;

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && u32::from(c) < 0x250
}

/// The parts between which a line may break, each with the blanks after it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (mut second, mut before) = (' ', None);
        let end = rest.char_indices().find_map(|(at, c)| {
            let breaks = before.is_some_and(|before| may_break(second, before, c));
            second = before.unwrap_or(' ');
            before = Some(c);
            breaks.then_some(at)
        });
        let (word, further) = rest.split_at(end.unwrap_or(rest.len()));
        rest = further;
        (!word.is_empty()).then_some(word)
    })
}

/// Whether a line may end before `after`, given the two characters that stand before it.
fn may_break(second: char, before: char, after: char) -> bool {
    // Not before marks that close, nor before those that change or join what is before them.
    const CLOSING: &str = "、。，．：；？！）」』】〉》’”%";
    if before.is_whitespace() {
        return !after.is_whitespace();
    }
    if after.is_whitespace() || columns_of(after) == 0 || before == '\u{200d}' {
        return false;
    }
    let wide = |c: char| columns_of(c) == 2;
    let opening = "（「『【〈《‘“".contains(before);
    ((wide(before) || wide(after)) && !opening && !CLOSING.contains(after))
        || (matches!(before, '-' | '/' | '–' | '—')
            && second.is_alphanumeric()
            && after.is_alphanumeric())
}

/// Characters beyond ASCII, in parts of the font's size.
fn other(c: char) -> f64 {
    match c {
        _ if columns_of(c) == 0 => 0.0,
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' => 1.3,
        _ if columns_of(c) == 2 => 1.05,
        '\u{a0}' | '\u{2000}'..='\u{200b}' => 0.4,
        '…' | '—' | '‰' | '\u{2020}'..='\u{2030}' => 1.4,
        '\u{2010}'..='\u{201f}' => 0.6,
        // Latin, Greek and Cyrillic: capitals are the wide ones.
        '\u{a1}'..='\u{52f}' if c.is_uppercase() => 0.95,
        'œ' | 'æ' | 'ǆ' | 'ǉ' | 'ǌ' | 'ж' | 'ш' | 'щ' | 'ю' | 'ы' | 'ф' | 'м' | 'њ' | 'љ' => {
            1.05
        }
        '\u{590}'..='\u{5ff}' => 0.72,
        '\u{a1}'..='\u{52f}' | '\u{e00}'..='\u{eff}' => 0.75,
        '\u{600}'..='\u{6ff}' | '\u{10a0}'..='\u{10ff}' => 0.85,
        '\u{900}'..='\u{dff}' => 1.0,
        '\u{fdfd}' | '\u{12000}'..='\u{12fff}' => 8.0,
        _ => 1.3,
    }
}

/// From blank to tilde, in hundredths of the size.
const REGULAR: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 56, 102, 68, 69, 72, 77, 67, 61, 78, 75, 29, 50, 67, 56, 86, 75,
    79, 67, 79, 72, 67, 61, 73, 68, 99, 69, 67, 69, 39, 34, 39, 84, 56, 50, 61, 63, 55, 63, 62, 35,
    63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];

const BOLD: [u8; 95] = [
    35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70,
    70, 70, 70, 40, 40, 84, 84, 84, 61, 100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 56, 77, 64, 100,
    84, 85, 73, 85, 77, 72, 68, 81, 77, 110, 77, 72, 73, 46, 37, 46, 84, 56, 50, 67, 72, 59, 72,
    68, 44, 72, 71, 34, 34, 67, 34, 104, 71, 69, 72, 72, 49, 60, 48, 71, 65, 92, 65, 65, 58, 71,
    37, 71, 84,
];

#[cfg(test)]
mod tests {
    use super::Face;

    #[test]
    fn no_line_is_wider_than_its_room() {
        let words = [
            "\"onload=\"alert(1)",
            "a-b-c-d-efghijkl",
            "'x'y'z'Anteckningar",
            "(gjennomsnittlig)",
            "\u{201c}WWW\u{201d}WWWWWW",
        ];
        for word in words {
            for room in 30..160 {
                let room = f64::from(room);
                for line in Face::SMALL.wrap(word, room) {
                    let width = Face::SMALL.width(&line);
                    assert!(
                        width < room + 0.001,
                        "{line:?} of {word:?}: {width} in {room}"
                    );
                }
            }
        }
    }
}
