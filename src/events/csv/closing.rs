//! What is told once the whole table was read.

use std::collections::BTreeMap;

use super::field::CsvField;
use super::joined::JOINED;
use super::reader::Reader;
use super::sink::Sink;
use super::told::{CsvRefusal, CsvRemark};
use super::value::strangers;
use crate::events::held::Held;

/// How many names of journeys are told.
const NAMED: usize = 10;
/// From how many events on a journey is large, and how much larger than the mean.
const LARGE: (u64, u64) = (100, 20);

impl Reader {
    /// The remarks that need the whole table, and why it is refused.
    pub(super) fn close(&mut self, sink: &mut impl Sink) {
        let mut remarks = std::mem::take(&mut self.done.remarks);
        self.remark_on_cells(&mut remarks);
        sink.finish();
        match sink.held() {
            Some(held) => self.remark_on_journeys(&held, sink, &mut remarks),
            None => {
                for id in strangers::placeholders().filter(|id| sink.knows(id.as_bytes())) {
                    remarks.push(CsvRemark::Placeholder {
                        id: id.to_owned(),
                        events: None,
                    });
                }
            }
        }
        self.visits.remarks(&mut remarks);
        self.done.remarks = remarks;
        self.done.durations = self.visits.durations();
        self.done.stages = self.visits.stages();
        self.done.faults = self.faults.totals(&self.done.plan.fields);
        self.done.faulty = self.faults.rows;
        self.done.touched = self.faults.touched.len() as u64;
        self.done.left_out = self.faults.left_out.len() as u64;
        let names = self.faults.left_out.iter().take(NAMED);
        self.done.left_out_names = names
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        self.done.without_journey = self.faults.without_journey;
        self.refuse();
    }

    fn refuse(&mut self) {
        if self.ratings.off > 0 && !self.stated.on_scale {
            let likely = self.ratings.likely();
            self.done.refusals.push(CsvRefusal::NoScale {
                header: self.header(CsvField::Emotion),
                range: likely.range,
                likely: likely.scale,
                codes: likely.codes,
            });
        }
        let rows = self.all_rows;
        let share = self.faults.rows as f64 / rows.max(1) as f64;
        if self.faults.rows > 0 && share > self.tolerance {
            self.done.refusals.push(CsvRefusal::TooManyFaults {
                faulty: self.faults.rows,
                rows,
                tolerance: self.tolerance,
                journeys: self.done.touched,
            });
            self.refuse_ratings();
        }
    }

    /// What the ratings may be that are off the scale that was stated.
    fn refuse_ratings(&mut self) {
        if self.ratings.off == 0 || !self.stated.on_scale {
            return;
        }
        let scale = self.stated.scale;
        let (codes, likely) = match self
            .ratings
            .beside(scale.min(), scale.max(), self.done.rows)
        {
            Ok(codes) => (codes, None),
            Err(likely) => (Vec::new(), Some(likely)),
        };
        self.done.refusals.push(CsvRefusal::OffScale {
            header: self.header(CsvField::Emotion),
            scale,
            codes,
            likely,
        });
    }

    fn remark_on_cells(&mut self, remarks: &mut Vec<CsvRemark>) {
        for (field, words) in &self.nothing {
            remarks.push(CsvRemark::Nothing {
                header: self.header(*field),
                words: super::told::most_frequent(words, 20),
            });
        }
        if !self.stated.on_scale && self.ratings.are_one_sided() {
            remarks.push(CsvRemark::OneSided {
                header: self.header(CsvField::Emotion),
            });
        }
        if !self.plan.times.improbable.is_empty() {
            remarks.push(CsvRemark::ImprobableTimes {
                times: super::told::most_frequent(&self.plan.times.improbable, 20),
                unknown: self.plan.times.improbable_unknown,
            });
        }
        if self.times_order && self.no_time > 0 && self.no_time < self.done.rows {
            remarks.push(CsvRemark::NoTime { rows: self.no_time });
        }
        if self.doubled.0 > 0 {
            remarks.push(CsvRemark::Doubled {
                rows: self.doubled.0,
                line: self.doubled.1,
                once: self.once.is_some(),
            });
        }
        if self.header_repeated > 0 {
            remarks.push(CsvRemark::HeaderRepeated {
                rows: self.header_repeated,
            });
        }
        if let (line, rows @ 1..) = self.total {
            remarks.push(CsvRemark::Total { line, rows });
        }
        if self.ruled > 0 {
            remarks.push(CsvRemark::Ruled { rows: self.ruled });
        }
        if self.short > 0 {
            remarks.push(CsvRemark::ShortRows { rows: self.short });
        }
        self.channels.remark(remarks);
        let touchpoints = self.header(CsvField::Touchpoint);
        self.touchpoints.remark(&touchpoints, |_| false, remarks);
        let outcomes = self.header(CsvField::Outcome);
        self.outcomes.remark(&outcomes, remarks);
        let channels = self.header(CsvField::Channel);
        self.spelt
            .remark(&channels, |name| self.channels.is_known(name), remarks);
    }

    fn remark_on_journeys(&self, held: &Held, sink: &mut impl Sink, remarks: &mut Vec<CsvRemark>) {
        self.remark_on_years(held, remarks);
        // A single step back is a slip, unless ties show that it matters.
        let newest = held.back > 1 || (held.back > 0 && held.ties > 0);
        let reversed = self.newest_first || (newest && held.back >= 20 * held.forth);
        if reversed {
            // Rows without a time stand behind the one that happened before them.
            sink.newest_first();
            remarks.push(CsvRemark::NewestFirst);
        } else if held.back > 0 {
            remarks.push(CsvRemark::Sorted { steps: held.back });
        }
        if held.ties > 0 {
            remarks.push(CsvRemark::Ties {
                steps: held.ties,
                reversed,
            });
        }
        // Rows that repeat the one before them are told of already.
        let apart = held.same.saturating_sub(self.doubled.0);
        if apart > 0 && self.once.is_none() {
            remarks.push(CsvRemark::Same { events: apart });
        }
        let events: u64 = held.journeys.iter().map(|(_, events)| events).sum();
        let journeys = held.journeys.len() as u64;
        if journeys > 1 && events == journeys {
            remarks.push(CsvRemark::SingleEvents { journeys });
        }
        let mut cut = Vec::new();
        let mut none: BTreeMap<&str, u64> = BTreeMap::new();
        let joined = self.plan.columns.has(CsvField::Person);
        // Where ids are numbers from 0 on, 0 is one of them.
        let one = |id: &str| id.trim_start_matches('0') == "1";
        let counted = held.journeys.iter().any(|(id, _)| one(id));
        for (id, count) in &held.journeys {
            // The number of the session stands behind the person.
            let own = id.rsplit_once(JOINED).filter(|_| joined);
            let own = own.map_or(id.as_str(), |(_, own)| own);
            if !(counted && own.bytes().all(|byte| byte == b'0')) && strangers::is_placeholder(own)
            {
                *none.entry(own).or_default() += *count;
            } else if *count >= LARGE.0
                && count.saturating_mul(1000) >= events
                && count.saturating_mul(journeys) >= events.saturating_mul(LARGE.1)
            {
                remarks.push(CsvRemark::LargeJourney {
                    id: id.clone(),
                    events: *count,
                    of: events,
                });
            }
            if is_cut(id) {
                cut.push(id);
            }
        }
        remarks.extend(none.into_iter().map(|(id, events)| CsvRemark::Placeholder {
            id: id.to_owned(),
            events: Some(events),
        }));
        let scientific = cut.iter().any(|id| id.contains(['E', 'e', '#']));
        if scientific || (cut.len() > 1 && 2 * cut.len() > held.journeys.len()) {
            let examples = cut.iter().take(3).map(|id| (*id).clone());
            remarks.push(CsvRemark::CutIds {
                examples: examples.collect(),
            });
        }
    }
}

/// Whether an id looks like a number of which a spreadsheet kept the first digits: `1.23457E+15`, or sixteen digits and
/// more that end in zeros.
fn is_cut(id: &str) -> bool {
    // What a spreadsheet shows in a column that is too narrow.
    if id.len() > 2 && id.bytes().all(|byte| byte == b'#') {
        return true;
    }
    if let Some((digits, exponent)) = id.split_once(['E', 'e']) {
        let number = digits.split_once(['.', ',']);
        let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let exponent = exponent.strip_prefix('+');
        return number.map_or_else(|| all(digits), |(whole, part)| all(whole) && all(part))
            && exponent.is_some_and(all);
    }
    id.len() >= 16 && id.bytes().all(|byte| byte.is_ascii_digit()) && id.ends_with('0')
}
