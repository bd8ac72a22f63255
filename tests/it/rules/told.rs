//! Findings in the report: the gravest first, each rule once, and nothing where nothing is to be said.

use super::*;
use customer_journey::render::Table;

const HEADING: &str = "What deserves attention first";

fn words(text: impl ToString) -> String {
    let text = text.to_string();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// One error, one rule that is broken at two places, and one note.
fn troubled() -> Journey {
    sound_but(|[offer, visit, thanks]| {
        offer.owner = None;
        for touchpoint in [visit, thanks] {
            touchpoint
                .can
                .retain(|ability| !matches!(ability, Ability::Recognise | Ability::Resolve));
        }
    })
}

#[test]
fn the_report_tells_what_deserves_attention_first() {
    let flow = troubled().flow().unwrap();
    let report = flow.report();
    let severities: Vec<&str> = report
        .findings
        .iter()
        .map(|finding| finding.severity.as_str())
        .collect();
    let expected = ["error", "warning", "warning", "note", "note"];
    assert_eq!(severities, expected, "{:?}", report.findings);
    let text = words(&report);
    for said in [
        "Error: who meets a broken \"on time\" here never comes to anybody who can resolve (at visit). Lead those customers to",
        "Warning: 100.0 times in 100 journeys somebody comes here from another channel or department and has to begin again (at visit, and 1 more of \
         this kind). Pass on who the customer is and what was said.",
        "Besides, 2 notes are worth a look; the report document has all under `findings`.",
    ] {
        assert!(text.contains(&words(said)), "{said:?} is not in {text}");
    }
    // Right behind how journeys end, before all that explains it.
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(at("How journeys end") < at(HEADING) && at(HEADING) < at("How feelings run"));
    let markdown = report.markdown().to_string();
    assert!(
        markdown.contains(&format!("## {HEADING}\n\n- Error: who meets")),
        "{markdown}"
    );
    let page = flow.html().to_string();
    assert!(page.contains("id=\"findings\""));
    let rows = report.csv(Table::Findings).to_string();
    assert_eq!(rows.lines().count(), 1 + report.findings.len());
    assert!(rows.starts_with(
        "code,severity,of,figure,bound,sentence,advice\r\nno-way-to-recovery,error,visit,0"
    ));
}

#[test]
fn a_sound_map_is_spared_the_words() {
    let unowned = sound_but(|touchpoints| touchpoints[0].owner = None);
    for journey in [map(sound()), unowned] {
        let flow = journey.flow().unwrap();
        let report = flow.report();
        assert!(!report.to_string().contains(HEADING));
        assert!(!report.markdown().to_string().contains(HEADING));
        assert!(!flow.html().to_string().contains(HEADING));
    }
}

/// Names that are in a finding's sentence stay names.
#[test]
fn names_in_findings_cannot_become_markup() {
    let journey = sound_but(|[offer, visit, _]| {
        *offer = offer.clone().makes("<b>*soon*</b>");
        visit.owner = None;
    });
    let flow = journey.flow().unwrap();
    let report = flow.report();
    assert_eq!(report.findings[0].code, "promise-never-tested");
    assert!(!report.markdown().to_string().contains("<b>"));
    assert!(!flow.html().to_string().contains("<b>"));
}
