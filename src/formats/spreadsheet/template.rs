//! A sheet to begin with, and the words that may stand in its columns.

use super::header::Column;
use super::sheet::Sheet;
use super::write;
use crate::journey::{
    Ability, Channel, Evidence, Feeling, Invalid, Journey, KeyFigure, Outcome, Phase, Promise,
    PromiseResult, Touchpoint, Transition,
};
use crate::language::Language;

/// The columns of the template: what a workshop writes on the wall, and what makes it a map that one can compute with.
const COLUMNS: [Column; 24] = [
    Column::Owner,
    Column::Need,
    Column::Does,
    Column::EmotionWhenBroken,
    Column::Quotes,
    Column::Says,
    Column::Backstage,
    Column::Promise,
    Column::Kept,
    Column::Broken,
    Column::Makes,
    Column::Can,
    Column::Cost,
    Column::Ideas,
    Column::Notes,
    Column::Starts,
    Column::Evidence,
    Column::Intended,
    Column::Expected,
    Column::Unknown,
    Column::EmotionWhenUnknown,
    Column::Figures,
    Column::Image,
    Column::Measurement,
];

/// A sheet with a small example in a language, with the columns that a workshop needs: change it into the own map.
///
/// ```
/// use customer_journey::formats::spreadsheet::template;
/// use customer_journey::language::Language;
/// use customer_journey::Journey;
///
/// let sheet = template(&Language::norwegian());
/// let read = Journey::from_spreadsheet(&[sheet], &Default::default())?;
/// assert_eq!(read.language, "nb");
/// assert_eq!(read.journey.touchpoints().len(), 5);
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[must_use]
pub fn template(language: &Language) -> Sheet {
    match example(language) {
        Ok(journey) => write::sheet(&journey, language, &COLUMNS),
        // The example is a journey in every language; without it the headings are left.
        Err(_) => Sheet::new("", Vec::new()),
    }
}

/// The words that may stand in a column of the template, for lists to pick from: phases, channels, feelings, what is possible, and
/// what figures rest on. Channels and endings may be any others too.
#[must_use]
pub fn pick_lists(language: &Language) -> Vec<(Column, Vec<String>)> {
    let words = |namespace: &str, members: Vec<&str>| -> Vec<String> {
        let word = |member: &&str| language.word(&format!("{namespace}.{member}")).to_owned();
        members.iter().map(word).collect()
    };
    let mut feelings: Vec<Feeling> = Feeling::ALL.to_vec();
    feelings.sort_by(|a, b| a.valence().total_cmp(&b.valence()).then(a.cmp(b)));
    let feelings: Vec<String> = feelings
        .iter()
        .map(|feeling| language.feeling(*feeling).into_owned())
        .collect();
    vec![
        (
            Column::Phase,
            words("phase", Phase::ALL.iter().map(|one| one.as_str()).collect()),
        ),
        (
            Column::Channel,
            words(
                "channel",
                Channel::KNOWN.iter().map(Channel::as_str).collect(),
            ),
        ),
        (Column::Emotion, feelings.clone()),
        (Column::EmotionWhenBroken, feelings.clone()),
        (Column::EmotionWhenUnknown, feelings.clone()),
        (Column::Expected, feelings.clone()),
        (Column::Intended, feelings),
        (
            Column::Can,
            words(
                "ability",
                Ability::ALL.iter().map(|one| one.as_str()).collect(),
            ),
        ),
        (
            Column::Ends,
            words("outcome", vec!["loyalty", "advocacy", "churn"]),
        ),
        (Column::Measurement, words("word", vec!["yes", "no"])),
        (
            Column::Evidence,
            words(
                "evidence",
                Evidence::ALL.iter().map(|one| one.as_str()).collect(),
            ),
        ),
    ]
}

fn example(language: &Language) -> Result<Journey, Invalid> {
    let say = |phrase: &'static str| language.word(phrase).to_owned();
    let promise = say("Here on Thursday");
    // Ids are words of the language too, since customers' ways name them.
    let [search, order, delivery, complaint, survey] = [
        "id.search",
        "id.order",
        "id.delivery",
        "id.complaint",
        "id.survey",
    ]
    .map(say);
    let [search, order, delivery, complaint, survey] =
        [&search, &order, &delivery, &complaint, &survey].map(String::as_str);
    Journey::builder(say("An order"))
        .persona(say("Who makes the journey"))
        .scenario(say("In which situation"))
        .notes(say("Six customers and three colleagues in the room"))
        .currency(say("EUR"))
        .value(Outcome::Loyalty, 120.0)
        .value(Outcome::Churn, -60.0)
        .touchpoint(
            Touchpoint::new(search, Phase::Before, Channel::Web)
                .name(say("Looks for an offer"))
                .stage(say("Choose"))
                .feels(Feeling::Hope)
                .does(say("Compares three shops"))
                .quote(say("Which one is the cheapest?"))
                .starts(100.0),
        )
        .touchpoint(
            Touchpoint::new(order, Phase::Before, Channel::Web)
                .name(say("Orders"))
                .stage(say("Choose"))
                .owner(say("Sales"))
                .feels(Feeling::Anticipation)
                .makes(&*promise),
        )
        .touchpoint(
            Touchpoint::new(delivery, Phase::During, Channel::Post)
                .name(say("Gets what was ordered"))
                .stage(say("Receive"))
                .owner(say("Logistics"))
                .promise(Promise::new(promise.as_str()).kept(80.0).broken(20.0))
                .feels(Feeling::Joy)
                .feels_when_broken(Feeling::Disappointment.at(0.8))
                .expected(Feeling::Anticipation)
                .intended(Feeling::Joy)
                .backstage(say("The carrier gets the parcels at 16:00"))
                .cost(45.0)
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 95.0),
        )
        .touchpoint(
            Touchpoint::new(complaint, Phase::After, Channel::Phone)
                .name(say("Complains"))
                .stage(say("Get help"))
                .owner(say("Customer service"))
                .feels(customer_mix())
                .quote(say("Nobody could tell me where it is"))
                .figure(KeyFigure::new(say("Minutes in the queue"), 14.0).of(52))
                .notes(say("Five of six had called before"))
                .idea(say("Send a message as soon as the parcel is late"))
                .can(Ability::Listen)
                .can(Ability::Resolve)
                .cost(120.0)
                .ends(Outcome::Churn, 40.0)
                .ends(Outcome::Loyalty, 20.0),
        )
        .touchpoint(
            Touchpoint::new(survey, Phase::After, Channel::Email)
                .name(say("Is asked how it was"))
                .stage(say("Get help"))
                .feels(Feeling::Indifference)
                .measurement()
                .ends(Outcome::Loyalty, 70.0)
                .ends(Outcome::Advocacy, 10.0)
                .ends(Outcome::Churn, 20.0),
        )
        .transition(search, order, 100.0)
        .connect(order, delivery, Transition::new(100.0).wait_s(172_800.0))
        .transition_when(PromiseResult::Kept, delivery, survey, 5.0)
        .transition_when(PromiseResult::Broken, delivery, complaint, 60.0)
        .transition_when(PromiseResult::Broken, delivery, survey, 40.0)
        .transition(complaint, survey, 40.0)
        .build()
}

fn customer_mix() -> crate::journey::Emotion {
    [Feeling::Anger.weight(60.0), Feeling::Relief.weight(40.0)]
        .into_iter()
        .collect()
}
