//! A journey held to its rules.

use std::fmt;

use super::finding::{Finding, Findings};
use super::{Bound, Kind, Rule, RuleSeverity, Rules};
use crate::analysis::AskError;
use crate::flow::Flow;
use crate::journey::{Journey, Touchpoint};
use crate::pattern::Pattern;
use crate::report::{Figure, Report};

/// What rules look at: the map, and its figures where it has a flow.
pub(super) struct Context<'a> {
    pub(super) journey: &'a Journey,
    pub(super) figures: Option<(&'a Flow, &'a Report)>,
}

/// What breaks a built-in rule.
pub(super) struct Hit {
    /// The touchpoints concerned, by position.
    pub(super) at: Vec<usize>,
    /// The key of the touchpoints that it is about; none for the touchpoints themselves.
    pub(super) key: Option<&'static str>,
    pub(super) figure: Option<f64>,
    pub(super) sentence: String,
}

impl Hit {
    pub(super) fn whole(figure: f64, sentence: String) -> Self {
        Self::at(Vec::new(), figure, sentence)
    }

    pub(super) fn at(at: Vec<usize>, figure: f64, sentence: String) -> Self {
        Self {
            at,
            key: None,
            figure: Some(figure),
            sentence,
        }
    }

    pub(super) fn key(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }
}

impl<'a> Context<'a> {
    pub(super) fn touchpoints(&self) -> impl Iterator<Item = (usize, &'a Touchpoint)> {
        self.journey.touchpoints().enumerate()
    }

    pub(super) fn touchpoint(&self, position: usize) -> &'a Touchpoint {
        &self.journey.graph().raw_nodes()[position].weight
    }

    /// Expected visits to some touchpoints; none where the journey has no flow.
    pub(super) fn visits(&self, at: &[usize]) -> Option<f64> {
        let (flow, _) = self.figures?;
        let visits = at.iter().map(|&position| flow.visits_at(position));
        Some(visits.fold(0.0, |sum, visits| sum + visits))
    }

    /// The share of journeys that match; none where the journey has no flow or the pattern no answer.
    pub(super) fn share(&self, pattern: &str) -> Option<f64> {
        let (flow, _) = self.figures?;
        let pattern: Pattern = pattern.parse().ok()?;
        flow.share_matching(&pattern).ok()
    }
}

impl Journey {
    /// Holds the map to rules. A map that has no flow is held to those that need none, and that it has none is an error
    /// itself (`no-flow`).
    ///
    /// ```
    /// use customer_journey::rules::RuleSeverity;
    /// use customer_journey::{Channel, Journey, Phase, Rules, Touchpoint};
    /// let journey = Journey::builder("Draft")
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).makes("fresh bread"))
    ///     .build()?;
    /// let found = journey.check(&Rules::new());
    /// assert!(found.passes()); // no rule of severity error is broken
    /// assert_eq!(found.findings[0].code, "promise-never-tested");
    /// assert_eq!(found.findings[0].pointers, ["/touchpoints/0/makes"]);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn check(&self, rules: &Rules) -> Findings {
        match self.flow() {
            Ok(flow) => flow.check(rules),
            Err(error) => {
                let mut found = vec![Finding {
                    code: "no-flow".to_owned(),
                    severity: RuleSeverity::Error,
                    pointers: vec![String::new()],
                    evidence:
                        "the other figures are not known, and rules about them were not checked"
                            .to_owned(),
                    advice: "mend that first".to_owned(),
                    ..Finding::new(error.to_string())
                }];
                let context = Context {
                    journey: self,
                    figures: None,
                };
                found.extend(rules.built_in(&context));
                located(self, found)
            }
        }
    }
}

impl Flow {
    /// Holds the journey to rules: as [`Journey::check`], for a flow that is there.
    #[must_use]
    pub fn check(&self, rules: &Rules) -> Findings {
        self.check_report(&self.report(), rules)
    }

    /// The same for a report of this flow that is there.
    pub(crate) fn check_report(&self, report: &Report, rules: &Rules) -> Findings {
        let context = Context {
            journey: self.journey(),
            figures: Some((self, report)),
        };
        let mut found = rules.built_in(&context);
        for rule in &rules.own {
            found.extend(rule.find(self, report));
        }
        located(self.journey(), found)
    }
}

impl Rules {
    fn built_in(&self, context: &Context<'_>) -> Vec<Finding> {
        let mut found = Vec::new();
        for setting in &self.built_in {
            for hit in setting.rule.find(context, setting.bound) {
                let pointers = hit.at.iter().map(|at| match hit.key {
                    Some(key) => format!("/touchpoints/{at}/{key}"),
                    None => format!("/touchpoints/{at}"),
                });
                found.push(Finding {
                    code: setting.rule.as_str().to_owned(),
                    severity: setting.severity,
                    pointers: pointers.collect(),
                    of: hit
                        .at
                        .iter()
                        .map(|&at| context.touchpoint(at).id.clone())
                        .collect(),
                    figure: hit.figure,
                    bound: Some(setting.bound),
                    evidence: setting.rule.reason().to_owned(),
                    advice: setting.rule.advice().to_owned(),
                    ..Finding::new(hit.sentence)
                });
            }
        }
        found
    }
}

/// Points at what is not pointed at yet, and puts the gravest first.
fn located(journey: &Journey, mut findings: Vec<Finding>) -> Findings {
    for finding in &mut findings {
        if finding.pointers.is_empty() {
            let nodes = finding.of.iter().filter_map(|id| journey.node(id));
            finding.pointers = nodes
                .map(|node| format!("/touchpoints/{}", node.index()))
                .collect();
        }
        if finding.pointers.is_empty() {
            finding.pointers.push(String::new());
        }
    }
    findings.sort_by_key(|finding| finding.severity);
    Findings {
        journey: journey.name().to_owned(),
        findings,
    }
}

impl Rule {
    fn find(&self, flow: &Flow, report: &Report) -> Vec<Finding> {
        let stated = |finding: Finding| Finding {
            code: self.code.clone(),
            severity: self.severity,
            advice: self.advice.clone(),
            ..finding
        };
        match &self.kind {
            Kind::Pattern(pattern, bound) => {
                let found = self.of_pattern(flow, pattern, *bound).into_iter();
                found.map(stated).collect()
            }
            Kind::Figure { figure, of, bound } => {
                let Some(value) = figure_of(report, *figure, of.as_deref()) else {
                    let of = of
                        .as_ref()
                        .map_or(String::new(), |of| format!(" of {of:?}"));
                    let sentence = format!(
                        "there is no figure {:?}{of}, or it is not known",
                        figure.as_str()
                    );
                    return vec![stated(Finding::new(sentence).evidence(self.reason.clone()))];
                };
                if bound.holds(value) {
                    return Vec::new();
                }
                let name = of.as_ref().map_or(String::new(), |of| format!(" ({of})"));
                let sentence = format!("{}{name} should be {bound}", figure.label());
                let at = of.as_ref().filter(|of| flow.journey().node(of).is_some());
                vec![stated(Finding {
                    of: at.cloned().into_iter().collect(),
                    figure: Some(value),
                    bound: Some(bound.value()),
                    evidence: self.reason.clone(),
                    ..Finding::new(sentence)
                })]
            }
            Kind::Closure(find) => {
                let found = find(flow).into_iter().map(|finding| Finding {
                    code: if finding.code.is_empty() {
                        self.code.clone()
                    } else {
                        finding.code.clone()
                    },
                    severity: self.severity,
                    evidence: if finding.evidence.is_empty() {
                        self.reason.clone()
                    } else {
                        finding.evidence.clone()
                    },
                    advice: if finding.advice.is_empty() {
                        self.advice.clone()
                    } else {
                        finding.advice.clone()
                    },
                    ..finding
                });
                found.collect()
            }
        }
    }

    fn of_pattern(&self, flow: &Flow, pattern: &Pattern, bound: Bound) -> Option<Finding> {
        if let Some(fault) = bound.no_share() {
            return Some(self.unanswered(fault));
        }
        let share = match flow.share_matching(pattern) {
            Err(error) => return Some(self.unanswered(in_one_line(&error))),
            Ok(share) if bound.holds(share) => return None,
            Ok(share) => share,
        };
        let way = if bound.is_upper() {
            flow.likeliest_match(pattern)
        } else {
            flow.likeliest_without(pattern)
        };
        let way = way.ok().flatten();
        let of = way.as_ref().and_then(|way| way.path.last().cloned());
        let sentence = format!(
            "{} of 100 journeys match {pattern}, and it should be {} {} of 100",
            per_cent(share),
            bound.words(),
            per_cent(bound.value())
        );
        let way = way.map(|way| format!("the likeliest way: {way}"));
        let evidence = [Some(self.reason.clone()), way, flow.known_in_part(pattern)];
        let evidence = evidence
            .into_iter()
            .flatten()
            .filter(|words| !words.is_empty());
        let evidence = evidence.collect::<Vec<_>>().join("; ");
        Some(Finding {
            of: of.into_iter().collect(),
            figure: Some(share),
            bound: Some(bound.value()),
            evidence,
            ..Finding::new(sentence)
        })
    }

    /// A rule that cannot be checked is not kept.
    fn unanswered(&self, why: impl fmt::Display) -> Finding {
        Finding::new(format!("the rule cannot be checked: {why}")).evidence(self.reason.clone())
    }
}

/// Why a pattern has no answer, without the marks that point at its places: they need lines of their own.
fn in_one_line(error: &AskError) -> String {
    let AskError::Pattern(error) = error else {
        return error.to_string();
    };
    let problems = error.problems.iter().map(|problem| {
        let place = error.pattern.get(problem.at.clone()).unwrap_or_default();
        format!("{problem} (at `{place}`)")
    });
    let problems: Vec<String> = problems.collect();
    format!("{}; the pattern is {}", problems.join("; "), error.pattern)
}

/// A figure of the report by the name of what it is of.
fn figure_of(report: &Report, figure: Figure, of: Option<&str>) -> Option<f64> {
    let all = report.figures();
    let mut same = all.iter().filter(|known| known.figure == figure);
    same.find(|known| known.part.name() == of)?.value
}

/// A share in points, with one digit behind the point.
pub(super) fn per_cent(share: f64) -> String {
    let points = 100.0 * share;
    if points > 0.0 && points < 0.05 {
        "less than 0.1".to_owned()
    } else {
        format!("{points:.1}")
    }
}
