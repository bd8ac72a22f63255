//! Above the touchpoints of a band: its phases and stages.

use std::ops::Range;

use super::Map;
use super::layout::PADDING;
use crate::journey::Phase;
use crate::render::svg::canvas::{Anchor, Canvas, Line, plain};
use crate::render::svg::width::Face;
use crate::view::map::Column;

impl Map<'_> {
    /// The tinted headers of the phases; answers where they end.
    pub(super) fn phases(&self, canvas: &mut Canvas, band: &Range<usize>, top: f64) -> f64 {
        let layout = &self.layout;
        let columns = self.columns(band);
        let runs = self.runs(band, |column| column.phase);
        let texts: Vec<(String, Vec<String>)> = runs
            .iter()
            .filter_map(|run| {
                let phase = columns.get(run.start)?.phase;
                let before = (band.start + run.start).checked_sub(1);
                let before = before.and_then(|before| self.shown.columns.get(before));
                let goes_on = before.is_some_and(|column| column.phase == phase);
                let room = run.len() as f64 * layout.column - 2.0 * PADDING;
                let facts = if goes_on {
                    self.say.word("continued").to_owned()
                } else {
                    self.phase_facts(phase)
                };
                Some((self.say.phase_name(phase), Face::SMALL.wrap(&facts, room)))
            })
            .collect();
        let lines = texts
            .iter()
            .map(|(_, facts)| facts.len())
            .max()
            .unwrap_or(0);
        let height = 30.0 + lines as f64 * Face::SMALL.leading();
        for (run, (name, facts)) in runs.iter().zip(&texts) {
            let x = layout.column_at(run.start);
            let width = run.len() as f64 * layout.column;
            canvas.rect("cj-phase", [x + 1.0, top, width - 2.0, height], 4.0);
            let line = Line {
                x: x + PADDING,
                y: top + 5.0,
                anchor: Anchor::Start,
                face: Face::bold(15.0),
                class: "cj-ink",
                room: width - 2.0 * PADDING,
            };
            let below = canvas.lines(line, std::slice::from_ref(name));
            let line = Line {
                y: below,
                face: Face::SMALL,
                class: "cj-soft",
                ..line
            };
            canvas.lines(line, facts);
        }
        top + height
    }

    fn phase_facts(&self, phase: Phase) -> String {
        let phases = &self.shown.phases;
        let Some(figures) = phases.iter().find(|figures| figures.phase == phase) else {
            return String::new();
        };
        self.say.phase(
            figures.mean,
            self.shown.figures.knows_feelings,
            figures.reach,
        )
    }

    /// The names of the stages below, where there are any; answers where they end.
    pub(super) fn stages(&self, canvas: &mut Canvas, band: &Range<usize>, top: f64) -> f64 {
        let layout = &self.layout;
        let columns = self.columns(band);
        let runs = self.runs(band, |column| (column.phase, column.stage.clone()));
        let face = Face::bold(12.0);
        let texts: Vec<(&Range<usize>, Vec<String>)> = runs
            .iter()
            .filter_map(|run| {
                let stage = columns.get(run.start)?.stage.as_deref()?;
                let room = run.len() as f64 * layout.column - 2.0 * PADDING;
                Some((run, face.wrap(&plain(stage), room)))
            })
            .collect();
        let lines = texts
            .iter()
            .map(|(_, lines)| lines.len())
            .max()
            .unwrap_or(0);
        if lines == 0 {
            return top + 2.0;
        }
        let height = lines as f64 * face.leading() + 8.0;
        for (run, lines) in texts {
            let x = layout.column_at(run.start);
            let width = run.len() as f64 * layout.column;
            canvas.rect("cj-stage", [x + 1.0, top + 2.0, width - 2.0, height], 4.0);
            let line = Line {
                x: x + PADDING,
                y: top + 6.0,
                anchor: Anchor::Start,
                face,
                class: "cj-soft",
                room: width - 2.0 * PADDING,
            };
            canvas.lines(line, &lines);
        }
        top + height + 4.0
    }

    /// Borders between phases.
    pub(super) fn borders(
        &self,
        canvas: &mut Canvas,
        band: &Range<usize>,
        (top, bottom): (f64, f64),
    ) {
        for run in self.runs(band, |column| column.phase).iter().skip(1) {
            let x = self.layout.column_at(run.start);
            canvas.line("cj-border", (x, top), (x, bottom));
        }
    }

    /// The columns of a band in runs of what they have in common, as ranges of places.
    fn runs<T: PartialEq>(
        &self,
        band: &Range<usize>,
        of: impl Fn(&Column) -> T,
    ) -> Vec<Range<usize>> {
        let mut begin = 0;
        let columns = self.columns(band);
        let runs = columns.chunk_by(|a, b| of(a) == of(b)).map(|run| {
            let range = begin..begin + run.len();
            begin = range.end;
            range
        });
        runs.collect()
    }
}
