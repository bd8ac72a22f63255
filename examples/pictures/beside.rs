//! Pictures of journeys beside each other: two curves, a plan with what happens, small pictures of segments and of windows, and
//! the steps. With long names, names in many scripts, and more segments than are drawn.

use std::error::Error;
use std::fs;
use std::path::Path;

use customer_journey::compare::Side;
use customer_journey::drift::{Every, PartOptions};
use customer_journey::journey::JourneyKind;
use customer_journey::render::{Preset, Svg};
use customer_journey::{
    Channel, EventLog, EventRef, Journey, LearnOptions, Phase, PromiseResult, Touchpoint,
};

const DAY_MS: i64 = 86_400_000;
const ORDER: &str = "Orders a broadband line that is to work on the day on which the family moves in, at the latest";
const VISIT: &str = "Waits for the technician 技術者を待つ";
const CALL: &str = "يتصل مرة أخرى";
const BILL: &str = "<First> \"bill\" & what it says";
const SEGMENTS: [&str; 5] = [
    "Households that moved within the last three months and kept their telephone number",
    "新しいお客様",
    "العملاء الجدد",
    "small",
    "Geschäftskundenbetreuungsvertragsverlängerungsangebotsempfänger",
];

/// A stream of numbers in 0..1 that is the same each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Journeys of some segments over weeks: the later ones are visited late more often.
fn log(seed: u64, segments: usize, late: f64) -> Result<EventLog, Box<dyn Error>> {
    let mut chance = Chance(seed);
    let mut log = EventLog::default();
    for (at, number) in (0_i64..).zip(0..60 * segments) {
        let name = format!("j{number}");
        let segment = match SEGMENTS.get(number % segments) {
            Some(name) => (*name).to_owned(),
            None => format!("Region {} of the country", number % segments),
        };
        let segment = if number % segments == 3 && number > 60 {
            SEGMENTS[0].to_owned()
        } else {
            segment
        };
        let mut time = at * DAY_MS / 12;
        let mut is_late = chance.next() < late + 0.01 * (number % segments) as f64;
        let mut visits = vec![(ORDER, "web", Some(0.5 - 0.4 * chance.next()), None)];
        loop {
            let (result, felt) = if is_late {
                (PromiseResult::Broken, -0.8 + 0.3 * chance.next())
            } else {
                (PromiseResult::Kept, 0.2 + 0.3 * chance.next())
            };
            let felt = (chance.next() < 0.7).then_some(felt);
            visits.push((VISIT, "technician at the door", felt, Some(result)));
            if !is_late || visits.len() > 7 {
                break;
            }
            visits.push((CALL, "phone", Some(-0.5 * chance.next()), None));
            is_late = chance.next() < 0.5;
        }
        visits.push((BILL, "post", None, None));
        let outcome = if is_late || chance.next() < 0.1 {
            "leaves for another provider within the year"
        } else {
            "loyalty"
        };
        let last = visits.len() - 1;
        for (at, (id, channel, felt, result)) in visits.into_iter().enumerate() {
            time += DAY_MS / 3;
            let mut event = EventRef::new(&name, id).channel(channel).segment(&segment);
            event = event.phase(Phase::During).time_ms(time);
            if let Some(felt) = felt {
                event = event.emotion(felt);
            }
            if let Some(result) = result {
                event = event.promise(result);
            }
            if at == last {
                event = event.outcome(outcome);
            }
            log.record(event)?;
        }
    }
    Ok(log)
}

fn plan() -> Result<Journey, Box<dyn Error>> {
    let at = |id: &str, channel: &str| Touchpoint::new(id, Phase::During, Channel::from(channel));
    let journey = Journey::builder("As it is meant")
        .kind(JourneyKind::Planned)
        .touchpoint(at(ORDER, "web").feels(0.6))
        .touchpoint(at(VISIT, "technician at the door").feels(0.4).intended(0.3))
        .touchpoint(at(BILL, "post").feels(0.2).ends("loyalty", 1.0))
        .transition(ORDER, VISIT, 1.0)
        .transition(VISIT, BILL, 1.0)
        .build()?;
    Ok(journey)
}

/// Draws all of them into a folder: as wide as they are of themselves, for a phone and for print.
pub(crate) fn draw(folder: &Path) -> Result<(), Box<dyn Error>> {
    let learn = || LearnOptions::new().name("A new line");
    let may = "May, as counted on the journeys of households that moved".to_owned();
    let may = Side::of_log(may, &log(1, 5, 0.2)?, &learn())?;
    let june = Side::of_log("六月 <June>", &log(2, 5, 0.4)?, &learn())?;
    let planned = "As it is meant to go, by the workshop of the fourth of May";
    let planned = Side::of_flow(planned, &plan()?.flow()?);
    let (both, against) = (may.compare(&june), planned.compare(&june));
    fs::write(folder.join("compared.html"), both.html())?;
    fs::write(folder.join("compared-plan.html"), against.html())?;
    save(folder, "curves", || both.svg())?;
    save(folder, "curves-planned", || against.svg())?;
    if let Some(picture) = against.plan_svg() {
        save(folder, "plan", || picture.clone())?;
    }
    for (name, number) in [("few", 5), ("many", 31)] {
        let log = log(3, number, 0.3)?;
        let options = PartOptions::new(learn()).deals(199);
        let segments = log.segments(|journey| journey.segment().map(str::to_owned), &options)?;
        save(folder, &format!("segments-{name}"), || segments.svg())?;
        let windows = log.windows(&Every::Week, &options)?;
        save(folder, &format!("windows-{name}"), || windows.svg())?;
    }
    Ok(())
}

fn save<'a>(
    folder: &Path,
    name: &str,
    picture: impl Fn() -> Svg<'a>,
) -> Result<(), Box<dyn Error>> {
    for (kind, picture) in [
        ("beside", picture()),
        ("phone-beside", picture().width(390)),
        ("print-beside", picture().preset(Preset::Print)),
    ] {
        let name = format!("{name}-{kind}");
        let picture = picture.id_prefix(&format!("map-{name}"));
        fs::write(folder.join(format!("{name}.svg")), picture.to_string())?;
    }
    Ok(())
}
