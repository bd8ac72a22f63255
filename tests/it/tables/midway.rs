//! Endings that are met midway, where nobody says how journeys end.

use customer_journey::{LearnOptions, Phase};

use super::plain;

fn remarks(table: &str, options: LearnOptions) -> Vec<String> {
    let learned = plain(table).1.learn(&options.other_phases(Phase::During));
    let remarks = learned.unwrap().remarks;
    remarks.iter().map(ToString::to_string).collect()
}

#[test]
fn where_most_journeys_end_and_some_go_on_is_told() {
    for (table, told) in [
        (
            "case,event\n1,ad\n1,buy\n1,mail\n1,buy\n2,ad\n2,buy\n3,ad\n3,help\n",
            &[
                "2 of 3 journeys end at \"buy\", and 1 visit to it is followed by others: where it ends a journey, state so",
                "nothing states how journeys end, so their endings are unknown; their last touchpoints are \"buy\" (2), \"help\" (1)",
            ][..],
        ),
        (
            "case,event\n1,solved\n1,open\n1,solved\n2,solved\n2,open\n2,solved\n",
            &[
                "2 of 2 journeys end at \"solved\", and 2 visits to it are followed by others: where it ends a journey, state so",
                "nothing states how journeys end, so their endings are unknown; their last touchpoints are \"solved\" (2)",
            ],
        ),
        // All that come there end there; half is not most.
        (
            "case,event\n1,ad\n1,buy\n2,ad\n2,buy\n",
            &[
                "nothing states how journeys end, so their endings are unknown; their last touchpoints are \"buy\" (2)",
            ],
        ),
        (
            "case,event\n1,ad\n1,buy\n1,ad\n2,buy\n2,ad\n2,buy\n",
            &[
                "nothing states how journeys end, so their endings are unknown; their last touchpoints are \"ad\" (1), \"buy\" (1)",
            ],
        ),
        // Of many, the first four are named.
        (
            "case,event\n1,a\n2,b\n3,b\n4,c\n5,d\n6,e\n7,f\n",
            &[
                "nothing states how journeys end, so their endings are unknown; their last touchpoints are \"b\" (2), \"a\" (1), \"c\" (1), \
                 \"d\" (1), 2 more",
            ],
        ),
        // The table says how journeys end.
        (
            "case,event,outcome\n1,buy,\n1,mail,\n1,buy,conversion\n2,buy,conversion\n",
            &[],
        ),
    ] {
        assert_eq!(remarks(table, LearnOptions::new()), told, "{table}");
    }
    let table = "case,event\n1,ad\n1,buy\n1,mail\n1,buy\n2,ad\n2,buy\n3,ad\n3,help\n";
    let stated = remarks(table, LearnOptions::new().outcome("buy", "conversion"));
    assert_eq!(
        stated,
        [
            "1 of 3 visits to \"buy\" are followed by others, so that they do not end the journey as conversion"
        ]
    );
}
