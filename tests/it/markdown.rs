//! Markdown: the sections of the text, tables that are whole, and names that stay text.

use crate::steady::cases;
use customer_journey::analysis::FixOptions;
use customer_journey::{Channel, Feeling, Goal, Journey, Outcome, Phase, Promise, Touchpoint};
use proptest::prelude::*;

use crate::render::{delayed_flight, journeys};

const HOSTILE: &str = "a|b `c` <script>alert(1)</script> *d* _e_ [f](https://g.h) #12 @team ~~i~~ $j$ &amp; \\ \n| --- |";

fn hostile() -> Journey {
    let need = |id: &str, channel| {
        Touchpoint::new(id, Phase::During, channel)
            .need(HOSTILE)
            .says(format!("{id} {HOSTILE}"))
    };
    Journey::builder(HOSTILE)
        .touchpoint(
            need("1. first", Channel::Web)
                .name(HOSTILE)
                .makes(HOSTILE)
                .feels(Feeling::Joy),
        )
        .touchpoint(
            need("- second", Channel::Phone)
                .owner(HOSTILE)
                .promise(Promise::new(HOSTILE).kept(1.0).broken(3.0))
                .feels(-0.5)
                .ends(HOSTILE, 1.0),
        )
        .transition("1. first", "- second", 1.0)
        .build()
        .unwrap()
}

/// What a reader of Markdown shows of a text within a line, and the marks in it that were not escaped.
fn shown(text: &str) -> (String, Vec<char>) {
    let (mut plain, mut marks) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let entity = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];
        let entity = entity.iter().find(|(entity, _)| rest.starts_with(entity));
        let taken = if let Some((entity, c)) = entity {
            plain.push(*c);
            entity.len()
        } else if let Some(escaped) = rest.strip_prefix('\\').and_then(|rest| rest.chars().next())
            && escaped.is_ascii_punctuation()
        {
            plain.push(escaped);
            2
        } else {
            if "\\`*_{}[]<>#|~$&".contains(c) {
                marks.push(c);
            }
            plain.push(c);
            c.len_utf8()
        };
        rest = &rest[taken..];
    }
    (plain.replace('\u{2060}', ""), marks)
}

/// The cells of a row of a table: what stands between bars that are not escaped.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in row.chars() {
        if c == '|' && !escaped {
            cells.push(String::new());
        } else {
            cells.last_mut().unwrap().push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    assert_eq!(
        (
            cells.first().unwrap().as_str(),
            cells.last().unwrap().as_str()
        ),
        ("", ""),
        "{row}"
    );
    cells[1..cells.len() - 1]
        .iter()
        .map(|cell| cell.trim().to_owned())
        .collect()
}

/// Reads Markdown line by line: headings, list items, tables, drawings and paragraphs, and nothing else. Returns the
/// plain text, a line for each.
fn read(markdown: &str) -> Vec<String> {
    let mut plain = Vec::new();
    let mut lines = markdown.lines().peekable();
    let mut say = |text: &str| {
        let (text, marks) = shown(text);
        assert!(marks.is_empty(), "{marks:?} are not escaped in {text}");
        plain.push(text);
    };
    let mut before = "";
    while let Some(line) = lines.next() {
        if line == "```text" {
            assert!(
                lines.by_ref().any(|line| line == "```"),
                "a drawing has no end"
            );
        } else if line.starts_with('|') {
            assert_eq!(before, "", "a table begins after an empty line");
            let columns = cells(line).len();
            for cell in cells(line) {
                say(&cell);
            }
            let rule = cells(lines.next().unwrap());
            assert_eq!(rule.len(), columns);
            assert!(
                rule.iter()
                    .all(|cell| ["---", "---:"].contains(&cell.as_str()))
            );
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                assert_eq!(cells(row).len(), columns, "{row}");
                for cell in cells(row) {
                    say(&cell);
                }
            }
            assert!(lines.peek().is_none_or(|line| line.is_empty()));
        } else {
            let item = line
                .split_once(". ")
                .filter(|(number, _)| number.parse::<usize>().is_ok());
            let text = ["# ", "## ", "- "]
                .iter()
                .find_map(|mark| line.strip_prefix(mark));
            let text = text.or(item.map(|(_, text)| text)).unwrap_or(line);
            if !line.starts_with('#') {
                assert!(!text.starts_with(['-', '+', '=', ' ']), "{line}");
                let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
                assert!(
                    digits.len() == text.len() || !digits.starts_with(['.', ')']),
                    "{line}"
                );
            }
            say(text);
        }
        before = line;
    }
    plain
}

#[test]
fn markdown_has_the_sections_of_the_text() {
    for journey in [hostile(), delayed_flight()] {
        let report = journey.flow().unwrap().report();
        let text = report.text().width(10_000).to_string();
        let lines: Vec<&str> = text.lines().collect();
        let ruled = |rule: char| {
            let pairs = lines.windows(2);
            pairs
                .filter(|pair| !pair[1].is_empty() && pair[1].chars().all(|c| c == rule))
                .map(|pair| pair[0].to_owned())
                .collect::<Vec<_>>()
        };
        let markdown = report.markdown().to_string();
        let headed = |mark: &str| {
            let headings = markdown.lines().filter_map(|line| line.strip_prefix(mark));
            headings.map(|heading| shown(heading).0).collect::<Vec<_>>()
        };
        assert_eq!(headed("# "), ruled('═'));
        assert_eq!(headed("## "), ruled('─'));
        assert!(ruled('─').len() >= 10);
    }
}

#[test]
fn hostile_names_stay_text() {
    let flow = hostile().flow().unwrap();
    let report = flow.report();
    let markdown = report.markdown().to_string();
    let plain = read(&markdown);
    assert!(!markdown.contains("<script"));
    assert!(!markdown.contains("@team") && !markdown.contains("#12"));
    assert!(!markdown.contains("https://"));
    // Every sentence says what the text says.
    for pain in &report.pain_points {
        assert!(plain.contains(&pain.to_string()), "{pain}");
    }
    for promise in &report.promises.ledger {
        assert!(plain.contains(&promise.to_string()), "{promise}");
    }
    for path in &report.trajectory.paths {
        assert!(plain.contains(&path.to_string()), "{path}");
    }
    // And every cell is there.
    for cell in ["1. first", "- second"] {
        assert!(plain.contains(&cell.to_owned()), "{cell}");
    }
}

#[test]
fn everything_that_prints_has_its_markdown() {
    let before = hostile();
    let flow = before.flow().unwrap();
    let report = flow.report();
    let churn = Goal::Reduce(Outcome::Churn);
    let comparison = delayed_flight().flow().unwrap().report().compare(&report);
    for text in [
        report.trajectory.markdown().to_string(),
        report.channels.markdown().to_string(),
        report.promises.markdown().to_string(),
        flow.early_signs(&Outcome::from(HOSTILE))
            .markdown()
            .to_string(),
        flow.attribution(&Outcome::from(HOSTILE))
            .markdown()
            .to_string(),
        flow.fixes(&churn).markdown().to_string(),
        flow.best_fixes(&Goal::RaiseMean, 1.0, &FixOptions::new())
            .markdown()
            .to_string(),
        report.error_bars.markdown().to_string(),
        report.listening.markdown().to_string(),
        report.money.markdown().to_string(),
        comparison.markdown().to_string(),
    ] {
        read(&text);
        assert!(text.starts_with('#'), "{text}");
    }
}

#[test]
fn a_small_report_reads_as_markdown_is_written() {
    let report = delayed_flight().flow().unwrap().report();
    let markdown = report.markdown().to_string();
    for part in [
        "# Delayed flight\n\nA journey is ",
        "## How journeys end\n\n| | | |\n| --- | ---: | --- |\n| advocacy | 67.5 of 100 journeys | ████",
        "\n\n1. Delay notice (sms, during, Operations): 65 of 100 visits find \"keep me informed\" broken",
        "\n2. call (phone, during): ",
        "\n\n```text\n     +1.00 ┤\n",
        "\n- every moment rests on assumption: nobody has counted or asked",
    ] {
        assert!(
            markdown.contains(part),
            "{part:?} is missing from:\n{markdown}"
        );
    }
    assert!(!markdown.ends_with('\n') && !markdown.contains("\n\n\n"));
}

#[test]
fn long_lists_are_cut_and_counted() {
    let mut builder = Journey::builder("long");
    for step in 0..30 {
        let touchpoint = Touchpoint::new(step.to_string(), Phase::During, Channel::Web).feels(-0.5);
        builder = builder.touchpoint(touchpoint);
        if step > 0 {
            builder = builder.transition((step - 1).to_string(), step.to_string(), 1.0);
        }
    }
    let markdown = builder
        .build()
        .unwrap()
        .flow()
        .unwrap()
        .report()
        .markdown()
        .to_string();
    let more = "\n\n... and 20 more touchpoints; the report holds all 30.";
    assert!(markdown.contains(more), "{markdown}");
    read(&markdown);
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn no_name_breaks_a_table_or_leaves_a_mark(journey in journeys(any::<String>())) {
        let report = journey.flow().unwrap().report();
        let plain = read(&report.markdown().to_string());
        for pain in report.pain_points.iter().take(10) {
            let sentence = pain.to_string().replace('\u{2060}', "");
            prop_assert!(plain.contains(&sentence), "{}", sentence);
        }
    }
}
