use std::fmt;

use super::{BuiltInRule, RuleSeverity};

/// What breaks a rule, and where.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Finding {
    /// The code of the rule.
    pub code: String,
    /// How grave it is.
    pub severity: RuleSeverity,
    /// The ids of the touchpoints concerned, in the order of the map; empty where it is the journey as a whole.
    pub of: Vec<String>,
    /// Where that stands in the journey's document, as JSON pointers (RFC 6901); at least one.
    pub pointers: Vec<String>,
    /// The figure that breaks the rule; `None` where the journey has no flow or the figure is not known.
    pub figure: Option<f64>,
    /// What it is held against.
    pub bound: Option<f64>,
    /// What is wrong, in a sentence.
    pub sentence: String,
    /// What it rests on: the likeliest way, what is measured, why it is a rule.
    pub evidence: String,
    /// What to do.
    pub advice: String,
}

impl Finding {
    /// A finding of a rule of one's own about the journey as a whole.
    #[must_use]
    pub fn new(sentence: impl Into<String>) -> Self {
        Self {
            code: String::new(),
            severity: RuleSeverity::Warning,
            of: Vec::new(),
            pointers: Vec::new(),
            figure: None,
            bound: None,
            sentence: sentence.into(),
            evidence: String::new(),
            advice: String::new(),
        }
    }

    /// Adds a touchpoint by its id; the pointer to it is found when the journey is checked.
    #[must_use]
    pub fn at(mut self, id: impl Into<String>) -> Self {
        self.of.push(id.into());
        self
    }

    /// Sets the figure.
    #[must_use]
    pub fn figure(mut self, figure: f64) -> Self {
        self.figure = Some(figure);
        self
    }

    /// Sets what the figure is held against.
    #[must_use]
    pub fn bound(mut self, bound: f64) -> Self {
        self.bound = Some(bound);
        self
    }

    /// Sets what to do, where it is not what the rule advises.
    #[must_use]
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }

    /// Sets what it rests on.
    #[must_use]
    pub fn evidence(mut self, evidence: impl Into<String>) -> Self {
        self.evidence = evidence.into();
        self
    }
}

/// What breaks the rules, the gravest first, then in the order of the rules, then of the map. `Display` prints it as a
/// compiler does: why it is a rule and what to do stand with the first finding of each rule.
///
/// ```text
/// error[no-way-to-recovery]: who meets a broken "on time" at delivery never comes to anybody who can resolve
///   --> delivery (/touchpoints/1/promise)
///    = figure: 0, must be more than 0
///    = a broken promise that is put right costs little, one that is not costs the customer
///    = help: lead those customers to somebody who can resolve, or let staff there do it
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Findings {
    /// The name of the journey.
    pub journey: String,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Findings {
    /// How many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: RuleSeverity) -> usize {
        let of = |finding: &&Finding| finding.severity == severity;
        self.findings.iter().filter(of).count()
    }

    /// Whether no rule of severity error is broken.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.count(RuleSeverity::Error) == 0
    }

    /// The findings as Markdown, for a wiki or a pull request.
    #[must_use]
    pub fn markdown(&self) -> FindingsMarkdown<'_> {
        FindingsMarkdown(self)
    }

    fn summary(&self) -> String {
        let plural = |count: usize, word: &str| match count {
            1 => format!("1 {word}"),
            _ => format!("{count} {word}s"),
        };
        let counts = RuleSeverity::ALL
            .iter()
            .map(|&severity| (severity, self.count(severity)));
        let words: Vec<String> = counts
            .filter(|&(_, count)| count > 0)
            .map(|(severity, count)| plural(count, severity.as_str()))
            .collect();
        if words.is_empty() {
            "no rule is broken".to_owned()
        } else {
            words.join(", ")
        }
    }
}

/// So many touchpoints are named; the document names all.
const NAMED: usize = 8;

fn places(finding: &Finding) -> String {
    let mut names: Vec<String> = finding
        .of
        .iter()
        .take(NAMED)
        .map(|id| id.replace(char::is_control, " "))
        .collect();
    if finding.of.len() > NAMED {
        names.push(format!("and {} more", finding.of.len() - NAMED));
    }
    names.join(", ")
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, finding) in self.findings.iter().enumerate() {
            writeln!(
                f,
                "{}[{}]: {}",
                finding.severity, finding.code, finding.sentence
            )?;
            let pointer = finding.pointers.first().map_or("", String::as_str);
            match (finding.of.is_empty(), pointer) {
                (true, "") => writeln!(f, "  --> {}", self.journey.replace(char::is_control, " "))?,
                (true, pointer) => writeln!(f, "  --> {pointer}")?,
                (false, pointer) => writeln!(f, "  --> {} ({pointer})", places(finding))?,
            }
            if let Some(figure) = finding.figure {
                writeln!(f, "   = figure: {}{}", short(figure), limit(finding))?;
            }
            let before = &self.findings[..number];
            for (word, text) in [
                ("", said(finding, before, |finding| &finding.evidence)),
                ("help: ", said(finding, before, |finding| &finding.advice)),
            ] {
                if !text.is_empty() {
                    writeln!(f, "   = {word}{text}")?;
                }
            }
            writeln!(f)?;
        }
        f.write_str(&self.summary())
    }
}

/// A text of a finding, unless the finding before says the same of the same rule.
fn said<'a>(finding: &'a Finding, before: &[Finding], text: fn(&Finding) -> &str) -> &'a str {
    let repeated = before
        .last()
        .is_some_and(|last| last.code == finding.code && text(last) == text(finding));
    if repeated { "" } else { text(finding) }
}

/// What the figure is held against, in words where it is known on which side it should be.
fn limit(finding: &Finding) -> String {
    let Some(bound) = finding.bound else {
        return String::new();
    };
    let words = finding
        .code
        .parse::<BuiltInRule>()
        .map(|rule| rule.limit(bound));
    match words {
        Ok(limit) => format!(", must be {} {}", limit.words(), short(bound)),
        Err(_) => format!(", bound: {}", short(bound)),
    }
}

/// Four digits tell enough to see by how much a bound is missed.
fn short(figure: f64) -> String {
    let rounded = format!("{figure:.4}");
    let trimmed = rounded.trim_end_matches('0').trim_end_matches('.');
    if trimmed.parse() == Ok(0.0_f64) && figure != 0.0 {
        format!("{figure:.1e}")
    } else {
        trimmed.to_owned()
    }
}

/// Findings as Markdown.
#[derive(Debug, Clone, Copy)]
pub struct FindingsMarkdown<'a>(&'a Findings);

impl fmt::Display for FindingsMarkdown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Findings { journey, findings } = self.0;
        writeln!(f, "# Rules: {}\n", escaped(journey))?;
        writeln!(f, "{}.", self.0.summary())?;
        if findings.is_empty() {
            return Ok(());
        }
        writeln!(
            f,
            "\n| severity | rule | where | what | figure | bound | advice |"
        )?;
        writeln!(f, "|---|---|---|---|---:|---:|---|")?;
        for finding in findings {
            let number = |figure: Option<f64>| figure.map(short).unwrap_or_default();
            writeln!(
                f,
                "| {} | {} | {} | {} | {} | {} | {} |",
                finding.severity,
                escaped(&finding.code),
                escaped(&places(finding)),
                escaped(&finding.sentence),
                number(finding.figure),
                number(finding.bound),
                escaped(&finding.advice),
            )?;
        }
        Ok(())
    }
}

/// Text of the map cannot become markup or leave its cell.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '(' | ')' | '#' | '!'
            | '|' | '~' | '&' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
