//! What the compared figures are: their keys, their words, their units, and what is better.

use crate::journey::{CountedName, CountedPart};
use crate::page::words::{name, place};
use crate::page::{Unit as Words, what_of};
use crate::report::{Direction, Figure, ReportPart, Unit};
use crate::statistics::Scale;

/// The key of a figure of a report: that of the counted figure where there is one.
pub(super) fn key_of(figure: Figure, part: ReportPart<'_>) -> String {
    let word = figure.as_str();
    match (part, figure) {
        (ReportPart::Outcome(_), _) => "outcome".to_owned(),
        (ReportPart::Touchpoint(_), Figure::Reach | Figure::Visits)
        | (ReportPart::Whole | ReportPart::Promise(_), _) => word.to_owned(),
        (ReportPart::Touchpoint(_), _) => format!("touchpoint_{word}"),
        (ReportPart::Phase(_), _) => format!("phase_{word}"),
        (ReportPart::Need(_), _) => format!("need_{word}"),
    }
}

/// A figure of the report that is no counted one, and what it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Whole,
    Touchpoint,
    Phase,
    Need,
}

/// What kind of figure a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Counted(CountedName),
    Report(Figure, Part),
    /// Of a document that was written by a later version.
    Unknown,
}

const PREFIXES: [(&str, Part); 4] = [
    ("touchpoint_", Part::Touchpoint),
    ("phase_", Part::Phase),
    ("need_", Part::Need),
    ("", Part::Whole),
];

impl Kind {
    pub(super) fn of(key: &str) -> Self {
        if let Some(&name) = CountedName::ALL.iter().find(|name| name.as_str() == key) {
            return Self::Counted(name);
        }
        let found = PREFIXES.iter().find_map(|&(prefix, part)| {
            let word = key.strip_prefix(prefix)?;
            let figure = Figure::ALL.iter().find(|figure| figure.as_str() == word)?;
            Some(Self::Report(*figure, part))
        });
        found.unwrap_or(Self::Unknown)
    }

    /// Whether what it is of may be ids of touchpoints.
    pub(super) fn is_of_touchpoints(self) -> bool {
        match self {
            Self::Counted(name) => is_of_touchpoints(name),
            Self::Report(_, part) => part == Part::Touchpoint,
            Self::Unknown => false,
        }
    }

    /// Whether it is counted on whole journeys.
    pub(super) fn is_counted(self) -> bool {
        matches!(self, Self::Counted(_))
    }

    /// Whether it is a quantile of times.
    pub(super) fn is_quantile(self) -> bool {
        matches!(self, Self::Counted(name) if name.is_quantile())
    }

    fn unit(self) -> Unit {
        match self {
            Self::Counted(name) => Unit::of_counted(name),
            Self::Report(figure, _) => figure.unit(),
            Self::Unknown => Unit::Times,
        }
    }

    pub(super) fn scale(self) -> Scale {
        match self.unit() {
            Unit::Share => Scale::Share,
            Unit::Valence | Unit::Intensity => Scale::Feeling,
            Unit::Times | Unit::Seconds | Unit::Money => Scale::Amount,
        }
    }

    pub(super) fn is_felt(self) -> bool {
        self.scale() == Scale::Feeling
    }

    /// Whether it is one of a long series that people see as a picture.
    pub(super) fn is_data(self) -> bool {
        use CountedName as Name;
        matches!(
            self,
            Self::Counted(Name::Curve | Name::UnderWay | Name::WorstAtMost | Name::BestAtLeast)
        )
    }

    /// Whether a change is for the better.
    pub(super) fn better(self, change: f64) -> Option<bool> {
        use CountedName as Name;
        let direction = match self {
            Self::Report(figure, _) => figure.direction(),
            Self::Unknown => Direction::Depends,
            Self::Counted(name) => match name {
                Name::Curve
                | Name::Mean
                | Name::End
                | Name::Worst
                | Name::Best
                | Name::Peak
                | Name::BestAtLeast
                | Name::KeptRate => Direction::More,
                Name::Hurt
                | Name::Unhappy
                | Name::WorstAtMost
                | Name::MeetsBroken
                | Name::Wait
                | Name::WaitTotal
                | Name::FirstPain => Direction::Less,
                _ => Direction::Depends,
            },
        };
        match direction {
            Direction::More => Some(change > 0.0),
            Direction::Less => Some(change < 0.0),
            Direction::Depends => None,
        }
    }

    /// Its place among the figures.
    pub(super) fn rank(self) -> (Option<Part>, usize) {
        match self {
            Self::Counted(name) => {
                let place = CountedName::ALL.iter().position(|&known| known == name);
                (None, place.unwrap_or(0))
            }
            Self::Report(figure, part) => {
                let place = Figure::ALL.iter().position(|&known| known == figure);
                (Some(part), place.unwrap_or(0))
            }
            Self::Unknown => (Some(Part::Need), usize::MAX),
        }
    }

    /// What it is, in words.
    pub(super) fn what(self, key: &str, of: &[CountedPart]) -> String {
        let first = of.first().map(ToString::to_string).unwrap_or_default();
        match self {
            Self::Counted(known) => what_of(known, of),
            Self::Report(figure, part) => {
                let label = figure.label();
                match part {
                    Part::Whole if first.is_empty() => label.to_owned(),
                    Part::Whole => format!("{label}: {}", name(&first)),
                    Part::Touchpoint => format!("{label}: {}", place(&first)),
                    Part::Phase => format!("{label}, {first} the interaction"),
                    Part::Need => format!("{label} of the need {}", name(&first)),
                }
            }
            Self::Unknown => format!("{} {}", name(key), name(&first)),
        }
    }

    /// A value in words.
    pub(super) fn say(self, value: f64) -> String {
        match self.unit() {
            Unit::Share => Words::Of100.say(value.clamp(0.0, 1.0)) + " of 100",
            Unit::Valence => Words::Valence.say(value),
            Unit::Intensity | Unit::Times => Words::Size.say(value),
            Unit::Seconds => Words::Duration.say(value),
            Unit::Money => Words::Money.say(value),
        }
    }

    /// The same where the heading says what shares are of.
    pub(super) fn say_short(self, change: f64) -> String {
        match self.unit() {
            Unit::Share => Words::ChangeOf100.say(change),
            _ => self.say_change(change),
        }
    }

    /// A difference in words, with its sign.
    pub(super) fn say_change(self, change: f64) -> String {
        let size = |text: String| {
            let sign = if change < 0.0 { "-" } else { "+" };
            if change == 0.0 {
                text
            } else {
                format!("{sign}{text}")
            }
        };
        match self.unit() {
            Unit::Share => Words::ChangeOf100.say(change) + " of 100",
            Unit::Valence => Words::Change.say(change),
            Unit::Intensity | Unit::Times => size(Words::Size.say(change.abs())),
            Unit::Seconds => size(Words::Duration.say(change.abs())),
            Unit::Money => Words::MoneyChange.say(change),
        }
    }
}

/// Whether what a counted figure is of may be ids of touchpoints. All are named here, so that a new one has to say it.
fn is_of_touchpoints(name: CountedName) -> bool {
    use CountedName as Name;
    match name {
        Name::Reach
        | Name::Visits
        | Name::OutcomeAfterVisit
        | Name::OutcomeAfterBad
        | Name::OutcomeAfterGood
        | Name::OutcomeAfterOther
        | Name::OutcomeAsFar
        | Name::GoesWith
        | Name::Wait
        | Name::Variant
        | Name::VariantOutcome
        | Name::FirstPainAt
        | Name::DeliveryGap
        | Name::ExpectationGap
        | Name::Lead
        | Name::LeadSeconds
        | Name::Announced
        | Name::HeardAt
        | Name::AnsweredAt
        | Name::AnsweredOfHeard
        | Name::VisitsAfterAnswer => true,
        Name::Length
        | Name::LengthSd
        | Name::UnderWay
        | Name::Curve
        | Name::Mean
        | Name::Hurt
        | Name::End
        | Name::Worst
        | Name::Best
        | Name::Peak
        | Name::WorstAtMost
        | Name::BestAtLeast
        | Name::Swing
        | Name::Unhappy
        | Name::KeptRate
        | Name::MeetsBroken
        | Name::Tries
        | Name::Outcome
        | Name::OutcomeWhenKept
        | Name::OutcomeWhenBroken
        | Name::OutcomeByStart
        | Name::OutcomeByTries
        | Name::OutcomeByFate
        | Name::Both
        | Name::WaitTotal
        | Name::WaitTotalMean
        | Name::Lasted
        | Name::LastedMean
        | Name::RecoveryTime
        | Name::RecoveryTimeMean
        | Name::AnsweredWithin
        | Name::VariantUnseen
        | Name::FirstPain
        | Name::FirstPainAfter
        | Name::HandOvers
        | Name::NoHandOver
        | Name::HandOverChange
        | Name::BegunAgain
        | Name::Recognised
        | Name::RecognisedDifference
        | Name::Complained
        | Name::ComplaintFate
        | Name::FeltByFate
        | Name::PublicByFate
        | Name::FeelingWhenKept
        | Name::FeelingWhenBroken => false,
    }
}
