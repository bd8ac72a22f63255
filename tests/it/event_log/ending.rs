//! Journeys that end at a touchpoint, against lists that are cut by hand.

use super::events;
use customer_journey::EventLog;
use customer_journey::events::Beyond;

type Told = Vec<(String, Vec<String>)>;

fn told(log: &EventLog) -> Told {
    let told = log.journeys().map(|journey| {
        let moments = journey.moments().map(|moment| format!("{moment:?}"));
        (journey.name().into_owned(), moments.collect())
    });
    let mut told: Told = told.collect();
    told.sort();
    told
}

#[test]
fn journeys_end_where_they_first_come_to_a_touchpoint() {
    for seed in 0..12 {
        let all = events(seed, 40, seed % 2 == 0);
        let mut log = EventLog::default();
        log.record_all(&all).unwrap();
        let (mut cut, mut parts) = (Told::new(), Told::new());
        let (mut came, mut went_on, mut visits) = (0, 0, 0);
        for journey in log.journeys() {
            let moments: Vec<(bool, String)> = journey
                .moments()
                .map(|moment| {
                    let ends = ["delivery", "review"].contains(&moment.touchpoint());
                    (ends, format!("{moment:?}"))
                })
                .collect();
            let first = moments.iter().position(|(ends, _)| *ends);
            let kept = first.map_or(moments.len(), |at| at + 1);
            came += u64::from(first.is_some());
            went_on += u64::from(kept < moments.len());
            visits += (moments.len() - kept) as u64;
            let text = |moments: &[(bool, String)]| -> Vec<String> {
                moments.iter().map(|(_, text)| text.clone()).collect()
            };
            cut.push((journey.name().into_owned(), text(&moments[..kept])));
            for (number, part) in moments.split_inclusive(|(ends, _)| *ends).enumerate() {
                let name = match number {
                    0 => journey.name().into_owned(),
                    later => format!("{} ({})", journey.name(), later + 1),
                };
                parts.push((name, text(part)));
            }
        }
        cut.sort();
        parts.sort();
        let (short, ended) = log
            .ended_at(&["delivery", "review"], Beyond::LeftOut)
            .unwrap();
        assert_eq!(told(&short), cut, "seed {seed}");
        assert_eq!(
            (ended.came, ended.went_on, ended.visits),
            (came, went_on, visits)
        );
        let (each, again) = log
            .ended_at(&["review", "delivery"], Beyond::Another)
            .unwrap();
        assert_eq!(told(&each), parts, "seed {seed}");
        assert_eq!(each.events(), log.events());
        assert_eq!(again.another, (parts.len() - cut.len()) as u64);
        assert_eq!(each.customers(), log.customers());
    }
}

#[test]
fn a_touchpoint_that_nobody_visits_is_refused_with_the_nearest_name() {
    let mut log = EventLog::default();
    log.record_all(&events(1, 9, false)).unwrap();
    let told = log
        .ended_at(&["revue", "order", "zzz"], Beyond::LeftOut)
        .unwrap_err()
        .to_string();
    assert_eq!(
        told,
        "the options name the touchpoint \"revue\", which no event visits; did you mean \"review\"?; the options name the touchpoint \"zzz\", which no event visits"
    );
}
