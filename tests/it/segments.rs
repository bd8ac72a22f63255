//! Segments of a log, each against all others.

mod tallies;

use crate::generate::Rng;
use customer_journey::segments::{PartOptions, PlaceAspect, Segments, Verdict};
use customer_journey::{EventLog, EventRef, LearnOptions, Phase, PromiseResult};

/// Orders of three segments; deliveries of `worse` break their promise more often, and end so.
fn log(seed: u64, worse: Option<&str>, each: usize) -> EventLog {
    let mut rng = Rng::new(seed);
    let mut log = EventLog::default();
    for segment in ["north", "south", "west"] {
        for number in 0..each {
            let name = format!("{segment}{number}");
            let bad = if Some(segment) == worse { 0.5 } else { 0.2 };
            let is_broken = rng.unit() < bad;
            let result = if is_broken {
                PromiseResult::Broken
            } else {
                PromiseResult::Kept
            };
            let felt = if is_broken { -0.6 } else { 0.4 };
            let order = EventRef::new(&name, "order")
                .channel("web")
                .segment(segment);
            log.record(order.time_ms(0).emotion(0.1)).unwrap();
            let delivery = EventRef::new(&name, "delivery")
                .channel("post")
                .time_ms(86_400_000);
            let delivery = delivery.promise(result).emotion(felt);
            let leaves = rng.unit() < if is_broken { 0.6 } else { 0.1 };
            log.record(delivery.outcome(if leaves { "churn" } else { "loyalty" }))
                .unwrap();
        }
    }
    for number in 0..7 {
        let name = format!("few{number}");
        log.record(EventRef::new(&name, "order").channel("web").segment("few"))
            .unwrap();
    }
    log.record(EventRef::new("nobody", "order").channel("web"))
        .unwrap();
    log
}

fn segments(log: &EventLog) -> Segments {
    let options = LearnOptions::new().other_phases(Phase::During);
    let options = PartOptions::new(options).deals(199).seed(1);
    log.segments(|journey| journey.segment().map(str::to_owned), &options)
        .unwrap()
}

#[test]
fn the_segment_that_differs_is_named_with_where_and_how() {
    let log = log(1, Some("south"), 200);
    let found = segments(&log);
    assert_eq!((found.journeys, found.unstated), (607, 1));
    let names: Vec<&str> = found
        .segments
        .iter()
        .map(|part| part.segment.as_str())
        .collect();
    assert_eq!(names, ["north", "south", "west", "few"]);
    let south = &found.segments[1];
    assert!(!south.places.is_empty());
    let broken = south
        .places
        .iter()
        .find(|place| place.aspect == PlaceAspect::Promise)
        .unwrap();
    assert_eq!(
        (broken.id.as_deref(), broken.channel.as_deref()),
        (Some("delivery"), Some("post"))
    );
    // Compared with the rest, and not with the whole: by hand, from the log.
    let rate = |holds: &dyn Fn(&str) -> bool| {
        let journeys = log
            .journeys()
            .filter(|journey| journey.segment().is_some_and(holds));
        let results = journeys.flat_map(|journey| {
            journey
                .moments()
                .filter_map(|m| m.promise())
                .collect::<Vec<_>>()
        });
        let results: Vec<PromiseResult> = results.collect();
        let kept = results
            .iter()
            .filter(|result| **result == PromiseResult::Kept)
            .count();
        kept as f64 / results.len() as f64
    };
    let kept = south
        .figures
        .iter()
        .find(|figure| figure.figure.as_str() == "kept_rate")
        .unwrap();
    assert!((kept.value.unwrap() - rate(&|of| of == "south")).abs() < 1e-12);
    assert!((kept.others.unwrap() - rate(&|of| of != "south" && of != "few")).abs() < 1e-12);
    assert!(
        (kept.difference.unwrap() - (kept.value.unwrap() - kept.others.unwrap())).abs() < 1e-12
    );
    assert_eq!(kept.verdict, Some(Verdict::Different));
    let few = &found.segments[3];
    assert!(few.too_small && few.figures.iter().all(|figure| figure.verdict.is_none()));
    // One learned journey each.
    let learned = south.journey.as_ref().unwrap();
    assert_eq!(learned.counted().unwrap().journeys, 200);
    let text = found.text().width(400).to_string();
    assert!(
        text.contains("too small to be compared") && text.contains("south"),
        "{text}"
    );
    let picture = found.svg().to_string();
    assert!(picture.contains("too few to compare") && picture.contains("cj-multiples"));
    assert_eq!(
        log.split(|journey| journey.segment().map(str::to_owned))[1]
            .1
            .len(),
        200
    );
}

/// One try: by hand, Wilson's interval of those who leave of those who met one broken promise.
#[test]
fn endings_by_broken_promises_stand_beside_each_other_with_error_bars() {
    let log = log(11, Some("south"), 200);
    let broken = log.journeys().filter(|journey| {
        journey.segment() == Some("south")
            && journey
                .moments()
                .any(|moment| moment.promise() == Some(PromiseResult::Broken))
    });
    let (mut all, mut left) = (0.0_f64, 0.0_f64);
    for journey in broken {
        all += 1.0;
        let leaves = journey
            .moments()
            .any(|moment| moment.outcome() == Some("churn"));
        left += f64::from(u8::from(leaves));
    }
    let (z, share) = (1.959_963_984_540_054_f64, left / all);
    let middle = (share + z * z / (2.0 * all)) / (1.0 + z * z / all);
    let half =
        z / (1.0 + z * z / all) * (share * (1.0 - share) / all + z * z / (4.0 * all * all)).sqrt();
    let of_100 = |share: f64| format!("{:.0}", 100.0 * share);
    let told = format!(
        "{} of 100 ({} to {})",
        of_100(share),
        of_100(middle - half),
        of_100(middle + half)
    );
    let found = segments(&log);
    let text = found.text().width(400).to_string();
    let (_, below) = text
        .split_once("How journeys end by how many promises were broken, with 95 % intervals:")
        .unwrap();
    let row = below
        .lines()
        .find(|line| line.contains("south") && line.contains("churn"))
        .unwrap();
    assert!(row.contains(&told), "{told:?} is not in {row:?}");
    let picture = found.svg().to_string();
    for part in [
        "The emotional curve of each segment, moment by moment, and how journeys end",
        "south: ends in churn",
        "of 100, by broken promises",
        "two or more",
        "Thin lines through points: 95 % intervals.",
        "cj-whisker",
    ] {
        assert!(picture.contains(part), "{part:?} is missing");
    }
    // They leave more often where a promise was broken, so that nothing is drawn of those who stay.
    assert!(!picture.contains("ends in loyalty"));
}

#[test]
fn alike_segments_are_called_different_in_few_of_a_hundred() {
    let mut called = 0;
    for seed in 0..40 {
        let found = segments(&log(100 + seed, None, 60));
        let figures = found.segments.iter().flat_map(|part| &part.figures);
        let different = figures.filter(|figure| figure.verdict == Some(Verdict::Different));
        let places = found.segments.iter().any(|part| !part.places.is_empty());
        called += u32::from(different.count() > 0 || places);
    }
    // Of 40, 5 of 100 are 2; more than 6 has a chance below 0.01.
    assert!(called <= 6, "{called}");
}

#[test]
fn the_column_that_tells_most_comes_first() {
    let log = log(3, Some("south"), 200);
    let options = LearnOptions::new().other_phases(Phase::During);
    let options = PartOptions::new(options).deals(199);
    let number = |name: &str| {
        name.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let splits = log.most_telling(
        &[
            ("last digit", &|journey| {
                number(&journey.name()).chars().last().map(String::from)
            }),
            ("region", &|journey| journey.segment().map(str::to_owned)),
        ],
        &options,
    );
    let splits = splits.unwrap();
    assert_eq!(splits[0].column, "region");
    assert!(
        splits[0].p < 0.05 && splits[0].bits > splits[1].bits,
        "{splits:?}"
    );
}

/// What programs read of segments and windows is what the schema says.
#[cfg(feature = "serde")]
#[test]
fn documents_of_parts_fit_their_schema() {
    use crate::schema::validator::breaks;
    use customer_journey::drift::Every;
    let schema: serde_json::Value =
        serde_json::from_str(customer_journey::schema::PARTS_SCHEMA).unwrap();
    let log = log(5, Some("south"), 50);
    let found = segments(&log);
    let document = serde_json::to_value(&found).unwrap();
    assert_eq!(breaks(&schema, &document), [""; 0]);
    let options = LearnOptions::new().other_phases(Phase::During);
    let windows = log
        .windows(&Every::Day, &PartOptions::new(options).deals(199))
        .unwrap();
    let document = serde_json::to_value(&windows).unwrap();
    assert_eq!(breaks(&schema, &document), [""; 0]);
    let mut damaged = document;
    damaged["windows"][0]["figures"][0]["verdict"] = serde_json::json!("worse");
    assert!(!breaks(&schema, &damaged).is_empty());
}
