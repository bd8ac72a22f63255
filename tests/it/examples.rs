//! What the example of the delayed flight counts and computes, against what an independent program finds in the same
//! table and by following the same map step by step.

#[path = "../../examples/delayed_flight/flights.rs"]
mod flights;
#[path = "../../examples/delayed_flight/map.rs"]
mod map;

use customer_journey::{Flow, Outcome};
use flights::{Arrivals, Counts, Flight, is_storm, parse, read};

fn arrivals(on_time: u32, late: u32, not_on_record: u32) -> Arrivals {
    Arrivals {
        on_time,
        late,
        not_on_record,
    }
}

#[test]
fn all_flights_are_counted() {
    let counts = Counts::of(&read().unwrap());
    assert_eq!(counts.flights(), 12_340);
    assert_eq!(counts.cancelled, 1_048);
    assert_eq!(counts.left_on_time.all(), 9_063);
    assert_eq!(counts.left_late.all(), 2_229);
    assert_eq!(counts.left_on_time, arrivals(8_112, 925, 26));
    assert_eq!(counts.left_late, arrivals(447, 1_772, 10));
}

#[test]
fn storm_days_and_quiet_days_are_counted_apart() {
    let (storm, quiet): (Vec<Flight>, Vec<Flight>) =
        read().unwrap().iter().partition(|f| is_storm(f));

    let storm = Counts::of(&storm);
    assert_eq!((storm.flights(), storm.cancelled), (3_372, 964));
    assert_eq!(storm.left_on_time, arrivals(1_359, 229, 10));
    assert_eq!(storm.left_late, arrivals(143, 664, 3));
    assert_eq!(storm.left_on_time.all(), 1_598);
    assert_eq!(storm.left_late.all(), 810);

    let quiet = Counts::of(&quiet);
    assert_eq!((quiet.flights(), quiet.cancelled), (8_968, 84));
    assert_eq!(quiet.left_on_time, arrivals(6_753, 696, 16));
    assert_eq!(quiet.left_late, arrivals(304, 1_108, 7));
    assert_eq!(quiet.left_on_time.all(), 7_465);
    assert_eq!(quiet.left_late.all(), 1_419);
}

#[test]
fn a_cancelled_flight_breaks_the_promise_to_leave_on_time() {
    let counts = Counts::of(&read().unwrap());
    let leave = counts.leave_on_time();
    assert_eq!(
        (leave.kept, leave.broken, leave.unknown),
        (9_063.0, 3_277.0, 0.0)
    );
    let arrive = counts.left_late.arrive_on_time();
    assert_eq!(
        (arrive.kept, arrive.broken, arrive.unknown),
        (447.0, 1_772.0, 10.0)
    );
}

#[test]
fn fifteen_minutes_are_late() {
    let table = "day,origin,carrier,dep_delay,arr_delay\n4,EWR,UA,14,15\n4,EWR,UA,15,14\n4,EWR,UA,25,\n4,EWR,UA,,\n";
    let counts = Counts::of(&parse(table).unwrap());
    assert_eq!(counts.left_on_time, arrivals(0, 1, 0));
    assert_eq!(counts.left_late, arrivals(1, 0, 1));
    assert_eq!(counts.cancelled, 1);
    assert_eq!(counts.mean_minutes_late().to_bits(), 20.0_f64.to_bits());
}

#[test]
fn a_damaged_table_is_refused_with_its_line() {
    let refused = |rows: &str| {
        parse(&format!(
            "day,origin,carrier,dep_delay,arr_delay\n4,EWR,UA,1,2\n{rows}"
        ))
        .unwrap_err()
    };
    assert_eq!(
        refused("4,EWR,UA,1"),
        "flight table, line 3: 4 fields instead of 5 in \"4,EWR,UA,1\""
    );
    assert_eq!(
        refused("x,EWR,UA,1,2"),
        "flight table, line 3: \"x\" is not a day"
    );
    assert_eq!(
        refused("4,EWR,UA,NA,2"),
        "flight table, line 3: \"NA\" is not a whole number of minutes"
    );
    assert_eq!(
        refused("4,EWR,UA,,2"),
        "flight table, line 3: an arrival without a departure"
    );
    let other = parse("year,month\n").unwrap_err();
    assert_eq!(
        other,
        "flight table, line 1: the columns must be day,origin,carrier,dep_delay,arr_delay"
    );
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs()
}

/// Counts and flow of the storm days, and of the others.
fn storm_and_quiet() -> [(Counts, Flow); 2] {
    let (storm, quiet): (Vec<Flight>, Vec<Flight>) =
        read().unwrap().iter().partition(|flight| is_storm(flight));
    [storm, quiet].map(|flights| {
        let counts = Counts::of(&flights);
        let flow = map::draw("some days", &counts).unwrap().flow().unwrap();
        (counts, flow)
    })
}

#[test]
fn passengers_fly_as_the_flights_were_counted() {
    for (counts, flow) in storm_and_quiet() {
        assert_eq!(flow.journey().warnings(), []);
        let all = f64::from(counts.flights());
        for (id, flights) in [
            ("aboard", counts.left_on_time.all()),
            ("aboard late", counts.left_late.all()),
            ("decision", counts.left_late.all() + counts.cancelled),
        ] {
            assert!(
                close(flow.visits(id).unwrap(), f64::from(flights) / all),
                "{id}"
            );
        }
        let cancelled = f64::from(counts.cancelled) / all;
        assert!(close(flow.reach("rebooking").unwrap(), cancelled));
    }
}

#[test]
fn the_journey_is_what_following_its_passengers_finds() {
    let expected = [
        [
            8.969_767_689_629_634,
            0.238_100_499_116_158_66,
            0.161_563_923_690_870_28,
            0.282_296_844_241_484_55,
            1.597_664_893_817_071_2,
            298_539.079_263_167_2,
        ],
        [
            7.627_646_248_392_358,
            0.064_319_129_790_049_71,
            0.388_085_514_725_291_74,
            0.435_445_657_839_234_33,
            0.552_994_580_803_883_6,
            85_380.317_701_741_44,
        ],
    ];
    for ((_, flow), expected) in storm_and_quiet().into_iter().zip(expected) {
        let report = flow.report();
        let found = [
            report.length,
            flow.probability(&Outcome::Churn),
            report.trajectory.mean.unwrap(),
            report.trajectory.end.unwrap(),
            report
                .touchpoints
                .iter()
                .filter_map(|touchpoint| touchpoint.hurt)
                .sum(),
            report.wait_s.unwrap(),
        ];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!(close(found, expected), "{found} instead of {expected}");
        }
    }
}

/// The picture that the README shows.
#[test]
fn the_committed_map_is_what_is_drawn() {
    let flights = read().unwrap();
    let storm = Counts::of(flights.iter().filter(|flight| is_storm(flight)));
    let flow = map::draw("Out of New York, 8 to 11 February 2013", &storm)
        .unwrap()
        .flow()
        .unwrap();
    let committed = include_str!("../../examples/output/delayed-flight.svg");
    assert!(
        map::picture(&flow) == committed.replace("\r\n", "\n"),
        "run the example delayed_flight and copy target/delayed-flight.svg to examples/output"
    );
}
