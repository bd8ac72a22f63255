//! Names of touchpoints and channels: spellings of one channel, and names that look alike.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::told::CsvRemark;
use crate::events::hash::Seed;
use crate::events::index::Names;
use crate::journey::Channel;

/// How many different names are compared.
const MOST: usize = 1 << 16;
/// How many groups of names that look alike are told.
const TOLD: usize = 20;

/// The names in a column.
#[derive(Debug)]
pub(super) struct Spellings {
    names: Names,
}

impl Spellings {
    pub(super) fn new() -> Self {
        Self {
            names: Names::new(Seed::new()),
        }
    }

    #[inline]
    pub(super) fn see(&mut self, name: &[u8]) {
        if self.names.find(name).is_none() {
            self.add(name);
        }
    }

    #[cold]
    fn add(&mut self, name: &[u8]) {
        if self.names.len() < MOST
            && let Ok(name) = std::str::from_utf8(name)
        {
            self.names.intern(name);
        }
    }

    /// Names that look alike; those for which `one` holds count as one already.
    pub(super) fn remark(
        &self,
        header: &str,
        one: impl Fn(&str) -> bool,
        remarks: &mut Vec<CsvRemark>,
    ) {
        let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let count = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        for number in 0..count {
            let name = self.names.name(number);
            if !name.is_empty() && !one(name) {
                alike.entry(look(name)).or_default().push(name.to_owned());
            }
        }
        for (_, names) in alike
            .into_iter()
            .filter(|(_, names)| names.len() > 1)
            .take(TOLD)
        {
            let header = header.to_owned();
            remarks.push(CsvRemark::Alike { header, names });
        }
    }
}

/// A name without what the eye overlooks: capitals, blanks, hyphens, letters of no width, the way in which accents are stored.
fn look(name: &str) -> String {
    let seen = name.nfkc().filter(|letter| {
        !letter.is_whitespace()
            && !matches!(letter, '-' | '_' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{2060}' | '\u{feff}')
    });
    seen.flat_map(char::to_lowercase).collect()
}

/// Channels that everybody knows, however they are spelt.
#[derive(Debug)]
pub(super) struct Channels {
    names: Names,
    /// By number of the name: the spelling that is taken, where that is another one.
    taken: Vec<Option<Vec<u8>>>,
    /// By the known channel: the spelling taken, and the others.
    known: BTreeMap<String, (String, Vec<String>)>,
}

impl Channels {
    pub(super) fn new() -> Self {
        Self {
            names: Names::new(Seed::new()),
            taken: Vec::new(),
            known: BTreeMap::new(),
        }
    }

    /// The spelling to take for a channel, where it is another one.
    #[inline]
    pub(super) fn taken(&mut self, name: &[u8]) -> Option<&[u8]> {
        let number = match self.names.find(name) {
            Some(number) => number,
            None => self.add(name)?,
        };
        self.taken.get(number as usize)?.as_deref()
    }

    #[cold]
    fn add(&mut self, name: &[u8]) -> Option<u32> {
        if self.names.len() >= MOST {
            return None;
        }
        let name = std::str::from_utf8(name).ok()?;
        let number = self.names.intern(name)?;
        let key = look(name);
        let known = Channel::KNOWN.iter().any(|known| known.as_str() == key);
        let mut taken = None;
        if known {
            let (first, others) = self
                .known
                .entry(key)
                .or_insert_with(|| (name.to_owned(), Vec::new()));
            if first != name {
                others.push(name.to_owned());
                taken = Some(first.clone().into_bytes());
            }
        }
        self.taken.push(taken);
        Some(number)
    }

    /// Whether a name is a spelling of a channel that everybody knows.
    pub(super) fn is_known(&self, name: &str) -> bool {
        self.known.contains_key(&look(name))
    }

    pub(super) fn remark(&self, remarks: &mut Vec<CsvRemark>) {
        for (taken, others) in self.known.values().filter(|(_, others)| !others.is_empty()) {
            remarks.push(CsvRemark::OneChannel {
                taken: taken.clone(),
                others: others.clone(),
            });
        }
    }
}
