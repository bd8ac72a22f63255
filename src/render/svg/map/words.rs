//! Everything that a map says by itself, in one place and in a language: names of lanes and signs, and the sentences around figures and
//! names.

use crate::analysis::{PainCause, PainCauseKind};
use crate::journey::{Ability, Channel, Evidence, JourneyKind, Outcome, Phase, PromiseResult};
use crate::language::Language;
use crate::render::number::{
    MOMENTS, amount, capital, feeling, of_100, per_journey, percent, share, size, that, whole,
};
use crate::render::svg::canvas::plain;
use crate::view::map::{
    Cut, EndingHere, FeltMost, Figured, Intended, Lane, Moving, Sign, Visitors,
};

/// The words of a language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a>(pub(super) &'a Language);

impl<'a> Words<'a> {
    /// What a lane is called.
    pub(super) fn lane(self, lane: Lane) -> &'a str {
        self.0.word(match lane {
            Lane::Touchpoint => "Touchpoint",
            Lane::Image => "Picture",
            Lane::Does => "What they do",
            Lane::Channel => "Channel",
            Lane::Ways => "Where customers go next",
            Lane::Waits => "Time to the next",
            Lane::Need => "What they come for",
            Lane::Told => "What they are told",
            Lane::Quotes => "What they say",
            Lane::Feeling => "Feeling",
            Lane::Intended => "Meant to feel",
            Lane::Promise => "Promises",
            Lane::Pain => "Pain",
            Lane::Bright => "Bright spots",
            Lane::Truth => "Moments of truth",
            Lane::Figures => "Measured",
            Lane::Comes => "Who comes",
            Lane::Ends => "Journeys that end here",
            Lane::Visibility => "line of visibility: what stands below it, customers do not see",
            Lane::Backstage => "Backstage",
            Lane::Owner => "Owner",
            Lane::Abilities => "Possible here",
            Lane::Cost => "Cost",
            Lane::Notes => "Notes",
            Lane::Ideas => "Ideas",
        })
    }

    /// What a sign means.
    pub(super) fn sign(self, sign: Sign) -> &'a str {
        self.0.word(match sign {
            Sign::LikelyPath => "on the most likely way",
            Sign::Marker => "mean feeling; larger where more customers come",
            Sign::Spread => "8 in 10 visits feel between",
            Sign::FeltGiven => "felt by those who remember something",
            Sign::WayGiven => "way for those who remember something",
            Sign::Gap => "no data",
            Sign::Intended => "the feeling that is meant",
            Sign::Stream => "the thicker, the more journeys go there",
            Sign::Bypass => "many journeys go straight there, past the others",
            Sign::Skip => "others in between are not drawn, or few customers go straight on",
            Sign::Jump => "next on the map, but not a way that customers often go",
            Sign::WayOnward => "way onward, with the share of those who leave",
            Sign::WayBack => "way back",
            Sign::Contradiction => "told different things for the same need",
            Sign::Evidence(Evidence::Assumed) => "assumed",
            Sign::Evidence(Evidence::Reported) => "told by people",
            Sign::Evidence(Evidence::Observed) => "counted",
        })
    }

    /// A figure with what stands around it: "29 of 100", "less than 1 %", "+0.35".
    pub(super) fn figures(self, text: &str) -> String {
        self.0.figure(text)
    }

    pub(super) fn is_english(self) -> bool {
        self.0.tag == "en"
    }

    pub(super) fn say(self, phrase: &'static str, parts: &[&str]) -> String {
        self.0.say(phrase, parts)
    }

    /// A share of all: "29 %".
    pub(super) fn percent(self, share: f64) -> String {
        self.figures(&percent(share))
    }

    /// A valence: "-0.27".
    pub(super) fn valence(self, valence: f64) -> String {
        self.figures(&feeling(valence))
    }

    pub(super) fn phase_name(self, phase: Phase) -> String {
        capital(self.0.phase(phase))
    }

    /// A channel by the word of the language where it is one of the known ones.
    pub(super) fn channel(self, channel: &Channel) -> String {
        match channel {
            Channel::Other(name) => plain(name),
            known if self.is_english() => plain(known.as_str()),
            known => self
                .0
                .word(&format!("channel.{}", known.as_str()))
                .to_owned(),
        }
    }

    pub(super) fn outcome(self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Other(name) => plain(name),
            known if self.is_english() => plain(known.as_str()),
            known => self
                .0
                .word(&format!("outcome.{}", known.as_str()))
                .to_owned(),
        }
    }

    /// What the scale of feelings is, below a map that has it.
    pub(super) fn scale(self) -> &'a str {
        self.0
            .word("Feelings run from -1, as bad as can be, over 0 to +1, as good as can be.")
    }

    /// A word or a sentence that stands alone.
    pub(super) fn word(self, phrase: &'static str) -> &'a str {
        self.0.word(phrase)
    }

    pub(super) fn kind(self, kind: JourneyKind) -> &'a str {
        self.0.word(match kind {
            JourneyKind::Planned => "As it is planned to go.",
            JourneyKind::Experienced => "As customers experience it.",
        })
    }

    /// What the figures of the map rest on.
    pub(super) fn grounds(self, evidence: &[(Evidence, f64)]) -> String {
        let ground = |&(evidence, share): &(Evidence, f64)| {
            let (english, ground) = match evidence {
                Evidence::Assumed => ("on assumption", "{} of the moments on assumption"),
                Evidence::Reported => (
                    "on what people told",
                    "{} of the moments on what people told",
                ),
                Evidence::Observed => ("on counts", "{} of the moments on counts"),
            };
            if self.is_english() {
                format!("{} {english}", that(share, MOMENTS, ("rests", "rest")))
            } else {
                self.say(ground, &[&self.percent(share)])
            }
        };
        let grounds: Vec<String> = evidence.iter().map(ground).collect();
        format!("{}.", capital(&grounds.join(", ")))
    }

    /// What is left out of a map that is cut, and how to see it.
    pub(super) fn cut(self, cut: &Cut, columns: usize) -> String {
        let left_out = cut.touchpoints.saturating_sub(columns);
        self.say(
            "Drawn are the {} touchpoints of {} that customers meet most, some of each phase: {} of their moments lie there. The other {} are left out. To see \
             them, ask for more columns (`--columns {}` in the program), or look into the table of touchpoints.",
            &[
                &columns.to_string(),
                &whole(cut.touchpoints),
                &self.percent(cut.moments),
                &whole(left_out),
                &cut.touchpoints.to_string(),
            ],
        )
    }

    pub(super) fn ways_left_out(self, ways: usize) -> String {
        match ways {
            1 => self.0.word("One weaker way is not drawn.").to_owned(),
            ways => self.say("{} weaker ways are not drawn.", &[&whole(ways)]),
        }
    }

    pub(super) fn pains(self, pains: usize) -> &'a str {
        self.0.word(match pains {
            1 => "Where it hurts",
            _ => "Where it hurts most",
        })
    }

    pub(super) fn pain(self, rank: usize) -> String {
        self.say("pain {}", &[&rank.to_string()])
    }

    pub(super) fn no_in_moving(self, rank: usize) -> String {
        self.say("no. {} in moving people to act", &[&rank.to_string()])
    }

    /// The first pains by how strongly a visit moves people to act.
    pub(super) fn moving(self, pains: &[Moving]) -> String {
        let named = pains.iter().map(|pain| {
            let feelings = pain.feelings.iter();
            let mut about: Vec<String> = feelings
                .map(|feeling| self.0.feeling(*feeling).replace('_', " "))
                .collect();
            about.extend(pain.reach.map(|reach| self.journeys(reach)));
            format!("{} ({})", plain(&pain.label), about.join(", "))
        });
        let named: Vec<String> = named.collect();
        self.say(
            "By how strongly a single visit moves people to act: {}.",
            &[&named.join("; ")],
        )
    }

    pub(super) fn ends_in(self, outcome: &Outcome) -> String {
        self.say("end in {}", &[&self.outcome(outcome)])
    }

    pub(super) fn kept(self, promise: &str) -> String {
        self.say("kept “{}”", &[&plain(promise)])
    }

    /// What is said about a phase.
    pub(super) fn phase(self, mean: Option<f64>, knows_feelings: bool, reach: f64) -> String {
        let journeys = self.say("{} journeys", &[&self.figures(&share(reach))]);
        match mean {
            Some(mean) => format!(
                "{} {}, {journeys}",
                self.0.word("mean feeling"),
                self.valence(mean)
            ),
            None if knows_feelings => format!("{}, {journeys}", self.0.word("feeling unknown")),
            None => journeys,
        }
    }

    /// The feeling of most visits: "despair", or "doubt 60 %" where others feel otherwise.
    pub(super) fn felt_most(self, most: &FeltMost) -> String {
        let name = self.0.feeling(most.feeling);
        match most.share {
            Some(share) => format!("{name} {}", self.percent(share)),
            None => name.into_owned(),
        }
    }

    pub(super) fn intended(self, intended: &Intended) -> String {
        let mean = self.valence(intended.mean);
        match &intended.word {
            Some(word) => format!("{} ({mean})", self.felt_most(word)),
            None => mean,
        }
    }

    pub(super) fn but_felt(self, mean: f64) -> String {
        self.say("felt: {}", &[&self.valence(mean)])
    }

    pub(super) fn more(self, texts: usize) -> String {
        self.say("and {} more", &[&whole(texts)])
    }

    pub(super) fn makes(self, promise: &str) -> String {
        self.say("makes “{}”", &[&plain(promise)])
    }

    pub(super) fn tests(self, promise: &str) -> String {
        self.say("tests “{}”", &[&plain(promise)])
    }

    pub(super) fn result(self, result: PromiseResult, share: f64) -> String {
        let phrase = match result {
            PromiseResult::Kept => "kept {}",
            PromiseResult::Broken => "broken {}",
            PromiseResult::Unknown => "unknown {}",
        };
        self.say(phrase, &[&self.percent(share)])
    }

    pub(super) fn of_all_hurt(self, share: f64) -> String {
        self.say("{} of all hurt", &[&self.percent(share)])
    }

    /// A cause of pain in a few words; `None` where another lane tells it.
    pub(super) fn cause(self, PainCause { kind, figure }: &PainCause) -> Option<String> {
        Some(match kind {
            // Told by the curve and the lane of promises.
            PainCauseKind::NegativeEmotion | PainCauseKind::BrokenPromise => return None,
            PainCauseKind::NoMandate => self.0.word("nobody here may put it right").to_owned(),
            PainCauseKind::KeptButCold => self.say("kept but cold: {}", &[&self.valence(*figure)]),
            PainCauseKind::Repetition => self.each(*figure),
            PainCauseKind::NotRecognised => {
                self.say("{} begin again, not recognised", &[&self.percent(*figure)])
            }
            PainCauseKind::Contradiction => {
                self.say("{} are told otherwise elsewhere", &[&self.percent(*figure)])
            }
            PainCauseKind::DropOff => self.say("{} drop off here", &[&self.percent(*figure)]),
        })
    }

    pub(super) fn truth(self, rank: usize) -> String {
        self.say("moment of truth {}", &[&rank.to_string()])
    }

    pub(super) fn moves(self, outcome: &Outcome, by: f64) -> String {
        self.say(
            "changes the chance of {} by {} of 100",
            &[&self.outcome(outcome), &self.figures(&of_100(by))],
        )
    }

    pub(super) fn ability(self, ability: Ability) -> &'a str {
        self.0.word(match ability {
            Ability::Resolve => "put things right",
            Ability::Listen => "be heard",
            Ability::Answer => "get an answer",
            Ability::Recognise => "be recognised",
        })
    }

    pub(super) fn visitors(self, visitors: Visitors) -> String {
        match visitors {
            Visitors::Visits(visits) => self.figures(&per_journey(visits, ("visit", "visits"))),
            Visitors::Nobody => self.0.word("nobody comes here").to_owned(),
            Visitors::Reach(reach) => self.say("{} journeys", &[&self.figures(&share(reach))]),
        }
    }

    pub(super) fn each(self, visits: f64) -> String {
        self.say("{} visits each", &[&self.figures(&size(visits))])
    }

    pub(super) fn known_of(self, known: f64) -> String {
        self.say("feeling known of {} of 100", &[&of_100(known)])
    }

    pub(super) fn ending(self, ending: &EndingHere) -> String {
        let outcome = self.outcome(&ending.outcome);
        let journeys = self.say("{} journeys", &[&self.figures(&share(ending.share))]);
        format!("{outcome}: {journeys}")
    }

    pub(super) fn cost(self, (cost, currency): &(f64, Option<String>)) -> String {
        let money = self.figures(&amount(*cost));
        let money = match currency {
            Some(currency) => format!("{money} {}", plain(currency)),
            None => money,
        };
        self.say("{} a visit", &[&money])
    }

    /// "NPS: 30 (95 %: 14.1 to 44.2; n 100)"
    pub(super) fn figure(self, figure: &Figured) -> String {
        let label = plain(&figure.label);
        let digits = |value: f64| self.figures(&value.to_string());
        let interval = figure
            .interval
            .map(|(low, high)| self.say("95 %: {} to {}", &[&digits(low), &digits(high)]));
        let n = figure.n.map(|n| format!("n {n}"));
        let rests: Vec<String> = interval.into_iter().chain(n).collect();
        let value = digits(figure.value);
        if rests.is_empty() {
            format!("{label}: {value}")
        } else {
            format!("{label}: {value} ({})", rests.join("; "))
        }
    }

    pub(super) fn different_answers(self, need: &str, answers: usize) -> String {
        self.say(
            "{}: {} different answers",
            &[&plain(need), &answers.to_string()],
        )
    }
}
