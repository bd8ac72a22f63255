//! The journey of a passenger out of New York, drawn around the counts of some flights.
//!
//! Only the touchpoints marked [`Evidence::Observed`] rest on counts. All else is the author's assumption: every
//! feeling, who asks where, what the channels say, what passengers do afterwards.

use customer_journey::Ability::{Answer, Listen, Recognise, Resolve};
use customer_journey::Phase::{After, Before, During};
use customer_journey::PromiseResult::{Broken, Kept, Unknown};
use customer_journey::{
    Channel, Emotion, Evidence, Feeling, Flow, Invalid, Journey, Outcome, Promise, Touchpoint,
    Transition,
};

use super::flights::{Arrivals, Counts};

const DAY: f64 = 86_400.0;

/// Where passengers turn next while nobody knows when they leave, in percent. Assumed.
const ASKING: &[(&str, &str, f64)] = &[
    ("notice", "web page", 30.0),
    ("notice", "chat", 20.0),
    ("notice", "lounge", 10.0),
    ("notice", "call", 10.0),
    ("notice", "decision", 30.0),
    ("web page", "chat", 20.0),
    ("web page", "lounge", 20.0),
    ("web page", "call", 20.0),
    ("web page", "decision", 40.0),
    ("chat", "chat", 20.0),
    ("chat", "lounge", 10.0),
    ("chat", "call", 40.0),
    ("chat", "decision", 30.0),
    ("lounge", "web page", 10.0),
    ("lounge", "decision", 90.0),
    ("call", "call", 20.0),
    ("call", "lounge", 30.0),
    ("call", "decision", 50.0),
];

/// What passengers do afterwards, in percent; the rest leave for good. Assumed.
const AFTERWARDS: &[(&str, &str, f64)] = &[
    ("rebooking", "rebooking", 30.0),
    ("arrived", "review", 20.0),
    ("arrived", "next booking", 80.0),
    ("arrived late", "claim", 30.0),
    ("arrived late", "next booking", 55.0),
    ("later flight", "claim", 60.0),
    ("later flight", "next booking", 30.0),
    ("claim", "claim", 20.0),
    ("reply", "review", 20.0),
    ("reply", "next booking", 50.0),
];

/// Draws the journey around the counts of some flights.
pub(crate) fn draw(name: &str, counts: &Counts) -> Result<Journey, Invalid> {
    let mut map = Journey::builder(name)
        .persona("Passenger of a flight out of New York, February 2013")
        .notes("Departures and arrivals are counted, a flight at a time; feelings and habits are assumed.");
    let parts = [
        before(),
        airport(counts),
        information(),
        flying(counts),
        after(),
    ];
    for touchpoint in parts.into_iter().flatten() {
        map = map.touchpoint(touchpoint);
    }

    for &(from, to, percent) in ASKING.iter().chain(AFTERWARDS) {
        map = map.transition(from, to, percent);
    }
    map = map
        .transition("search", "booking", 1.0)
        .transition("booking", "check-in", 1.0)
        .transition("check-in", "gate", 1.0)
        .transition_when(Kept, "gate", "aboard", 1.0)
        .transition_when(Broken, "gate", "notice", 1.0)
        .connect(
            "rebooking",
            "later flight",
            Transition::new(50.0).wait_s(2.0 * DAY),
        )
        .connect("claim", "reply", Transition::new(60.0).wait_s(20.0 * DAY));

    // In the end the flight leaves late or not at all: counted, and so is how late.
    let wait = 60.0 * counts.mean_minutes_late();
    let leaves = Transition::new(counts.left_late.all().into()).wait_s(wait);
    map = map.connect("decision", "aboard late", leaves).transition(
        "decision",
        "rebooking",
        counts.cancelled.into(),
    );

    // How it arrives depends on how it left. Where the arrival is not on record, passengers go on like the others
    // who left as they did.
    for (aboard, arrivals) in [
        ("aboard", counts.left_on_time),
        ("aboard late", counts.left_late),
    ] {
        map = map
            .transition_when(Kept, aboard, "arrived", 1.0)
            .transition_when(Broken, aboard, "arrived late", 1.0)
            .transition_when(Unknown, aboard, "arrived", arrivals.on_time.into())
            .transition_when(Unknown, aboard, "arrived late", arrivals.late.into());
    }
    map.build()
}

/// The map as a picture, as wide as a page of text.
pub(crate) fn picture(flow: &Flow) -> String {
    let picture = flow.svg().width(880).id_prefix("delayed-flight");
    picture.to_string()
}

fn before() -> Vec<Touchpoint> {
    vec![
        Touchpoint::new("search", Before, Channel::Web)
            .name("Compares flights")
            .owner("Sales")
            .feels(Feeling::Anticipation),
        Touchpoint::new("booking", Before, Channel::Web)
            .name("Books a seat")
            .owner("Sales")
            .makes("leave on time")
            .makes("arrive on time")
            .makes("keep me informed")
            .feels(Feeling::Excitement),
    ]
}

fn airport(counts: &Counts) -> Vec<Touchpoint> {
    let desk = |id: &str, channel| Touchpoint::new(id, During, channel).stage("Airport");
    vec![
        desk("check-in", Channel::App)
            .name("Checks in")
            .owner("Ground staff")
            .feels(Feeling::Confidence)
            .can(Recognise),
        desk("gate", "gate".into())
            .name("Waits at the gate")
            .owner("Operations")
            .promise(counts.leave_on_time())
            .feels(Feeling::Relief.at(0.5))
            .feels_when_broken(Feeling::Worry.at(0.6))
            .notes("A cancelled flight breaks the promise like a late one. The table does not say when a flight was \
                    cancelled; the map lets its passengers wait at the gate for it.")
            .evidence(Evidence::Observed),
        desk("decision", "gate".into())
            .name("Hears how it ends")
            .owner("Operations")
            .feels(Feeling::Stress.at(0.5))
            .notes("Until now nobody knew: late and cancelled flights share the waiting and the asking.")
            .evidence(Evidence::Observed),
        desk("rebooking", "service desk".into())
            .name("Queues for a seat on another flight")
            .owner("Ground staff")
            .feels(Emotion::mix([
                Feeling::Helplessness.at(0.9).weight(3.0),
                Feeling::CaredFor.at(0.5).weight(1.0),
            ]))
            .can(Resolve)
            .can(Listen)
            .ends(Outcome::Churn, 20.0)
            .notes("One in five takes the money back and stays away."),
    ]
}

/// Five channels, one question, four answers.
fn information() -> Vec<Touchpoint> {
    let asks = |id: &str, channel: Channel| {
        Touchpoint::new(id, During, channel)
            .stage("Airport")
            .need("delay information")
    };
    vec![
        asks("notice", Channel::Sms)
            .name("Gets a text message")
            .owner("Operations")
            .says("Departs 18:40")
            .promise(Promise::new("keep me informed").kept(35.0).broken(65.0))
            .feels(Feeling::Trust.at(0.5))
            .feels_when_broken(Feeling::Anger.at(0.8))
            .intended(Feeling::Calmness)
            .notes("Kept where the message comes before the passenger has to ask."),
        asks("web page", Channel::Web)
            .name("Looks at the web page")
            .owner("Digital")
            .says("On time")
            .feels(Feeling::Confusion),
        asks("chat", Channel::Chat)
            .name("Asks the chat bot")
            .owner("Digital")
            .says("Departs 18:40")
            .feels(Feeling::Frustration.at(0.7))
            .notes("The bot reads the same source as the text message, and has to be told everything again."),
        asks("lounge", "lounge".into())
            .name("Asks at the lounge desk")
            .owner("Ground staff")
            .says("No crew yet, no new time")
            .feels(Emotion::mix([
                Feeling::CaredFor.at(0.6).weight(2.0),
                Feeling::Disappointment.at(0.5).weight(1.0),
            ]))
            .can(Listen)
            .can(Recognise),
        asks("call", Channel::Phone)
            .name("Calls the service centre")
            .owner("Service")
            .says("Cancelled")
            .feels(Feeling::Anger)
            .can(Listen)
            .notes("One in five calls breaks off in the queue and is made again."),
    ]
}

fn flying(counts: &Counts) -> Vec<Touchpoint> {
    let aboard = |id: &str, arrivals: Arrivals| {
        Touchpoint::new(id, During, "cabin")
            .stage("Flight")
            .owner("Operations")
            .promise(arrivals.arrive_on_time())
            .feels_when_unknown(Feeling::Doubt.at(0.5))
            .evidence(Evidence::Observed)
    };
    vec![
        aboard("aboard", counts.left_on_time)
            .name("Flies, having left on time")
            .feels(Feeling::Contentment)
            .feels_when_broken(Feeling::Annoyance.at(0.6)),
        aboard("aboard late", counts.left_late)
            .name("Flies, having left late")
            .feels(Feeling::Relief)
            .feels_when_broken(Feeling::Fatigue)
            .notes("Kept where the crew makes up for the late departure."),
        Touchpoint::new("later flight", During, "cabin")
            .name("Flies days later")
            .stage("Flight")
            .owner("Operations")
            .feels(Feeling::Fatigue)
            .ends(Outcome::Churn, 10.0)
            .notes("The table does not follow the passengers of a cancelled flight."),
    ]
}

fn after() -> Vec<Touchpoint> {
    vec![
        Touchpoint::new("arrived", After, "arrivals hall")
            .name("Is there as planned")
            .feels(Feeling::Satisfaction),
        Touchpoint::new("arrived late", After, "arrivals hall")
            .name("Is there late")
            .feels(Feeling::Disappointment)
            .ends(Outcome::Churn, 15.0),
        Touchpoint::new("claim", After, Channel::Email)
            .name("Claims money back")
            .owner("Customer relations")
            .feels(Feeling::Resentment.at(0.6))
            .can(Listen)
            .ends(Outcome::Churn, 20.0),
        Touchpoint::new("reply", After, Channel::Email)
            .name("Gets an answer to the claim")
            .owner("Customer relations")
            .feels(Emotion::mix([
                Feeling::Satisfaction.at(0.7).weight(1.0),
                Feeling::Disappointment.at(1.0).weight(1.0),
            ]))
            .can(Resolve)
            .can(Answer)
            .ends(Outcome::Churn, 30.0),
        Touchpoint::new("review", After, Channel::Social)
            .name("Recommends the airline")
            .feels(Feeling::Gratitude)
            .ends(Outcome::Advocacy, 1.0),
        Touchpoint::new("next booking", After, Channel::Web)
            .name("Books again")
            .owner("Sales")
            .feels(Feeling::Hope.at(0.6))
            .ends(Outcome::Loyalty, 1.0),
    ]
}
