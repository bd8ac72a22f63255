//! The cells of a row into an event.

use super::error::CellFault;
use super::field::CsvField;
use super::reader::{Reader, Stop};
use super::repeats::Kind;
use super::sink::Sink;
use super::text::{Row, RowCells};
use super::told::Met;
use super::value::cells;
use super::value::feelings::Felt;
use super::value::time::Instant;
use super::value::times::Told;
use crate::events::error::{EventFault, EventPart};
use crate::events::event::EventEmotion;
use crate::events::tally::journeys::Awaited;
use crate::events::tally::record::{Raw, Visit};
use crate::journey::{Phase, PromiseResult};

impl Reader {
    /// As [`row`](Self::row), for an event that need not be of a kind known before.
    #[inline(never)]
    pub(super) fn new_row(
        &mut self,
        cells: &RowCells<'_>,
        row: Row,
        journey: &[u8],
        text: Option<&[u8]>,
        sink: &mut impl Sink,
        awaited: &Awaited,
    ) -> Result<(), Stop> {
        let touchpoint = self.plan.columns.cell(cells, CsvField::Touchpoint);
        if self.is_no_event(cells, row, journey, touchpoint) {
            return Ok(());
        }
        let faults = self.faults.rows;
        let nothing =
            |reader: &Self, field, cell: &[u8]| cell.is_empty() || reader.is_nothing(field, cell);
        if nothing(self, CsvField::Journey, journey) {
            let cell = self.plan.columns.cell(cells, CsvField::Journey);
            let fault = CellFault::NoJourney(cells::text(cell));
            return self.leave_out(Some(CsvField::Journey), fault, row.line, cell, &[], sink);
        }
        for (field, cell) in [
            (CsvField::Journey, journey),
            (CsvField::Touchpoint, touchpoint),
        ] {
            if std::str::from_utf8(cell).is_err() {
                return self.leave_out(
                    Some(field),
                    CellFault::NotText,
                    row.line,
                    cell,
                    journey,
                    sink,
                );
            }
        }
        if nothing(self, CsvField::Touchpoint, touchpoint)
            || std::str::from_utf8(touchpoint).is_ok_and(|name| name.trim().is_empty())
        {
            let fault = CellFault::NoTouchpoint(cells::text(touchpoint));
            return self.leave_out(
                Some(CsvField::Touchpoint),
                fault,
                row.line,
                touchpoint,
                journey,
                sink,
            );
        }
        let sequence = self.sequence(cells, row.line, journey);
        let at = match self.time(cells, row.line, journey, touchpoint) {
            Ok(at) => at,
            Err((cell, fault)) if self.times_order || sequence.is_none() => {
                return self.leave_out(Some(CsvField::Time), fault, row.line, cell, journey, sink);
            }
            Err((cell, fault)) => {
                self.fault(CsvField::Time, fault, row.line, cell, journey);
                None
            }
        };
        let mut event = Raw {
            journey,
            touchpoint,
            channel: self.label(cells, CsvField::Channel),
            phase: self.phase(cells, row.line, journey),
            time: at.map(|at| at.ms),
            nanos: at.map_or(0, |at| at.nanos),
            batch: self.batch(cells),
            sequence,
            feeling: None,
            rating: None,
            valence: None,
            promise: self.promise(cells, row.line, journey),
            promise_name: self.label(cells, CsvField::PromiseName),
            outcome: self.label(cells, CsvField::Outcome),
            owner: self.label(cells, CsvField::Owner),
            segment: self.plan.columns.cell(cells, CsvField::Segment),
            customer: self.plan.columns.cell(cells, CsvField::Customer),
        };
        self.emotion(&mut event, cells, row.line);
        let stage = self.label(cells, CsvField::Stage);
        if !stage.is_empty() {
            self.visits.stage(touchpoint, stage);
        }
        self.touchpoints.see(touchpoint);
        self.spelt.see(event.channel);
        self.outcomes.see(journey, event.outcome);
        let taken = self.channels.taken(event.channel).map(<[u8]>::to_vec);
        if let Some(taken) = &taken {
            event.channel = taken;
        }
        let Some(visit) = self.prepare(&mut event, cells, row.line, sink)? else {
            self.done.rows += 1;
            return Ok(());
        };
        let numbering = sink.numbering();
        let put = sink.put(journey, event.customer, awaited, &visit);
        put.map_err(|fault| Box::new(self.of_event(fault, journey, row.line)))?;
        self.done.rows += 1;
        if faults == self.faults.rows
            && let (Some(text), Some(kind)) = (text, Kind::of(&visit))
        {
            self.repeats.remember(text, kind, numbering);
        }
        Ok(())
    }

    /// Looks up the names of an event, taking what it cannot have as not stated.
    fn prepare(
        &mut self,
        event: &mut Raw<'_>,
        cells: &RowCells<'_>,
        line: u64,
        sink: &mut impl Sink,
    ) -> Result<Option<Visit>, Stop> {
        let journey = event.journey;
        loop {
            match sink.prepare(event) {
                Ok(Some(visit)) => return Ok(Some(visit)),
                Ok(None) => return Ok(None),
                Err(EventFault::Rating(range)) => {
                    let cell = self.plan.columns.cell(cells, CsvField::Emotion);
                    let rating = event.rating.take().unwrap_or_default();
                    self.ratings.off(rating, cells::text(cell));
                    // Refused at the end: all its ratings are looked at, to say which scale they may have.
                    self.rare |= !self.stated.on_scale;
                    self.fault(
                        CsvField::Emotion,
                        CellFault::Rating(range),
                        line,
                        cell,
                        journey,
                    );
                }
                Err(EventFault::NotText(part)) if part != EventPart::Touchpoint => {
                    self.clear_what_is_no_text(event, line);
                }
                Err(fault) => return Err(Box::new(self.of_event(fault, journey, line))),
            }
        }
    }

    /// Takes names that are no text as not stated.
    fn clear_what_is_no_text(&mut self, event: &mut Raw<'_>, line: u64) {
        let journey = event.journey;
        let labels = [
            (CsvField::Channel, &mut event.channel),
            (CsvField::PromiseName, &mut event.promise_name),
            (CsvField::Outcome, &mut event.outcome),
            (CsvField::Owner, &mut event.owner),
            (CsvField::Customer, &mut event.customer),
        ];
        for (field, cell) in labels {
            if std::str::from_utf8(cell).is_err() {
                self.fault(field, CellFault::NotText, line, cell, journey);
                *cell = &[];
            }
        }
    }

    /// A name that need not be there.
    fn label<'a>(&mut self, cells: &RowCells<'a>, field: CsvField) -> &'a [u8] {
        if field != CsvField::Channel && !self.plan.columns.more {
            return &[];
        }
        let cell = self.plan.columns.cell(cells, field);
        if cell.is_empty() || !self.stated.says_nothing(field, cell) {
            return cell;
        }
        self.says_nothing(field, cell);
        &[]
    }

    #[cold]
    fn says_nothing(&mut self, field: CsvField, cell: &[u8]) {
        let words = self.nothing.entry(field).or_default();
        let word = cells::text(cell);
        if words.len() < 100 || words.contains_key(&word) {
            *words.entry(word).or_default() += 1;
        }
    }

    #[cold]
    fn fault(&mut self, field: CsvField, fault: CellFault, line: u64, cell: &[u8], journey: &[u8]) {
        self.faults.add(Met {
            field: Some(field),
            fault,
            line,
            cell,
            journey,
            leaves_out: false,
            stated: false,
        });
    }

    /// Leaves out a journey of which a row cannot be read; an error where what was counted cannot be taken back.
    #[cold]
    pub(super) fn leave_out(
        &mut self,
        field: Option<CsvField>,
        fault: CellFault,
        line: u64,
        cell: &[u8],
        journey: &[u8],
        sink: &mut impl Sink,
    ) -> Result<(), Stop> {
        let journey = if self.is_nothing(CsvField::Journey, journey) {
            &[]
        } else {
            journey
        };
        if !journey.is_empty() && !sink.leave_out(journey) {
            return Err(Box::new(self.at(field, fault, line)));
        }
        self.faults.add(Met {
            field,
            fault,
            line,
            cell,
            journey,
            leaves_out: true,
            stated: self.stated.is_missing(cell),
        });
        Ok(())
    }

    /// The time of a row: of its end, or else of its beginning.
    fn time<'a>(
        &mut self,
        cells: &RowCells<'a>,
        line: u64,
        journey: &[u8],
        touchpoint: &[u8],
    ) -> Result<Option<Instant>, (&'a [u8], CellFault)> {
        let cell = self.plan.columns.cell(cells, CsvField::Time);
        let zone = self.plan.columns.cell(cells, CsvField::Zone);
        let told = if self.plan.columns.has(CsvField::TimeOfDay) {
            let of_day = self.plan.columns.cell(cells, CsvField::TimeOfDay);
            self.plan.times.read_joined(cell, of_day, zone)
        } else if !zone.is_empty() {
            self.plan.times.read_zoned(cell, zone)
        } else if self.stated.is_missing(cell) {
            Ok(Told::Nothing)
        } else {
            self.plan.times.read(cell)
        };
        let mut at = match told {
            Ok(Told::At(at)) => Some(at),
            Ok(Told::Blank) => None,
            Ok(Told::Nothing) => {
                self.says_nothing(CsvField::Time, cell);
                None
            }
            Err(fault) => return Err((cell, fault)),
        };
        if self.plan.columns.has(CsvField::Start) || self.plan.columns.has(CsvField::StartTimeOfDay)
        {
            let (start, told) = self.start(cells, cell, zone);
            match (told, at) {
                (Ok(Told::At(from)), Some(to)) => self.visits.last(touchpoint, from, to),
                (Ok(Told::At(from)), None) => at = Some(from),
                (Err(fault), None) => return Err((start, fault)),
                (Err(fault), Some(_)) => self.fault(CsvField::Start, fault, line, start, journey),
                _ => {}
            }
        }
        self.no_time += u64::from(at.is_none() && self.plan.columns.has(CsvField::Time));
        Ok(at)
    }

    fn sequence(&mut self, cells: &RowCells<'_>, line: u64, journey: &[u8]) -> Option<i64> {
        let cell = self.optional(cells, CsvField::Sequence)?;
        match cells::sequence(cell) {
            Ok(number) => Some(number),
            Err(fault) => {
                self.fault(CsvField::Sequence, fault, line, cell, journey);
                None
            }
        }
    }

    /// The place among events of equal time: that of the batch, and the place in it.
    fn batch(&self, cells: &RowCells<'_>) -> u32 {
        let number = |field| -> u32 {
            if !self.plan.columns.has(field) {
                return 0;
            }
            let number = cells::sequence(self.plan.columns.cell(cells, field)).unwrap_or(0);
            u32::try_from(number.clamp(0, i64::from(u16::MAX))).unwrap_or(0)
        };
        let place = number(CsvField::Batch);
        if !self.plan.columns.has(CsvField::BatchOrder) {
            return place;
        }
        // Below a thousand, as a log of journeys has no room for more.
        number(CsvField::BatchOrder).min(30) * 32 + place.min(31)
    }

    /// A cell that is rarely there, unless it says nothing.
    #[inline]
    fn optional<'a>(&mut self, cells: &RowCells<'a>, field: CsvField) -> Option<&'a [u8]> {
        let cell = if self.plan.columns.more {
            self.plan.columns.cell(cells, field)
        } else {
            &[]
        };
        if cell.is_empty() {
            return None;
        }
        if self.stated.says_nothing(field, cell) {
            self.says_nothing(field, cell);
            return None;
        }
        Some(cell)
    }

    fn phase(&mut self, cells: &RowCells<'_>, line: u64, journey: &[u8]) -> Option<Phase> {
        let cell = self.optional(cells, CsvField::Phase)?;
        match cells::phase(cell) {
            Ok(phase) => Some(phase),
            Err(fault) => {
                self.fault(CsvField::Phase, fault, line, cell, journey);
                None
            }
        }
    }

    fn promise(
        &mut self,
        cells: &RowCells<'_>,
        line: u64,
        journey: &[u8],
    ) -> Option<PromiseResult> {
        let cell = self.plan.columns.cell(cells, CsvField::Promise);
        if cell.is_empty() {
            return None;
        }
        match self.promises.read(cell, &self.stated) {
            Ok(None) => {
                self.says_nothing(CsvField::Promise, cell);
                None
            }
            Ok(result) => result,
            Err(fault) => {
                self.fault(CsvField::Promise, fault, line, cell, journey);
                None
            }
        }
    }

    fn emotion(&mut self, event: &mut Raw<'_>, cells: &RowCells<'_>, line: u64) {
        let cell = self.plan.columns.cell(cells, CsvField::Emotion);
        if cell.is_empty() {
            return;
        }
        match self.emotions.read(cell, &self.stated) {
            Ok(Felt::Emotion(EventEmotion::Feeling(feeling))) => event.feeling = Some(feeling),
            Ok(Felt::Emotion(EventEmotion::Rating(rating))) => {
                event.rating = Some(rating);
                if !self.stated.on_scale {
                    self.ratings.on(rating, cell);
                }
            }
            Ok(Felt::Valence(valence)) => event.valence = Some(valence),
            Ok(Felt::Nothing) => self.says_nothing(CsvField::Emotion, cell),
            Err(fault) => self.fault(CsvField::Emotion, fault, line, cell, event.journey),
        }
    }
}
