//! What deserves attention first: the rules that the journey breaks, told shortly.

use crate::page::number::{capital, list, whole};
use crate::page::words::{alarm, name, place, strong};
use crate::page::{Block, Cell, Question, Section, Table};
use crate::rules::{Finding, RuleSeverity};

/// So many rules are told; whoever reads more of them acts on none.
const FIRST: usize = 5;

/// So many touchpoints are named with each.
const NAMED: usize = 3;

impl Question for Vec<Finding> {
    fn sections(&self) -> Vec<Section> {
        let mut section = Section::new("findings", "What deserves attention first");
        let rules = broken(self);
        let items = rules.iter().take(FIRST).map(|rule| sentence(rule));
        section.put(Block::list(items.collect(), ("rule", "rules")));
        let more = rules.len().saturating_sub(FIRST);
        let notes = self.iter().filter(|finding| !matters(finding)).count();
        if let Some(besides) = besides(more, notes) {
            section.note(besides);
        }
        let noun = ("finding", "findings");
        section.put(
            Table::of(self, "What deserves attention first", noun)
                .key("findings")
                .data("code", |finding| Cell::name(&*finding.code))
                .data("severity", |finding| Cell::Word(finding.severity.as_str()))
                .data("of", |finding| Cell::name(finding.of.join(" ")))
                .data("figure", |finding| Cell::size(finding.figure))
                .data("bound", |finding| Cell::size(finding.bound))
                .data("sentence", |finding| Cell::name(&*finding.sentence))
                .data("advice", |finding| Cell::name(&*finding.advice))
                .done(),
        );
        vec![section]
    }

    /// A journey that keeps its rules needs no words about them.
    fn is_worth_telling(&self) -> bool {
        self.iter().any(matters)
    }
}

fn matters(finding: &Finding) -> bool {
    finding.severity != RuleSeverity::Note
}

/// The findings that matter, those of one rule together, in the order in which they were found.
fn broken(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut rules: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings.iter().filter(|finding| matters(finding)) {
        let same = |rule: &&mut Vec<&Finding>| rule.iter().any(|known| known.code == finding.code);
        match rules.iter_mut().find(same) {
            Some(rule) => rule.push(finding),
            None => rules.push(vec![finding]),
        }
    }
    rules
}

/// By how much a bound is missed.
fn excess(finding: &Finding) -> f64 {
    let miss = finding.figure.zip(finding.bound);
    miss.map_or(0.0, |(figure, bound)| (figure - bound).abs())
}

/// A rule by the worst of its findings.
fn sentence(rule: &[&Finding]) -> String {
    let worst = rule.iter().copied().reduce(|worst, finding| {
        if excess(finding) > excess(worst) {
            finding
        } else {
            worst
        }
    });
    let Some(worst) = worst else {
        return String::new();
    };
    let severity = capital(worst.severity.as_str());
    let severity = match worst.severity {
        RuleSeverity::Error => alarm(&severity),
        _ => strong(&severity),
    };
    let places: Vec<String> = worst.of.iter().map(|id| place(id)).collect();
    let at = (!places.is_empty()).then(|| format!("at {}", list(&places, NAMED)));
    let more = (rule.len() > 1).then(|| format!("and {} more of this kind", whole(rule.len() - 1)));
    let about: Vec<String> = at.into_iter().chain(more).collect();
    let about = if about.is_empty() {
        String::new()
    } else {
        format!(" ({})", about.join(", "))
    };
    let advice = if worst.advice.is_empty() {
        String::new()
    } else {
        format!(" {}.", name(&capital(&worst.advice)))
    };
    format!("{severity}: {}{about}.{advice}", name(&worst.sentence))
}

/// What is not told here.
fn besides(more: usize, notes: usize) -> Option<String> {
    let rules = match more {
        0 => None,
        1 => Some("one more rule is broken".to_owned()),
        _ => Some(format!("{} more rules are broken", whole(more))),
    };
    let notes = match notes {
        0 => None,
        1 => Some("one note is worth a look".to_owned()),
        _ => Some(format!("{} notes are worth a look", whole(notes))),
    };
    let parts: Vec<String> = rules.into_iter().chain(notes).collect();
    (!parts.is_empty()).then(|| {
        format!(
            "Besides, {}; the report document has all under `findings`.",
            parts.join(", and ")
        )
    })
}
