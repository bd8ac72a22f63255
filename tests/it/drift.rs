//! Windows of time: what changed, when and where; and the alarm that may be looked at after every journey.
#![expect(
    clippy::items_after_statements,
    clippy::maybe_infinite_iter,
    reason = "small numbers of a test, written as they are told"
)]

use crate::generate::Rng;
use customer_journey::drift::{Alarm, Every, PartOptions, PlaceAspect, Windows};
use customer_journey::{EventLog, EventRef, LearnOptions, Phase};

const DAY: i64 = 86_400_000;

/// Payments by web and app, forty a day; from day `from` to day `to` those of the app fail four times as often.
fn payments(seed: u64, days: i64, fault: Option<(i64, i64)>) -> EventLog {
    let mut rng = Rng::new(seed);
    let mut log = EventLog::default();
    for day in 0..days {
        for number in 0..40_i64 {
            let name = format!("d{day}n{number}");
            let channel = if rng.unit() < 0.5 { "web" } else { "app" };
            let mut time = day * DAY + number * 600_000;
            let mut visit = |touchpoint: &str, channel: &str, outcome: Option<&str>| {
                time += 30_000;
                let mut event = EventRef::new(&name, touchpoint)
                    .channel(channel)
                    .time_ms(time);
                if let Some(outcome) = outcome {
                    event = event.outcome(outcome);
                }
                log.record(event).unwrap();
            };
            visit("search", "web", None);
            let is_faulty =
                channel == "app" && fault.is_some_and(|(from, to)| (from..=to).contains(&day));
            let fails = if is_faulty { 0.6 } else { 0.15 };
            visit("pay", channel, None);
            if rng.unit() < fails {
                visit(
                    "error",
                    channel,
                    Some(if rng.unit() < 0.7 { "left" } else { "bought" }),
                );
            } else {
                visit("thanks", "email", Some("bought"));
            }
        }
    }
    log
}

fn windows(log: &EventLog, every: &Every) -> Windows {
    let options = LearnOptions::new().other_phases(Phase::During);
    log.windows(every, &PartOptions::new(options).deals(199).seed(1))
        .unwrap()
}

fn day(name: &str) -> i64 {
    let day: i64 = name.rsplit('-').next().unwrap().parse().unwrap();
    day - 1
}

#[test]
fn a_planted_fault_is_dated_and_named() {
    let log = payments(1, 25, Some((11, 16)));
    let found = windows(&log, &Every::Day);
    assert_eq!(found.windows.len(), 25);
    let episode = found.episode.clone().unwrap();
    assert!(
        (day(&episode.first) - 11).abs() <= 1 && (day(&episode.last) - 16).abs() <= 1,
        "{episode:?}"
    );
    assert!(episode.p <= 0.05);
    let first = found.first_clear.clone().unwrap();
    assert!((11..=12).contains(&day(&first)), "{first}");
    let places = found.windows.iter().flat_map(|window| &window.places);
    let places: Vec<_> = places.chain(&episode.places).collect();
    let named = |id: &str, aspect| {
        places
            .iter()
            .any(|place| place.id.as_deref() == Some(id) && place.aspect == aspect)
    };
    assert!(named("pay @ app", PlaceAspect::Next), "{places:?}");
    assert!(
        places
            .iter()
            .all(|place| place.id.as_deref() != Some("pay @ web")),
        "{places:?}"
    );
    assert!(
        places
            .iter()
            .all(|place| place.channel.as_deref() != Some("email"))
    );
    for window in &found.windows {
        let inside = (10..=17).contains(&day(&window.window));
        assert!(inside || !window.is_different, "{}", window.window);
    }
    let text = found.text().width(300).to_string();
    assert!(
        text.contains("pay @ app") && text.contains("1970-01-1"),
        "{text}"
    );
}

/// In a hundred logs in which nothing changes, at most five have a window that is called different.
#[test]
fn nothing_is_alarmed_where_nothing_changes() {
    let alarms = (0..100).filter(|&seed| {
        let found = windows(&payments(500 + seed, 8, None), &Every::Day);
        found.first_clear.is_some()
    });
    let alarms = alarms.count();
    assert!(alarms <= 5, "{alarms}");
}

#[test]
fn windows_that_are_not_over_are_left_out_and_told() {
    let mut log = EventLog::default();
    for number in 0..300_i64 {
        let name = format!("j{number}");
        let start = number * DAY / 10;
        log.record(EventRef::new(&name, "order").time_ms(start))
            .unwrap();
        // Five days until delivery; the log ends on the thirtieth day.
        if start + 5 * DAY < 30 * DAY {
            log.record(EventRef::new(&name, "delivery").time_ms(start + 5 * DAY))
                .unwrap();
        }
    }
    let found = windows(&log, &Every::Day);
    assert_eq!(found.lasted_s, Some(5.0 * 86_400.0));
    let open: Vec<i64> = found
        .windows
        .iter()
        .filter(|w| w.unfinished)
        .map(|w| day(&w.window))
        .collect();
    assert_eq!(open, [25, 26, 27, 28, 29]);
    let under_way = found.under_way.unwrap();
    assert!((50..=51).contains(&under_way), "{under_way}");
    assert!(found.first_clear.is_none(), "{:?}", found.first_clear);
    for window in &found.windows {
        assert_eq!(window.p.is_none(), window.unfinished);
    }
    let text = found.text().width(300).to_string();
    assert!(
        text.contains("5 windows are left out of all tests"),
        "{text}"
    );
    // Without a time there is no window.
    log.record(EventRef::new("late", "order")).unwrap();
    assert_eq!(windows(&log, &Every::Day).left_out, 1);
}

#[test]
fn windows_of_all_kinds() {
    let log = payments(2, 40, None);
    let count = |every: &Every| {
        let found = windows(&log, every);
        let journeys: u64 = found.windows.iter().map(|window| window.journeys).sum();
        assert_eq!(journeys + found.left_out, 1600);
        found.windows
    };
    let months = count(&Every::Month);
    let names: Vec<&str> = months.iter().map(|window| window.window.as_str()).collect();
    assert_eq!(names, ["1970-01", "1970-02"]);
    assert_eq!(months[0].journeys, 31 * 40);
    let weeks = count(&Every::Week);
    assert_eq!(
        (weeks[0].window.as_str(), weeks[0].journeys),
        ("week of 1969-12-29", 4 * 40)
    );
    let parts = count(&Every::Journeys(500));
    assert_eq!(
        parts.iter().map(|part| part.journeys).collect::<Vec<_>>(),
        [500, 500, 500, 100]
    );
    let dated = count(&Every::From(vec![10 * DAY, 20 * DAY]));
    assert_eq!((dated.len(), dated[0].journeys), (2, 400));
    // Figures are those of the window and of all others.
    let bought = weeks[1]
        .figures
        .iter()
        .find(|f| f.figure.as_str() == "outcome")
        .unwrap();
    assert!(
        bought.low.unwrap() < bought.value.unwrap() && bought.value.unwrap() < bought.high.unwrap()
    );
    let picture = windows(&log, &Every::Week).svg().width(800).to_string();
    assert!(picture.contains("Visit thanks"), "{picture}");
    // What is the same in every window is not drawn.
    assert!(!picture.contains("Moments per journey"), "{picture}");
}

/// The snowstorm, from the flights alone: departure, arrival, and how they went.
#[test]
fn the_storm_of_february_2013_is_dated() {
    const TABLE: &str = include_str!("../../examples/data/flights-2013-02.csv");
    let mut log = EventLog::default();
    for (number, row) in TABLE.lines().skip(1).enumerate() {
        let cells: Vec<&str> = row.split(',').collect();
        let name = format!("flight {number}");
        let days = 15_736 + cells[0].parse::<i64>().unwrap();
        let late = |cell: &str| cell.parse::<i32>().map(|minutes| minutes >= 15);
        let departure = match late(cells[3]) {
            Err(_) => "cancelled",
            Ok(true) => "left late",
            Ok(false) => "left on time",
        };
        let first = EventRef::new(&name, departure)
            .channel(cells[1])
            .time_ms(days * DAY);
        log.record(first).unwrap();
        if let Ok(is_late) = late(cells[4]) {
            let arrival = if is_late {
                "arrived late"
            } else {
                "arrived on time"
            };
            log.record(EventRef::new(&name, arrival).time_ms(days * DAY))
                .unwrap();
        }
    }
    let found = windows(&log, &Every::Day);
    let episode = found.episode.clone().unwrap();
    assert_eq!(
        (episode.first.as_str(), episode.last.as_str()),
        ("2013-02-08", "2013-02-09")
    );
    let mut strongest: Vec<(f64, &str)> = found
        .windows
        .iter()
        .map(|w| (w.g2.unwrap(), w.window.as_str()))
        .collect();
    strongest.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut two = [strongest[0].1, strongest[1].1];
    two.sort_unstable();
    assert_eq!(two, ["2013-02-08", "2013-02-09"]);
}

/// The time to a false alarm is at least the threshold on average, and an alarm comes soon where something changes.
#[test]
fn a_false_alarm_is_as_rare_as_promised() {
    let mut rng = Rng::new(9);
    let (mut sum, mut alarms) = (0_u64, 0_u64);
    const THRESHOLD: f64 = 50.0;
    for _ in 0..200 {
        let mut alarm = Alarm::new(0.2, THRESHOLD);
        let longest = 3000;
        let found = (1..=longest).find(|_| alarm.watch(f64::from(u8::from(rng.unit() < 0.2))));
        sum += found.unwrap_or(longest);
        alarms += u64::from(found.is_some());
    }
    let mean = sum as f64 / 200.0;
    // Runs without an alarm count as if it had come at their end: the mean is a lower bound.
    assert!(mean >= THRESHOLD, "{mean} with {alarms} alarms");
    let mut delays = 0;
    for _ in 0..200 {
        let mut alarm = Alarm::new(0.2, 1000.0);
        delays += (1..)
            .find(|_| alarm.watch(f64::from(u8::from(rng.unit() < 0.5))))
            .unwrap_or(0);
    }
    assert!(delays / 200 < 60, "{}", delays / 200);
    // By hand: one lambda of each part, score 1, usual 0.5: factors 1.5, 1.25, 1.125, 1.0625, 1.03125.
    let mut alarm = Alarm::new(0.5, 10.0);
    alarm.watch(1.0);
    let by_hand = (1.5 + 1.25 + 1.125 + 1.0625 + 1.03125) / 5.0;
    assert!((alarm.strength() - by_hand).abs() < 1e-12);
    alarm.watch(1.0);
    let second: f64 = [1.5_f64, 1.25, 1.125, 1.0625, 1.03125]
        .iter()
        .map(|f| (f + 1.0) * f)
        .sum();
    assert!((alarm.strength() - second / 5.0).abs() < 1e-12);
}
