//! Moves, visits, triples, waits and checks.

use super::events::Events;

/// A statement that ends in one selection from `step`, grouped.
fn select(
    events: &Events<'_>,
    columns: &[(&str, &str)],
    counts: &[String],
    filter: &str,
) -> String {
    let named: Vec<String> = columns
        .iter()
        .map(|(expression, name)| events.named(expression, name))
        .collect();
    let keys: Vec<&str> = columns
        .iter()
        .map(|(expression, _)| *expression)
        .filter(|expression| !expression.starts_with("CAST(NULL"))
        .collect();
    format!(
        "SELECT {}{}, {}\nFROM step{filter}\nGROUP BY {}{}",
        events.selected_groups(),
        named.join(", "),
        counts.join(", "),
        events.grouped_by(),
        keys.join(", "),
    )
}

pub(super) fn moves(events: &Events<'_>) -> String {
    let none = events.dialect.no_text();
    let count = events.named("COUNT(*)", "count");
    let untimed = [
        count.clone(),
        events.named("0", "timed"),
        events.named("0", "wait_ms"),
    ];
    let starts = select(
        events,
        &[
            (&none, "from"),
            (&none, "from_channel"),
            (&none, "promise"),
            ("touchpoint_", "to"),
            ("channel_", "to_channel"),
            (&none, "outcome"),
        ],
        &untimed,
        "\nWHERE n_ = 1",
    );
    let steps = select(
        events,
        &[
            ("touchpoint_", "from"),
            ("channel_", "from_channel"),
            ("promise_", "promise"),
            ("next_touchpoint_", "to"),
            ("next_channel_", "to_channel"),
            (&none, "outcome"),
        ],
        &[
            count,
            events.named("COUNT(wait_)", "timed"),
            events.named("COALESCE(SUM(wait_), 0)", "wait_ms"),
        ],
        "\nWHERE n_ < moments_",
    );
    let ends = select(
        events,
        &[
            ("touchpoint_", "from"),
            ("channel_", "from_channel"),
            ("promise_", "promise"),
            (&none, "to"),
            (&none, "to_channel"),
            ("ending_", "outcome"),
        ],
        &untimed,
        "\nWHERE n_ = moments_",
    );
    let begin = events.begin();
    format!("{begin}\n{starts}\nUNION ALL\n{steps}\nUNION ALL\n{ends}")
}

pub(super) fn visits(events: &Events<'_>) -> String {
    let selected = select(
        events,
        &[
            ("touchpoint_", "touchpoint"),
            ("channel_", "channel"),
            ("phase_", "phase"),
            ("owner_", "owner"),
            ("promise_", "promise"),
            ("promise_name_", "promise_name"),
            ("emotion_", "emotion"),
        ],
        &[
            events.named("COUNT(*)", "count"),
            events.named("COUNT(DISTINCT journey_)", "journeys"),
        ],
        "",
    );
    format!("{}\n{selected}", events.begin())
}

pub(super) fn triples(events: &Events<'_>) -> String {
    let selected = select(
        events,
        &[
            ("previous_touchpoint_", "from"),
            ("previous_channel_", "from_channel"),
            ("touchpoint_", "at"),
            ("channel_", "at_channel"),
            ("promise_", "promise"),
            ("next_touchpoint_", "to"),
            ("next_channel_", "to_channel"),
            (
                "CASE WHEN n_ = moments_ THEN COALESCE(ending_, 'unstated') END",
                "outcome",
            ),
        ],
        &[events.named("COUNT(*)", "count")],
        "",
    );
    format!("{}\n{selected}", events.begin())
}

/// Classes to a doubling; the limits are whole milliseconds, so that every engine draws them alike.
const CLASSES: u32 = 16;
/// Waits of 2^47 ms, four thousand years, and more are one class.
const DOUBLINGS: u32 = 47;
/// Beyond every wait.
const NEVER: u64 = i64::MAX as u64;

/// The lowest wait of a class, ceil(2^(class/16)).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "powers of two below 2^48"
)]
fn limit(class: u32) -> u64 {
    (f64::from(class) / f64::from(CLASSES)).exp2().ceil() as u64
}

/// A row for each doubling: its first class, its lowest wait, the lowest wait above it, and the lowest waits of its further classes.
fn limits() -> String {
    let nothing = (0, "-1".to_owned(), vec![0, 1]);
    let doublings = (0..DOUBLINGS).map(|doubling| {
        let first = CLASSES * doubling;
        let within = (1..CLASSES).map(|class| limit(first + class));
        let ends = [limit(first), limit(first + CLASSES)];
        (
            doubling + 1,
            first.to_string(),
            ends.into_iter().chain(within).collect(),
        )
    });
    let last = CLASSES * DOUBLINGS;
    let longest = (DOUBLINGS + 1, last.to_string(), vec![limit(last), NEVER]);
    let rows = std::iter::once(nothing).chain(doublings).chain([longest]);
    let rows = rows.map(|(number, first, mut limits)| {
        limits.resize(CLASSES as usize + 1, NEVER);
        let names = ["low_".to_owned(), "high_".to_owned()].into_iter();
        let names = names.chain((1..CLASSES).map(|class| format!("limit_{class}_")));
        let columns: Vec<String> = std::iter::once((first, "first_".to_owned()))
            .chain(limits.iter().map(u64::to_string).zip(names))
            .map(|(limit, name)| {
                if number == 0 {
                    format!("{limit} AS {name}")
                } else {
                    limit
                }
            })
            .collect();
        format!("  SELECT {}", columns.join(", "))
    });
    rows.collect::<Vec<_>>().join("\n  UNION ALL\n")
}

pub(super) fn waits(events: &Events<'_>) -> String {
    let above: Vec<String> = (1..CLASSES)
        .map(|class| format!("CASE WHEN wait_ >= limit_{class}_ THEN 1 ELSE 0 END"))
        .collect();
    let (begin, limits, above) = (events.begin(), limits(), above.join(" + "));
    let (selected, grouped) = (events.selected_groups(), events.grouped_by());
    let columns = [
        events.named("touchpoint_", "from"),
        events.named("channel_", "from_channel"),
        events.named("next_touchpoint_", "to"),
        events.named("next_channel_", "to_channel"),
        events.named("class_", "class"),
        events.named("SUM(count_)", "count"),
    ]
    .join(", ");
    format!(
        "{begin}, limits AS (\n{limits}\n), waited AS (
  SELECT {grouped}touchpoint_, channel_, next_touchpoint_, next_channel_, wait_, COUNT(*) AS count_
  FROM step
  WHERE n_ < moments_ AND wait_ IS NOT NULL
  GROUP BY {grouped}touchpoint_, channel_, next_touchpoint_, next_channel_, wait_
), classed AS (
  SELECT waited.*, first_ + {above} AS class_
  FROM waited JOIN limits ON wait_ >= low_ AND wait_ < high_
)
SELECT {selected}{columns}
FROM classed
GROUP BY {grouped}touchpoint_, channel_, next_touchpoint_, next_channel_, class_"
    )
}

pub(super) fn checks(events: &Events<'_>) -> String {
    let mut checks = vec![
        (
            "rows without a journey",
            "given WHERE journey_ IS NULL".to_owned(),
        ),
        (
            "rows without a touchpoint",
            "given WHERE touchpoint_ IS NULL".to_owned(),
        ),
        (
            "rows of journeys that are left out",
            "told WHERE spoiled_ = 1".to_owned(),
        ),
        (
            "words of a promise that are not known",
            "given WHERE stated_ IS NOT NULL AND promise_ IS NULL".to_owned(),
        ),
        (
            "phases that are not known",
            "given WHERE phase_ IS NOT NULL AND phase_ NOT IN ('before', 'during', 'after')"
                .to_owned(),
        ),
    ];
    if events.has_sequence() {
        checks.push((
            "rows without a sequence",
            "given WHERE position_ IS NULL".to_owned(),
        ));
    }
    if events.has_time() {
        checks.push(("rows without a time", "given WHERE ms_ IS NULL".to_owned()));
        checks.push((
            "steps that go back in time",
            "step WHERE n_ < moments_ AND next_ms_ < ms_".to_owned(),
        ));
    }
    let order = if events.has_sequence() {
        "position_"
    } else {
        "at_"
    };
    let time = if events.has_sequence() && events.has_time() {
        " AND (a.at_ = b.at_ OR a.at_ IS NULL OR b.at_ IS NULL)"
    } else {
        ""
    };
    checks.push((
        "rows that the order leaves tied with the next",
        format!("event a JOIN event b ON a.journey_ = b.journey_ AND b.n_ = a.n_ + 1 AND a.{order} = b.{order}{time}"),
    ));
    if let Some(scale) = events.options.scale.filter(|_| events.has_emotion()) {
        let felt = format!("CAST(emotion_ AS {})", events.dialect.number_type());
        checks.push((
            "ratings off the scale",
            format!(
                "given WHERE {felt} < {:?} OR {felt} > {:?}",
                scale.min(),
                scale.max()
            ),
        ));
    }
    let selects: Vec<String> = checks
        .iter()
        .map(|(name, of)| {
            let journey = if of.starts_with("event a") {
                "a.journey_"
            } else {
                "journey_"
            };
            format!(
                "SELECT {}, {}, {} FROM {of}",
                events.named(&format!("'{name}'"), "check"),
                events.named("COUNT(*)", "rows"),
                events.named(&format!("COUNT(DISTINCT {journey})"), "journeys"),
            )
        })
        .collect();
    format!("{}\n{}", events.begin(), selects.join("\nUNION ALL\n"))
}
