//! Touchpoints of learned maps are the same by what they are called and where they are, whatever ids a table gives them.

use super::counted::side;
use customer_journey::compare::{Side, Verdict};
use customer_journey::{EventLog, EventRef, Phase};

/// 300 journeys: ask by phone, then close by X, or of the last ones by Y.
fn cases(by_y: u32) -> EventLog {
    let mut log = EventLog::default();
    for number in 0..300 {
        let name = number.to_string();
        let channel = if number < 300 - by_y { "X" } else { "Y" };
        for (touchpoint, channel, step) in [("ask", "phone", 1), ("close", channel, 2)] {
            let event = EventRef::new(&name, touchpoint)
                .channel(channel)
                .phase(Phase::During)
                .sequence(step);
            log.record(event).unwrap();
        }
    }
    log
}

/// One journey by another channel gives the touchpoint another id, and is all that differs.
#[test]
fn a_second_channel_renames_nothing() {
    let (a, b) = (side("A", &cases(0)), side("B", &cases(1)));
    let reports = Side::of_report("A", a.report().clone());
    for comparison in [
        a.compare(&b),
        reports.compare(&Side::of_report("B", b.report().clone())),
    ] {
        let close = comparison.figure("reach", &["close"]).unwrap();
        assert_eq!((close.a, close.b), (Some(1.0), Some(299.0 / 300.0)));
        let other = comparison.figure("reach", &["close @ Y"]).unwrap();
        assert_eq!((other.a, other.b), (Some(0.0), Some(1.0 / 300.0)));
        assert!(comparison.different().next().is_none(), "{comparison}");
        assert_eq!(comparison.only[1].touchpoints, ["close @ Y"]);
        assert!(comparison.only[0].touchpoints.is_empty());
    }
    let same = a.compare(&b).same_process.unwrap();
    assert!(same.p.unwrap() > 0.5, "{same:?}");
    // The other way round it is told by the ids of the other side.
    let turned = b.compare(&a);
    let close = turned.figure("reach", &["close @ X"]).unwrap();
    assert_eq!((close.a, close.b), (Some(299.0 / 300.0), Some(1.0)));
}

/// Where all close by another channel it is another touchpoint, though its id is the same.
#[test]
fn another_channel_is_another_touchpoint() {
    let (a, b) = (side("A", &cases(0)), side("B", &cases(300)));
    let reports = Side::of_report("A", a.report().clone());
    for comparison in [
        a.compare(&b),
        reports.compare(&Side::of_report("B", b.report().clone())),
    ] {
        for (id, values) in [("close", (1.0, 0.0)), ("close @ Y", (0.0, 1.0))] {
            let reach = comparison.figure("reach", &[id]).unwrap();
            assert_eq!((reach.a, reach.b), (Some(values.0), Some(values.1)));
            assert_eq!(reach.verdict, Some(Verdict::Different));
        }
    }
    assert!(a.compare(&b).same_process.unwrap().p.unwrap() < 0.01);
}
