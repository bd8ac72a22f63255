//! The shape of the documents, for editors and for other programs.

/// The JSON Schema (draft 2020-12) of a journey document, `customer-journey/1`.
///
/// An editor that knows it completes keys and words and underlines slips while somebody types a map; name it in the
/// document's `$schema`, or in the editor's settings. A schema sees one place at a time: that ids are unique, that
/// transitions lead to touchpoints, that `when` needs a promise and that some weight is above 0 is checked when the
/// journey is read. Of feelings it knows the spelling that documents are written in and lets other capitals and
/// blanks be.
///
/// ```
/// use customer_journey::schema::JOURNEY_SCHEMA;
/// let schema: serde_json::Value = serde_json::from_str(JOURNEY_SCHEMA)?;
/// assert_eq!(schema["properties"]["format"]["const"], "customer-journey/1");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub const JOURNEY_SCHEMA: &str = include_str!("docs/schema/journey.schema.json");

/// The JSON Schema (draft 2020-12) of a report document, `customer-journey-report/1`. It allows further keys, since
/// later versions may add some.
///
/// ```
/// use customer_journey::schema::REPORT_SCHEMA;
/// let schema: serde_json::Value = serde_json::from_str(REPORT_SCHEMA)?;
/// assert_eq!(schema["properties"]["format"]["const"], "customer-journey-report/1");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub const REPORT_SCHEMA: &str = include_str!("docs/schema/report.schema.json");

/// The JSON Schema (draft 2020-12) of a document of rules, `customer-journey-rules/1`.
///
/// ```
/// use customer_journey::schema::RULES_SCHEMA;
/// let schema: serde_json::Value = serde_json::from_str(RULES_SCHEMA)?;
/// assert_eq!(schema["properties"]["format"]["const"], "customer-journey-rules/1");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub const RULES_SCHEMA: &str = include_str!("docs/schema/rules.schema.json");

/// The JSON Schema (draft 2020-12) of a comparison document, `customer-journey-comparison/1`, and of the part of it that
/// `journey compare --json` prints. It allows further keys, since later versions may add some.
///
/// ```
/// use customer_journey::schema::COMPARISON_SCHEMA;
/// let schema: serde_json::Value = serde_json::from_str(COMPARISON_SCHEMA)?;
/// assert_eq!(schema["properties"]["format"]["const"], "customer-journey-comparison/1");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub const COMPARISON_SCHEMA: &str = include_str!("docs/schema/comparison.schema.json");

/// The JSON Schema (draft 2020-12) of the parts of a log side by side: of [`Segments`](crate::segments::Segments) and of
/// [`Windows`](crate::drift::Windows). It allows further keys, since later versions may add some.
///
/// ```
/// use customer_journey::schema::PARTS_SCHEMA;
/// let schema: serde_json::Value = serde_json::from_str(PARTS_SCHEMA)?;
/// assert_eq!(schema["anyOf"][0]["$ref"], "#/$defs/segments");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub const PARTS_SCHEMA: &str = include_str!("docs/schema/parts.schema.json");
