//! Counted figures: for each, the sums over clusters (customers where they are known, else journeys) from which the figure and its
//! standard error follow.
//!
//! Each journey gives A and B, and a figure is the sum of A over the sum of B. Rows of `part` hold A by cluster, rows of `whole` hold B;
//! clusters without a part add to the sums of B alone, so that no row is needed for what did not
//! happen.

use super::events::Events;
use crate::journey::PromiseResult;

/// A numerator.
struct Part {
    name: &'static str,
    /// The expressions that say of what.
    of: [String; 3],
    /// What each row of `from` adds.
    adds: String,
    from: String,
    whole: &'static str,
    /// Which of the denominators of that name.
    whole_of: [String; 2],
}

/// A denominator.
struct Whole {
    name: &'static str,
    of: [String; 2],
    adds: &'static str,
    from: String,
}

pub(super) fn figures(events: &Events<'_>) -> String {
    let none = events.dialect.no_text();
    let feelings = events.options.scale.is_some() && events.has_emotion();
    let cluster = if events.has_customer() {
        "COALESCE(journey_customer_, journey_)"
    } else {
        "journey_"
    };
    let grouped = events.grouped_by();
    let part = |part: &Part| {
        let of = &part.of;
        let keys = keys(of.iter().chain(&part.whole_of), cluster);
        let (name, adds, from) = (part.name, &part.adds, &part.from);
        let [whole_1, whole_2] = &part.whole_of;
        format!(
            "  SELECT {grouped}'{name}' AS figure_, {} AS of_1_, {} AS of_2_, {} AS of_3_,
    '{}' AS whole_, {whole_1} AS whole_1_, {whole_2} AS whole_2_, {cluster} AS cluster_, SUM({adds}) AS a_
  FROM {from}
  GROUP BY {grouped}{keys}",
            of[0], of[1], of[2], part.whole,
        )
    };
    let whole = |whole: &Whole| {
        let keys = keys(whole.of.iter(), cluster);
        let Whole {
            name,
            of,
            adds,
            from,
        } = whole;
        format!(
            "  SELECT {grouped}'{name}' AS whole_, {} AS whole_1_, {} AS whole_2_, {cluster} AS cluster_,
    SUM({adds}) AS b_, COUNT(DISTINCT journey_) AS n_
  FROM {from}
  GROUP BY {grouped}{keys}",
            of[0], of[1],
        )
    };
    let parts: Vec<String> = parts(events, &none, feelings).iter().map(part).collect();
    let wholes: Vec<String> = wholes(&none, feelings).iter().map(whole).collect();
    let number = events.dialect.number_type();
    let columns = [
        ("part.figure_", "figure"),
        ("part.of_1_", "of_1"),
        ("part.of_2_", "of_2"),
        ("part.of_3_", "of_3"),
        ("SUM(part.a_)", "a"),
        ("MAX(total_.b_)", "b"),
        ("MAX(total_.n_)", "journeys"),
        ("MAX(total_.clusters_)", "clusters"),
        ("SUM(part.a_ * part.a_)", "aa"),
        ("SUM(part.a_ * whole.b_)", "ab"),
        ("MAX(total_.bb_)", "bb"),
    ];
    let groups = events.groups.iter();
    let of_groups = groups
        .clone()
        .map(|group| (format!("part.by_{group}_"), *group));
    let columns: Vec<String> = of_groups
        .chain(columns.map(|(expression, name)| (expression.to_owned(), name)))
        .map(|(expression, name)| events.named(&expression, name))
        .collect();
    let part_groups: String = groups
        .flat_map(|group| ["part.by_", *group, "_, "])
        .collect();
    format!(
        "{}, {}, part AS (
{}
), whole AS (
{}
), total_ AS (
  SELECT {grouped}whole_, whole_1_, whole_2_, SUM(b_) AS b_, SUM(CAST(b_ AS {number}) * b_) AS bb_, SUM(n_) AS n_, COUNT(*) AS clusters_
  FROM whole
  GROUP BY {grouped}whole_, whole_1_, whole_2_
)
SELECT {}
FROM part
  JOIN whole ON part.cluster_ = whole.cluster_ AND {}
  JOIN total_ ON {}
GROUP BY {part_groups}part.figure_, part.of_1_, part.of_2_, part.of_3_",
        events.begin(),
        journeys(events, feelings),
        parts.join("\n  UNION ALL\n"),
        wholes.join("\n  UNION ALL\n"),
        columns.join(", "),
        same(events, "whole"),
        same(events, "total_"),
    )
}

/// That a denominator is the one of the part, unknown names being alike.
fn same(events: &Events<'_>, table: &str) -> String {
    let groups = events.groups.iter().map(|group| format!("by_{group}_"));
    let columns = groups.chain(["whole_1_".to_owned(), "whole_2_".to_owned()]);
    let alike = columns.map(|column| {
        format!(
            "\n    AND (part.{column} = {table}.{column} OR (part.{column} IS NULL AND {table}.{column} IS NULL))"
        )
    });
    format!("part.whole_ = {table}.whole_{}", alike.collect::<String>())
}

/// What is grouped by: constants are left out, which some engines refuse.
fn keys<'a>(of: impl Iterator<Item = &'a String>, cluster: &'a str) -> String {
    let mut keys: Vec<&str> = Vec::new();
    let named = of
        .map(String::as_str)
        .filter(|key| !key.starts_with("CAST(NULL"));
    for key in named.chain([cluster]) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.join(", ")
}

/// A row per journey, a row per journey and touchpoint, and a row per test of a promise.
fn journeys(events: &Events<'_>, feelings: bool) -> String {
    let grouped = events.grouped_by();
    let felt = if let Some(scale) = events.options.scale.filter(|_| feelings) {
        let (bad, good) = if scale.higher_is_better() {
            (scale.min(), scale.max())
        } else {
            (scale.max(), scale.min())
        };
        let number = events.dialect.number_type();
        let valence = format!(
            "(2.0 * (CAST(emotion_ AS {number}) - {bad:?}) / {:?} - 1.0)",
            good - bad
        );
        format!(
            ",\n    MIN({valence}) AS worst_, MAX({valence}) AS best_, SUM({valence}) AS felt_, COUNT(emotion_) AS known_"
        )
    } else {
        String::new()
    };
    let ended = "COALESCE(MAX(ending_), 'unstated') AS ended_";
    format!(
        "journey AS (
  SELECT {grouped}journey_, journey_customer_, MAX(moments_) AS length_, {ended},
    MAX(start_channel_) AS begun_in_, SUM(CASE WHEN promise_ = 'broken' THEN 1 ELSE 0 END) AS broken_{felt}
  FROM step
  GROUP BY {grouped}journey_, journey_customer_
), visited AS (
  SELECT {grouped}journey_, journey_customer_, touchpoint_, channel_, COUNT(*) AS times_, {ended}
  FROM step
  GROUP BY {grouped}journey_, journey_customer_, touchpoint_, channel_
), tested AS (
  SELECT {grouped}journey_, journey_customer_, COALESCE(promise_name_, touchpoint_) AS due_, promise_,
    COALESCE(ending_, 'unstated') AS ended_,
    ROW_NUMBER() OVER (PARTITION BY journey_, COALESCE(promise_name_, touchpoint_) ORDER BY n_) AS test_
  FROM step
  WHERE promise_ IN ('kept', 'broken')
)"
    )
}

fn part(
    name: &'static str,
    of: [&str; 3],
    adds: &str,
    from: &str,
    whole: &'static str,
    whole_of: [&str; 2],
) -> Part {
    Part {
        name,
        of: of.map(str::to_owned),
        adds: adds.to_owned(),
        from: from.to_owned(),
        whole,
        whole_of: whole_of.map(str::to_owned),
    }
}

fn parts(events: &Events<'_>, none: &str, feelings: bool) -> Vec<Part> {
    let (alone, start) = ([none; 2], ["begun_in_", none]);
    let (promise, place) = (["due_", none], ["touchpoint_", "channel_"]);
    let of = |at: [&'static str; 2]| [at[0], at[1], none];
    let kept = "CASE WHEN promise_ = 'kept' THEN 1 ELSE 0 END";
    let tries = "CASE WHEN broken_ = 0 THEN '0' WHEN broken_ = 1 THEN '1' ELSE '2' END";
    let after = [place[0], place[1], "ended_"];
    let by_start = ["begun_in_", "ended_", none];
    let mut parts = vec![
        part("reach", of(place), "1", "visited", "journeys", alone),
        part("visits", of(place), "times_", "visited", "journeys", alone),
        part("length", [none; 3], "length_", "journey", "journeys", alone),
        part(
            "kept_rate",
            ["due_", none, none],
            kept,
            "tested",
            "tests",
            promise,
        ),
        part(
            "tries",
            [tries, none, none],
            "1",
            "journey",
            "journeys",
            alone,
        ),
        part(
            "outcome",
            ["ended_", none, none],
            "1",
            "journey",
            "journeys",
            alone,
        ),
        part(
            "outcome_after_visit",
            after,
            "1",
            "visited",
            "visitors",
            place,
        ),
        part(
            "outcome_by_start",
            by_start,
            "1",
            "journey",
            "starts",
            start,
        ),
    ];
    for (name, whole, result) in [
        ("outcome_when_kept", "first kept", PromiseResult::Kept),
        ("outcome_when_broken", "first broken", PromiseResult::Broken),
    ] {
        let of = ["due_", "ended_", none];
        parts.push(part(name, of, "1", &first(result), whole, promise));
    }
    if feelings {
        parts.extend(felt(events, none));
    }
    parts
}

fn felt(events: &Events<'_>, none: &str) -> [Part; 4] {
    let (of, alone) = ([none; 3], [none; 2]);
    let limit = events.options.unhappy_at_most;
    let unhappy = format!("CASE WHEN worst_ <= {limit:?} THEN 1 ELSE 0 END");
    [
        part("mean", of, "felt_", KNOWN, "feelings", alone),
        part("worst", of, "worst_", KNOWN, "known", alone),
        part("best", of, "best_", KNOWN, "known", alone),
        part("unhappy", of, &unhappy, "journey", "journeys", alone),
    ]
}

/// Journeys with a feeling that is known.
const KNOWN: &str = "journey WHERE known_ > 0";

/// The first known result of each promise on each journey, where it is this one.
fn first(result: PromiseResult) -> String {
    format!("tested WHERE test_ = 1 AND promise_ = '{result}'")
}

fn wholes(none: &str, feelings: bool) -> Vec<Whole> {
    let whole = |name, of: [&str; 2], adds, from: &str| Whole {
        name,
        of: of.map(str::to_owned),
        adds,
        from: from.to_owned(),
    };
    let mut wholes = vec![
        whole("journeys", [none; 2], "1", "journey"),
        whole("tests", ["due_", none], "1", "tested"),
        whole("visitors", ["touchpoint_", "channel_"], "1", "visited"),
        whole("starts", ["begun_in_", none], "1", "journey"),
        whole(
            "first kept",
            ["due_", none],
            "1",
            &first(PromiseResult::Kept),
        ),
        whole(
            "first broken",
            ["due_", none],
            "1",
            &first(PromiseResult::Broken),
        ),
    ];
    if feelings {
        wholes.push(whole("known", [none; 2], "1", KNOWN));
        wholes.push(whole("feelings", [none; 2], "known_", KNOWN));
    }
    wholes
}
