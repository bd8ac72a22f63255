//! The emotional curve as a chart of Vega-Lite.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::journey::Journey;
use crate::view::touchpoint_curve::{PromiseState, Row, TouchpointCurve};

/// A chart of a journey's feelings for Vega-Lite (versions 5 and 6): `Display` writes it as JSON, and serde
/// serialises it.
///
/// The touchpoints stand in the order of the map, each with its mean valence, a thin line from the worst to the best
/// that is felt there, and a shape for its promise. Where no feeling is known, the curve has a gap. The data are in
/// the chart: a row for each touchpoint with `order`, `step`, `id`, `touchpoint`, `phase`, `stage`, `channel`,
/// `emotion`, `lowest`, `highest`, `promise`, `kept_rate` and `persona`; what is not known is `null`.
///
/// ```
/// use customer_journey::{Channel, Journey, Phase, Touchpoint};
/// let journey = Journey::builder("Visit")
///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).feels(0.25))
///     .build()?;
/// let chart: serde_json::Value = serde_json::from_str(&journey.vega_lite().to_string())?;
/// assert_eq!(chart["data"]["values"][0]["emotion"], 0.25);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct VegaLite {
    chart: Item,
}

impl Journey {
    /// The emotional curve over the touchpoints in the order of the map, as a chart of Vega-Lite.
    #[must_use]
    pub fn vega_lite(&self) -> VegaLite {
        VegaLite {
            chart: chart(&TouchpointCurve::of(self)),
        }
    }
}

impl fmt::Display for VegaLite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_string_pretty(&self.chart).map_err(|_| fmt::Error)?;
        // So that the text may stand in a web page: within JSON, `<` has no meaning but in texts.
        f.write_str(&json.replace('<', "\\u003c"))
    }
}

impl Serialize for VegaLite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.chart.serialize(serializer)
    }
}

/// A part of the chart.
#[derive(Debug, Clone, PartialEq)]
enum Item {
    Null,
    Yes,
    No,
    Number(f64),
    Count(u64),
    Text(String),
    List(Vec<Item>),
    Object(Vec<(&'static str, Item)>),
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Yes => serializer.serialize_bool(true),
            Self::No => serializer.serialize_bool(false),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Count(number) => serializer.serialize_u64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, item) in entries {
                    map.serialize_entry(key, item)?;
                }
                map.end()
            }
        }
    }
}

impl From<&str> for Item {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Item {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl<T: Into<Item>> From<Option<T>> for Item {
    fn from(known: Option<T>) -> Self {
        known.map_or(Self::Null, Into::into)
    }
}

fn object<const N: usize>(entries: [(&'static str, Item); N]) -> Item {
    Item::Object(entries.into())
}

fn texts(texts: &[&str]) -> Item {
    Item::List(texts.iter().map(|&text| text.into()).collect())
}

fn numbers(numbers: &[f64]) -> Item {
    Item::List(numbers.iter().map(|&number| number.into()).collect())
}

const SCHEMA: &str = "https://vega.github.io/schema/vega-lite/v6.json";
/// Paul Tol's sunset scheme, from bad to good.
const COLOURS: [&str; 5] = ["#a50026", "#f67e4b", "#eaeccc", "#6ea6cd", "#364b9a"];

fn word(promise: PromiseState) -> &'static str {
    match promise {
        PromiseState::Kept => "kept",
        PromiseState::Broken => "broken",
        PromiseState::KeptOrBroken => "kept or broken",
        PromiseState::NoneTested => "none tested",
    }
}

fn shape(promise: PromiseState) -> &'static str {
    match promise {
        PromiseState::Kept => "triangle-up",
        PromiseState::Broken => "triangle-down",
        PromiseState::KeptOrBroken => "diamond",
        PromiseState::NoneTested => "circle",
    }
}

fn chart(shown: &TouchpointCurve) -> Item {
    let persona = shown.persona.as_deref();
    let rows: Vec<Item> = shown.rows.iter().map(|at| row(at, persona)).collect();
    let count = rows.len();
    let name = shown.name.as_str();
    object([
        ("$schema", SCHEMA.into()),
        (
            "description",
            Item::Text(format!(
                "Emotional curve of the customer journey {name:?}: the mean valence of {count} touchpoints, -1 to 1"
            )),
        ),
        ("title", name.into()),
        ("width", object([("step", 64.0.into())])),
        ("height", 260.0.into()),
        ("data", object([("values", Item::List(rows))])),
        ("encoding", object([("x", x())])),
        (
            "layer",
            Item::List(vec![zero(), spread(), curve(), points()]),
        ),
    ])
}

fn row(at: &Row, persona: Option<&str>) -> Item {
    let Row { order, label, .. } = at;
    object([
        ("order", Item::Count(*order)),
        // Names may be the same twice; a place on the axis may not.
        ("step", Item::Text(format!("{order}. {label}"))),
        ("id", at.id.as_str().into()),
        ("touchpoint", label.as_str().into()),
        ("phase", at.phase.as_str().into()),
        ("stage", at.stage.as_deref().into()),
        ("channel", at.channel.as_str().into()),
        ("emotion", at.emotion.into()),
        ("known", at.known.into()),
        ("lowest", at.lowest.into()),
        ("highest", at.highest.into()),
        ("promise", at.promise.map(word).into()),
        ("kept_rate", at.kept_rate.into()),
        ("persona", persona.into()),
    ])
}

fn x() -> Item {
    object([
        ("field", "step".into()),
        ("type", "nominal".into()),
        ("sort", object([("field", "order".into())])),
        ("title", Item::Null),
        (
            "axis",
            object([
                ("labelAngle", (-40.0).into()),
                ("labelLimit", 220.0.into()),
                ("labelOverlap", Item::No),
            ]),
        ),
    ])
}

fn y(field: &str) -> Item {
    object([
        ("field", field.into()),
        ("type", "quantitative".into()),
        ("scale", object([("domain", numbers(&[-1.0, 1.0]))])),
        ("title", "Feeling, -1 to 1".into()),
    ])
}

fn zero() -> Item {
    object([
        (
            "mark",
            object([
                ("type", "rule".into()),
                ("color", "#777777".into()),
                ("strokeDash", numbers(&[4.0, 3.0])),
            ]),
        ),
        (
            "encoding",
            object([("y", object([("datum", 0.0.into())])), ("x", Item::Null)]),
        ),
    ])
}

fn spread() -> Item {
    object([
        (
            "mark",
            object([
                ("type", "rule".into()),
                ("color", "#999999".into()),
                ("strokeWidth", 2.0.into()),
            ]),
        ),
        (
            "encoding",
            object([
                ("y", y("lowest")),
                ("y2", object([("field", "highest".into())])),
            ]),
        ),
    ])
}

fn curve() -> Item {
    object([
        (
            "mark",
            object([
                ("type", "line".into()),
                ("interpolate", "monotone".into()),
                ("color", "#444444".into()),
                ("invalid", "break-paths-show-domains".into()),
            ]),
        ),
        ("encoding", object([("y", y("emotion"))])),
    ])
}

fn points() -> Item {
    let tooltip = [
        "touchpoint",
        "phase",
        "channel",
        "emotion",
        "known",
        "promise",
        "kept_rate",
    ]
    .map(|field| object([("field", field.into())]));
    object([
        (
            "mark",
            object([
                ("type", "point".into()),
                ("filled", Item::Yes),
                ("size", 140.0.into()),
                ("opacity", 1.0.into()),
                ("stroke", "#333333".into()),
                ("strokeWidth", 1.0.into()),
            ]),
        ),
        (
            "encoding",
            object([
                ("y", y("emotion")),
                (
                    "shape",
                    object([
                        ("field", "promise".into()),
                        ("type", "nominal".into()),
                        ("title", "Promise".into()),
                        (
                            "scale",
                            object([
                                ("domain", texts(&PromiseState::ALL.map(word))),
                                ("range", texts(&PromiseState::ALL.map(shape))),
                            ]),
                        ),
                    ]),
                ),
                (
                    "color",
                    object([
                        ("field", "emotion".into()),
                        ("type", "quantitative".into()),
                        ("title", "Feeling".into()),
                        (
                            "scale",
                            object([
                                ("domain", numbers(&[-1.0, -0.5, 0.0, 0.5, 1.0])),
                                ("range", texts(&COLOURS)),
                            ]),
                        ),
                    ]),
                ),
                ("tooltip", Item::List(tooltip.to_vec())),
            ]),
        ),
    ])
}
