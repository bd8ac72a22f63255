//! Logs: whole journeys, held and put together without loss.

mod counting;
mod ending;
mod first_page;
mod fixing;
mod holding;
mod law;
mod naive;
mod remembered_tables;
mod remembering;
mod told;
mod truth;

use crate::generate::Rng;
use customer_journey::events::Event;
use customer_journey::{EventLog, Feeling, Phase, PromiseResult};

/// Seeded events of interleaved journeys with everything that an event can say; in order unless `mixed`.
pub(crate) fn events(seed: u64, journeys: usize, mixed: bool) -> Vec<Event> {
    let mut rng = Rng::new(seed);
    let mut events = Vec::new();
    for journey in 0..journeys {
        let steps = 1 + rng.below(6);
        let long = if rng.below(3) == 0 {
            " with a name that is long"
        } else {
            ""
        };
        let numbered = rng.below(2) == 0;
        for (step, number) in (0..steps).zip(0_i64..) {
            let mut event = Event::default();
            event.journey = format!("c{journey}{long}");
            event.touchpoint = rng.pick(&["order", "delivery", "call", "review"]).into();
            event.channel = ["web", "phone", ""]
                .get(rng.below(4))
                .map(|&name| name.to_owned());
            event.phase = [None, Some(Phase::Before), Some(Phase::After)][rng.below(3)];
            // Equal times keep the order given.
            event.time_ms = (rng.below(5) > 0).then(|| number / 2 * 1000 - 1500);
            event.nanos = rng.pick(&[0, 333_333, 666_666]) * u32::from(event.time_ms.is_some());
            event.nanos = if step % 2 == 0 { 0 } else { event.nanos };
            event.sequence = numbered.then_some(number);
            event.emotion = match rng.below(4) {
                0 => Some(Feeling::Anger.into()),
                1 => Some((rng.below(9) as f64 / 4.0 - 1.0).into()),
                _ => None,
            };
            event.promise = match rng.below(5) {
                0 => Some(PromiseResult::Kept),
                1 => Some(PromiseResult::Broken),
                2 => Some(PromiseResult::Unknown),
                _ => None,
            };
            event.promise_name = (rng.below(4) == 0).then(|| "on time".to_owned());
            event.outcome =
                (rng.below(4) == 0).then(|| ["stays", "churn"][rng.below(2)].to_owned());
            event.owner = (rng.below(4) == 0).then(|| "service".to_owned());
            event.customer = Some(format!("customer {}", journey / 2));
            event.segment = Some(["new", "old"][journey % 2].to_owned());
            events.push((
                if mixed {
                    rng.below(1000)
                } else {
                    step * journeys + journey
                },
                event,
            ));
        }
    }
    events.sort_by_key(|&(at, _)| at);
    events.into_iter().map(|(_, event)| event).collect()
}

pub(crate) fn log_of(events: &[Event]) -> EventLog {
    let mut log = EventLog::default();
    log.record_all(events).unwrap();
    log
}
