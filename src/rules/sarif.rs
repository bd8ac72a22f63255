//! Findings as SARIF 2.1.0, the format that code-scanning viewers read.
//!
//! OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0*, 2020. A place is a logical location with the id of the
//! touchpoint and its JSON pointer, beside the document as the artifact.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{BuiltInRule, Finding, Findings, RuleSeverity};

/// Findings as a SARIF 2.1.0 log; serialise it as JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sarif {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    artifacts: [Artifact; 1],
    results: Vec<Outcome>,
    column_kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    information_uri: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Message>,
    default_configuration: Configuration,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Message {
    text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Artifact {
    location: ArtifactLocation,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// A `result` of the format.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    properties: BTreeMap<&'static str, f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactIndex,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct ArtifactIndex {
    uri: String,
    index: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

fn level(severity: RuleSeverity) -> &'static str {
    severity.as_str()
}

/// A URI may hold these as they are (RFC 3986); all else is written in hexadecimal.
fn uri(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:@!$&'()*+,;=".contains(&byte);
    let letter = |byte: u8| {
        if plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    name.bytes().map(letter).collect()
}

impl Findings {
    /// The findings as SARIF 2.1.0 for code-scanning viewers; `document` is where the journey's document is, as a relative
    /// path or a URI.
    ///
    /// ```
    /// # use customer_journey::{Channel, Journey, Phase, Rules, Touchpoint};
    /// # let journey = Journey::builder("x").touchpoint(Touchpoint::new("a", Phase::During, Channel::Web)).build()?;
    /// let sarif = journey.check(&Rules::new()).sarif("maps/delivery.json");
    /// let text = serde_json::to_string_pretty(&sarif)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sarif(&self, document: &str) -> Sarif {
        let document = uri(document);
        let mut rules: Vec<Descriptor> = Vec::new();
        let results = self.findings.iter().map(|finding| {
            let known = rules.iter().position(|rule| rule.id == finding.code);
            let rule_index = known.unwrap_or_else(|| {
                rules.push(Descriptor::of(finding));
                rules.len() - 1
            });
            Outcome::of(finding, rule_index, &document)
        });
        let results = results.collect();
        Sarif {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "customer-journey",
                        version: env!("CARGO_PKG_VERSION"),
                        information_uri: "https://docs.rs/customer-journey",
                        rules,
                    },
                },
                artifacts: [Artifact {
                    location: ArtifactLocation { uri: document },
                }],
                results,
                column_kind: "unicodeCodePoints",
            }],
        }
    }
}

impl Descriptor {
    fn of(finding: &Finding) -> Self {
        let built_in = finding.code.parse::<BuiltInRule>().ok();
        let message = |text: &str| Message {
            text: text.to_owned(),
        };
        let advice = Some(finding.advice.as_str()).filter(|advice| !advice.is_empty());
        Self {
            id: finding.code.clone(),
            short_description: built_in.map(|rule| message(rule.reason())),
            help: advice.map(message),
            default_configuration: Configuration {
                level: level(built_in.map_or(finding.severity, BuiltInRule::default_severity)),
            },
        }
    }
}

impl Outcome {
    fn of(finding: &Finding, rule_index: usize, document: &str) -> Self {
        let logical = finding.of.iter().zip(&finding.pointers);
        let logical = logical.map(|(id, pointer)| LogicalLocation {
            name: id.clone(),
            fully_qualified_name: pointer.clone(),
            kind: "object",
        });
        let figures = [("figure", finding.figure), ("bound", finding.bound)];
        Self {
            rule_id: finding.code.clone(),
            rule_index,
            level: level(finding.severity),
            message: Message {
                text: if finding.advice.is_empty() {
                    finding.sentence.clone()
                } else {
                    format!("{}. {}", finding.sentence, finding.advice)
                },
            },
            locations: vec![Location {
                physical_location: PhysicalLocation {
                    artifact_location: ArtifactIndex {
                        uri: document.to_owned(),
                        index: 0,
                    },
                },
                logical_locations: logical.collect(),
            }],
            properties: figures
                .into_iter()
                .filter_map(|(name, figure)| Some((name, figure?)))
                .collect(),
        }
    }
}
