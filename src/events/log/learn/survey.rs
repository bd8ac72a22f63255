//! Survey answers of a table: read as ratings into a log of their own, and put to the touchpoints of a map.

use std::collections::BTreeMap;

use ordered_float::OrderedFloat;

use crate::events::EventLog;
use crate::events::error::LearnError;
use crate::events::options::LearnOptions;
use crate::journey::SurveyMeasure;

/// What was answered to a survey question, by touchpoint.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SurveyAnswers {
    /// The ids of touchpoints with the measure and the answers given there, in the order of the map; those without an answer are left
    /// out.
    pub measures: Vec<(String, SurveyMeasure)>,
    /// How many answers there are.
    pub answers: u64,
    /// Whether the column states the answer of a journey in each of its rows, so that it was counted once, where the journey was last:
    /// nearly all journeys of several rows with an answer have the same one in all of them.
    pub is_repeated: bool,
}

/// From this share of journeys on whose rows all state the same answer, it is that of the journey.
const REPEATED: f64 = 0.95;

/// By how many digits answers are told apart; less is rounding.
const DIGITS: f64 = 1e9;

impl EventLog {
    /// The answers that the ratings of this log stand for. The log was read from the table of the events with the column of the answers
    /// as its ratings (the field `Emotion`) on the scale of the measure; the options are those with
    /// which the events themselves are learned, so that touchpoints have the same ids.
    ///
    /// A column that states the same answer in each row of a journey states an answer of the journey: it is counted once, where the
    /// journey was last.
    ///
    /// # Errors
    /// As [`EventLog::learn`].
    ///
    /// ```
    /// # #[cfg(feature = "csv")] {
    /// use customer_journey::events::{CsvField, TallyOptions};
    /// use customer_journey::measures::{SurveyKind, SurveyMeasure};
    /// use customer_journey::{CsvOptions, EventLog, LearnOptions, Phase, Scale};
    /// let table = "case,touchpoint,recommend\nc1,order,\nc1,delivery,9\nc2,order,\nc2,delivery,4\n";
    /// let options = LearnOptions::new().other_phases(Phase::During);
    /// let mut answers = EventLog::new(TallyOptions::new().scale(Scale::ZERO_TO_TEN));
    /// answers.read_csv(table.as_bytes(), &CsvOptions::new().column(CsvField::Emotion, "recommend"))?;
    /// let nps = answers.survey(&SurveyMeasure::new("recommend", SurveyKind::Nps), &options)?;
    /// assert_eq!((nps.measures[0].0.as_str(), nps.answers), ("delivery", 2));
    /// assert_eq!(nps.measures[0].1.score().value, Some(0.0)); // one promoter, one detractor
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn survey(
        &self,
        measure: &SurveyMeasure,
        options: &LearnOptions,
    ) -> Result<SurveyAnswers, LearnError> {
        let (learned, node_of) = self.tally().learn_on(options)?;
        let ids: Vec<&str> = learned
            .journey
            .touchpoints()
            .map(|touchpoint| touchpoint.id.as_str())
            .collect();
        let (min, max) = measure.bounds().unwrap_or((-1.0, 1.0));
        let answer = |valence: f64| {
            let answer = min + valence.midpoint(1.0) * (max - min);
            (answer * DIGITS).round() / DIGITS
        };
        let is_repeated = self.repeats_answers();
        let mut counts = BTreeMap::<usize, BTreeMap<OrderedFloat<f64>, u32>>::new();
        let mut answers = 0;
        for journey in self.journeys() {
            let mut given = Vec::new();
            for moment in journey.moments() {
                let place = moment.kind().map(|kind| kind.place() as usize);
                let node = place.and_then(|place| node_of.get(place).copied().flatten());
                given.extend(node.zip(moment.valence()));
            }
            let from = if is_repeated {
                given.len().saturating_sub(1)
            } else {
                0
            };
            for (node, valence) in given.drain(from..) {
                let of_node = counts.entry(node).or_default();
                let count = of_node.entry(OrderedFloat(answer(valence))).or_default();
                *count = count.saturating_add(1);
                answers += 1;
            }
        }
        let measures = counts.into_iter().filter_map(|(node, counts)| {
            let id = (*ids.get(node)?).to_owned();
            let counts = counts.into_iter();
            let counts = counts.map(|(answer, count)| (answer.into_inner(), count));
            Some((id, measure.clone().answers(counts)))
        });
        Ok(SurveyAnswers {
            measures: measures.collect(),
            answers,
            is_repeated,
        })
    }

    /// Whether nearly all journeys of several moments that have an answer have the same one at all of them.
    fn repeats_answers(&self) -> bool {
        let (mut several, mut same) = (0.0, 0.0);
        for journey in self.journeys().filter(|journey| journey.len() > 1) {
            let given = journey.moments().filter_map(|moment| moment.valence());
            let (mut answers, mut alike, mut first) = (0, true, None);
            for answer in given {
                answers += 1;
                let first = *first.get_or_insert(answer);
                alike &= answer.total_cmp(&first).is_eq();
            }
            if answers > 0 {
                several += 1.0;
                let all = alike && answers == journey.len();
                same += f64::from(u8::from(all));
            }
        }
        several > 0.0 && same >= REPEATED * several
    }
}
