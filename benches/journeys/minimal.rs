//! The least that a program written for one table alone has to do: read it block by block, know its six columns by
//! their position and neither quotes nor faults, follow journeys, check their order, and count.
//!
//! It is the bar for the reader of the crate, which does the same for any table and any fault.

use std::fs::File;
use std::io::{self, Read};

const BLOCK: usize = 1 << 18;
const LONGEST_ROW: usize = 1 << 12;
/// At most so many touchpoints, and so many channels.
const MOST: usize = 64;

/// What is counted.
#[derive(Debug)]
pub(crate) struct Sums {
    pub(crate) events: u64,
    pub(crate) journeys: u64,
    pub(crate) ways: Vec<u64>,
    pub(crate) waits: Vec<u64>,
    pub(crate) emotions: Vec<u64>,
    pub(crate) promises: Vec<[u64; 3]>,
    pub(crate) channels: Vec<u64>,
    pub(crate) backwards: u64,
}

/// Names of at most 24 bytes, by a table of hashes.
struct Names {
    slots: Vec<([u8; 24], u32)>,
    taken: u32,
}

impl Names {
    fn new(room: usize) -> Self {
        Self {
            slots: vec![([0; 24], u32::MAX); room],
            taken: 0,
        }
    }

    fn number(&mut self, name: &[u8]) -> u32 {
        if self.taken as usize * 2 > self.slots.len() {
            let room = self.slots.len() * 2;
            for (name, number) in
                std::mem::replace(&mut self.slots, vec![([0; 24], u32::MAX); room])
            {
                if number != u32::MAX {
                    let at = self.place(&name);
                    self.slots[at] = (name, number);
                }
            }
        }
        let mut key = [0; 24];
        key[..name.len()].copy_from_slice(name);
        let at = self.place(&key);
        if self.slots[at].1 == u32::MAX {
            self.slots[at] = (key, self.taken);
            self.taken += 1;
        }
        self.slots[at].1
    }

    fn place(&self, key: &[u8; 24]) -> usize {
        let (words, _) = key.as_chunks::<8>();
        let hash = words.iter().fold(0_u64, |hash, word| {
            (hash.rotate_left(23) ^ u64::from_le_bytes(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 32) as usize & mask;
        while self.slots[at].1 != u32::MAX && self.slots[at].0 != *key {
            at = (at + 1) & mask;
        }
        at
    }
}

/// The position of a byte, or the end; eight bytes at a time.
fn until(text: &[u8], byte: u8) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let (words, last) = text.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let differ = u64::from_le_bytes(*word) ^ (ONES * u64::from(byte));
        let found = differ.wrapping_sub(ONES) & !differ & (ONES << 7);
        if found != 0 {
            return number * 8 + (found.trailing_zeros() / 8) as usize;
        }
    }
    let found = last.iter().position(|&other| other == byte);
    words.len() * 8 + found.unwrap_or(last.len())
}

/// Reads the whole log.
pub(crate) fn read(mut log: File) -> io::Result<Sums> {
    let mut sums = Sums {
        events: 0,
        journeys: 0,
        ways: vec![0; MOST * MOST],
        waits: vec![0; MOST * MOST],
        emotions: vec![0; MOST],
        promises: vec![[0; 3]; MOST],
        channels: vec![0; MOST * MOST],
        backwards: 0,
    };
    let (mut touchpoints, mut channels) = (Names::new(256), Names::new(64));
    let mut journeys = Names::new(1 << 16);
    // Where each journey is, and since when.
    let mut open: Vec<(u32, u64)> = Vec::new();
    let mut buffer = vec![0; BLOCK];
    let (mut filled, mut header) = (0, true);
    loop {
        let read = log.read(&mut buffer[filled..])?;
        filled += read;
        let mut rest = &buffer[..filled];
        // A row begins here only if all of it is there, or if there is no more.
        while rest.len() > if read == 0 { 0 } else { LONGEST_ROW } {
            let mut next = |end| {
                let (cell, after) = rest.split_at(until(rest, end));
                rest = after.get(1..).unwrap_or_default();
                cell
            };
            if std::mem::take(&mut header) {
                next(b'\n');
                continue;
            }
            let journey = journeys.number(next(b',')) as usize;
            let time = next(b',')
                .iter()
                .fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
            let place = touchpoints.number(next(b','));
            let touchpoint = place as usize;
            let channel = channels.number(next(b',')) as usize;
            let emotion = u64::from(next(b',').first().map_or(0, |digit| digit - b'0'));
            let promise = match next(b'\n').first() {
                Some(b'k') => 0,
                Some(b'b') => 1,
                _ => 2,
            };
            if let Some((last, since)) = open.get_mut(journey) {
                let way = *last as usize * MOST + touchpoint;
                sums.ways[way] += 1;
                if time < *since {
                    sums.backwards += 1;
                } else {
                    sums.waits[way] += time - *since;
                }
                (*last, *since) = (place, time);
            } else {
                open.push((place, time));
            }
            sums.events += 1;
            sums.emotions[touchpoint] += emotion;
            sums.promises[touchpoint][promise] += 1;
            sums.channels[touchpoint * MOST + channel] += 1;
        }
        let left = rest.len();
        buffer.copy_within(filled - left..filled, 0);
        filled = left;
        if read == 0 {
            break;
        }
    }
    sums.journeys = open.len() as u64;
    Ok(sums)
}
