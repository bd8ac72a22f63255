//! Journey maps that one can compute with.
//!
//! Customer-experience people draw journeys as posters: the touchpoints at which customers meet a company before, during
//! and after an interaction, and how they feel there. This crate holds such a map as a petgraph graph of
//! [`Touchpoint`]s and answers, exactly, over all paths and loops: where does it hurt and why, where do channels
//! contradict each other, and how do feelings run from before to during to after.
//!
//! ```
//! use customer_journey::{Channel, Feeling, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint};
//!
//! let journey = Journey::builder("Delivery")
//!     .touchpoint(Touchpoint::new("order", Phase::Before, Channel::Web).feels(Feeling::Anticipation).makes("on time"))
//!     .touchpoint(
//!         Touchpoint::new("delivery", Phase::During, Channel::Post)
//!             .promise(Promise::new("on time").kept(80.0).broken(20.0))
//!             .feels(Feeling::Joy)
//!             .feels_when_broken(Feeling::Frustration)
//!             .ends(Outcome::Loyalty, 1.0),
//!     )
//!     .touchpoint(Touchpoint::new("call", Phase::After, Channel::Phone).feels(-0.3).ends(Outcome::Churn, 1.0))
//!     .transition("order", "delivery", 1.0)
//!     .transition_when(PromiseResult::Broken, "delivery", "call", 1.0)
//!     .build()?;
//! let flow = journey.flow()?;
//! assert!((flow.probability(&Outcome::Churn) - 0.1).abs() < 1e-12);
//! println!("{}", flow.report());
//! # Ok::<(), customer_journey::Error>(())
//! ```
//!
//! # Four nouns
//!
//! | noun | is | made by |
//! |---|---|---|
//! | [`Journey`] | the map: touchpoints and transitions, checked, immutable, serialisable | [`Journey::builder`], serde, `TryFrom` a petgraph graph |
//! | [`Flow`] | the journey as a stream of customers, computed once | [`Journey::flow`] |
//! | reports | owned plain data, an answer each | one method of [`Flow`] a question |
//! | [`Report`] | all answers together | [`Flow::report`] |
//!
//! Two steps can fail: building ([`Invalid`] lists every problem of the map) and [`Journey::flow`] ([`FlowError`]: nobody
//! can begin, or some can never finish, or the map is beyond what can be computed). After that no question can.
//!
//! The nouns that nearly every program types are at the root of the crate. All others stand in a module by subject:
//!
//! | module | holds |
//! |---|---|
//! | [`journey`] | what people draw: documents, counted figures, faults and where they are |
//! | [`events`] | journeys learned from event records: tables, logs, tallies, what was decided on the way |
//! | [`flow`] | shares of endings, traffic, what lies ahead, how it was solved |
//! | [`analysis`] | the options and the answers of all questions |
//! | [`pattern`], [`rules`] | a language for questions of your own, and rules that a journey must keep |
//! | [`report`] | how well a learned map tells what happened, two reports compared, what if |
//! | [`render`] | pictures, pages, text, tables |
//! | [`formats`] | Mermaid, CJML and JSON: options, notes and errors of reading and writing |
//! | [`sql`] | counting inside the engine that holds the events |
//!
//! # Other formats
//!
//! | format | in | out |
//! |---|---|---|
//! | Mermaid `journey` | `Journey::from_mermaid` | `Journey::to_mermaid` |
//! | Mermaid flowchart, Graphviz DOT, Vega-Lite | | [`Journey::flowchart`], [`Journey::dot`], `Journey::vega_lite` |
//! | CJML 2.0 XML | `Journey::from_cjml` | `Journey::to_cjml` |
//! | Spreadsheets, in English, norsk and svenska | `Journey::from_spreadsheet` | `Journey::to_spreadsheet` |
//! | JSON document | `Journey::from_json`, or any format of serde | `Journey::to_json`, or any format of serde |
//! | JSON Schema of the documents | | `schema` |
//!
//! # Questions
//!
//! | question | method |
//! |---|---|
//! | How often is each touchpoint visited, and by how many? | [`Flow::traffic`] |
//! | How do journeys end? What lies ahead from here? | [`Flow::outcomes`], [`Flow::ahead`] |
//! | How do feelings run from before to during to after? | [`Flow::trajectory`] |
//! | Where does it hurt, and why? | [`Flow::pain_points`] |
//! | Where is the ending decided? | [`Flow::moments_of_truth`] |
//! | Where do channels contradict each other? | [`Flow::channel_consistency`], [`Flow::contradictions`] |
//! | What becomes of promises, and what do broken ones cost? | [`Flow::promises`] |
//! | What announces an ending, and to what is it owed? | [`Flow::early_signs`], [`Flow::attribution`] |
//! | Who is unhappy, who is heard, and who leaves without a word? | [`Flow::listening`] |
//! | What does it cost, and what is it worth? | [`Flow::money`] |
//! | Which single fix changes the ending most? Which few of them for this much money? | [`Flow::fixes`], [`Flow::best_fixes`] |
//! | Which feelings go with which endings? | [`Flow::drivers`] |
//! | How sure is that? | [`Flow::error_bars`] |
//! | What happened on whole journeys, and how well does the map tell it? | [`Journey::counted`], [`Flow::fit`] |
//! | What is felt at each touchpoint? | [`Flow::emotions`] |
//! | Where do customers go next, in which order do they come? | [`Flow::transitions`], [`Flow::endings`], [`Flow::sequence`] |
//! | Anything else: who meets this and then that, and what becomes of them? | [`Flow::ask`] with a [`Pattern`] |
//! | What does the map look like? | [`Flow::svg`], [`Trajectory::svg`](analysis::Trajectory::svg), [`Fixes::svg`](analysis::Fixes::svg) |
//! | How do I pass it on? | [`Flow::html`], [`Report::text`], [`Report::markdown`], [`Report::csv`] |
//! | What if some things were done differently? What changes between two journeys? | [`Flow::what_if`], [`compare`] |
//! | How long does it take, as customers feel it? | [`Flow::time`] |
//! | How different are journeys from each other? Where are they at their third moment? | [`Flow::variety`], [`Flow::steps`] |
//! | Which segment differs, where, how surely? Did anything change? | [`EventLog::segments`], [`EventLog::windows`] |
//! | Which rules does it break? | [`Journey::check`], [`Flow::check`], [`assert_journey!`] |
//! | What does it rest on? How was it computed? | [`Flow::evidence`], [`Journey::warnings`], [`Flow::solver`] |
//!
//! # Journeys learned from event records
//!
//! A [`Tally`] counts events (one at a time, as an iterator, from a table, or as rows that a database has counted),
//! merges with other tallies, and [learns](Tally::learn) a journey whose weights are its counts. An [`EventLog`] holds whole
//! journeys where they fit into memory:
//!
//! ```
//! use customer_journey::{EventRef, LearnOptions, Phase, PromiseResult, Tally};
//! let events = [
//!     EventRef::new("c1", "order").channel("web").phase(Phase::Before),
//!     EventRef::new("c2", "order").channel("web").phase(Phase::Before),
//!     EventRef::new("c1", "delivery").channel("post").promise(PromiseResult::Kept).outcome("loyalty"),
//!     EventRef::new("c2", "delivery").channel("post").promise(PromiseResult::Broken).emotion(-0.6),
//!     EventRef::new("c2", "call").channel("phone").phase(Phase::After).outcome("churn"),
//! ];
//! let mut tally = Tally::default();
//! tally.record_all(events)?;
//! let learned = tally.learn(&LearnOptions::new().phase("delivery", Phase::During))?;
//! let flow = learned.journey.flow()?;
//! assert_eq!(learned.summary.journeys, 2);
//! assert!((flow.probability(&"churn".into()) - 0.5).abs() < 1e-12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Every decision on the way is an option of [`LearnOptions`] or [`TallyOptions`](events::TallyOptions) with a documented default, or told in
//! [`Learned`].
//!
#![cfg_attr(
    doc,
    doc = "The [document page](docs::document) lists every key of a journey document; the [method page](docs::method) defines every figure; the [page about patterns](docs::patterns) has the language for questions of your own; the [page about the web](docs::web) shows how a web page calls the crate; the [page for agents](docs::agents) is for programs that write programs; the [design page](docs::design) says how the crate is built.\n"
)]
//! # Features
//!
//! - `serde` (default): journeys from and to `customer-journey/1` documents, reports to
//!   `customer-journey-report/1` documents, Mermaid journeys and Vega-Lite charts. Without it the crate still draws,
//!   computes and prints.
//! - `cjml`: journeys from and to CJML, the XML of the Customer Journey Modelling Language.
//! - `csv` (default): event tables, with `Tally::read_csv`. It needs no other crate.

pub mod analysis;
mod chain;
pub mod compare;
#[cfg(doc)]
pub mod docs;
mod error;
pub mod events;
pub mod flow;
pub mod formats;
pub mod journey;
pub mod language;
mod memory;
mod page;
pub mod pattern;
pub mod render;
pub mod report;
pub mod rules;
#[cfg(feature = "serde")]
pub mod schema;
pub mod sql;
mod statistics;
mod view;

pub use analysis::Goal;
pub use error::Error;
#[cfg(feature = "csv")]
pub use events::CsvOptions;
pub use events::{EventLog, EventRef, LearnOptions, Learned, Tally};
pub use flow::{FixKind, Flow, FlowError};
pub use journey::{
    Ability, Change, Channel, Emotion, Evidence, Feeling, Invalid, Journey, JourneyBuilder,
    Outcome, Phase, Promise, PromiseResult, Scale, Touchpoint, Transition, Warning,
};
pub use pattern::Pattern;
/// The graph library, so that every algorithm of it is one call away.
pub use petgraph;
pub use render::{Html, Svg};
pub use report::Report;
pub use rules::Rules;
#[doc(hidden)]
pub use rules::hold;

/// Questions in the language of [patterns](docs::patterns), and their answers: of a map ([`Flow::ask`]), of a log
/// ([`EventLog::ask`]), and while events are read ([`Watch`](asking::Watch)).
pub mod asking {
    pub use crate::analysis::{
        AskError, CountedPattern, LikelyMatch, PatternFigures, TestCoverage, Watch,
    };
    pub use crate::pattern::Tested;
}

/// What a workshop writes on the wall beside what the crate computes with: figures that somebody measured, and pictures.
///
/// What customers do, what they said, what goes on backstage and what could be done about it are texts of a [`Touchpoint`].
/// All of it is shown and handed on as it was written; no figure depends on it.
pub mod workshop {
    pub use crate::journey::{ImageFault, KeyFigure, LARGEST_IMAGE};
}

/// Facts that customers remember, on which ways, endings, starts, feelings and promises may depend.
///
/// A [`Fact`](facts::Fact) is stated with [`JourneyBuilder::remember`], or in a document with `remembers`; what depends on it says so with
/// a [`Given`](facts::Given).
pub mod facts {
    pub use crate::journey::{
        EmotionGiven, Fact, FactFault, FactKind, FactValues, FeltLevel, Given, Met, PromiseGiven,
        StartGiven, StartOf,
    };
}

/// Survey measures (Net Promoter Score, satisfaction, effort, indices) with their errors, how early they come, and what decides.
///
/// A [`SurveyMeasure`](measures::SurveyMeasure) is asked at a [`Touchpoint`]; [`Flow::measured`] answers with
/// [`Measured`](measures::Measured).
pub mod measures {
    pub use crate::analysis::{
        Announced, Decisive, Measured, MeasuredIndex, MeasuredSurvey, Score, Unmeasured,
    };
    pub use crate::events::SurveyAnswers;
    pub use crate::journey::{SurveyFault, SurveyKind, SurveyMeasure};
}

/// Bright spots: where customers feel best, and what raising feelings to what is meant would do.
///
/// [`Flow::bright_spots`] answers with [`BrightSpots`](bright::BrightSpots).
pub mod bright {
    pub use crate::analysis::{
        BrightSpot, BrightSpots, Design, GoesWith, KeptPromise, PeakOrEnd, RaiseEffect,
        RaisedFeeling,
    };
}

/// Seams: where customers are handed over between owners, between channels, and between digital and human.
///
/// [`Flow::seams`] answers with [`Seams`](seams::Seams).
pub mod seams {
    pub use crate::analysis::{
        BeginsAgain, HandOver, NeedChannels, NoMandate, OwnerHurt, SeamFigures, Seams, Unowned,
    };
    pub use crate::journey::SeamKind;
}

/// Complaints: who hears them, who answers and how fast, and what becomes of them.
///
/// [`Flow::complaints`] answers with [`Complaints`](complaints::Complaints).
pub mod complaints {
    pub use crate::analysis::{
        Compensation, ComplaintAnswered, ComplaintChannel, ComplaintHeard, ComplaintWithin,
        Complaints, FateFigures, FateOutcome,
    };
    pub use crate::journey::Fate;
}

/// Recognition: whether customers are known where they turn to the company, and what goes with it where they are not.
///
/// [`Flow::recognition`] answers with [`Recognition`](recognition::Recognition).
pub mod recognition {
    pub use crate::analysis::{Recognition, RecognitionDifference, RecognitionPlace};
}

/// The delivery gap: what the provider means to give, what customers expect, and what they feel.
///
/// [`Flow::delivery_gap`] answers with a [`DeliveryGap`](gap::DeliveryGap).
pub mod gap {
    pub use crate::analysis::{
        ChannelGap, DeliveryGap, ExpectationFigures, GapFigures, OwnerGap, PhaseGap, TouchpointGap,
    };
}

/// Segments of customers, each against all others: what differs, where, and how surely.
///
/// [`EventLog::segments`] answers with [`Segments`](segments::Segments), [`EventLog::most_telling`] says which column tells
/// most, and [`EventLog::split`] gives the logs.
pub mod segments {
    pub use crate::analysis::{
        By, DifferenceVerdict as Verdict, PartCurvePoint, PartFigure, PartOptions, PlaceAspect,
        PlaceFound, SegmentFigures, Segments, Split,
    };
}

/// Whether anything changed: windows of time, each against all others, and an alarm that runs along.
///
/// [`EventLog::windows`] answers with [`Windows`](drift::Windows); an [`Alarm`](drift::Alarm) watches journey by journey.
pub mod drift {
    pub use crate::analysis::{
        Alarm, AlarmOptions, AlarmPoint, AlarmReport, ChangePoint, DifferenceVerdict as Verdict,
        Every, PartFigure, PartOptions, PlaceAspect, PlaceFound, WindowFigures, Windows,
    };
}

/// How different journeys are from each other, and where they are at their first, second, third moment.
pub mod variety {
    pub use crate::analysis::{
        StepEnd, StepFigures, StepShare, StepWay, Steps, Variety, VarietyAt,
    };
}

/// Time as it is felt: how long customers wait from one touchpoint to the next, and how long the whole takes.
pub mod time {
    pub use crate::analysis::{
        TimeAnswered, TimeFigures, TimeQuantile, TimeSpread, TimeWay, TimeWithin,
    };
    pub use crate::statistics::Waits;
}

#[cfg(test)]
#[path = "../tests/it/steady.rs"]
mod steady;

/// The README's example is compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
