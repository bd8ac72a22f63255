//! What breaks a rule today, by file or folder and rule. Entries may only go: one that is no longer needed fails the test.

pub(super) const OWED: &[(&str, &str)] = &[
    // Renderers that know more than blocks and views.
    ("render/", "names analysis"),
    ("render/", "names flow"),
    ("render/", "names journey"),
    ("render/", "names report"),
    ("render/", "asks"),
    // Decisions in writers.
    ("render/html/", "decides"),
    // Files that are too long to be read at once.
    // Indexing where `get` would be safer, by positions that the same file has made.
    ("events/csv/value/cells", "indexes"),
    ("events/csv/text/split", "indexes"),
    ("events/tally/from_rows", "indexes"),
    ("events/hash", "indexes"),
    ("events/index", "indexes"),
    ("events/learn/draw", "indexes"),
    ("events/learn/mod", "indexes"),
    ("events/learn/nodes", "indexes"),
    ("events/tally/ledger", "indexes"),
    ("events/tally/levels", "indexes"),
    ("events/log/mod", "indexes"),
    ("events/log/order", "indexes"),
    ("events/tally/merge", "indexes"),
    ("events/tally/journeys", "indexes"),
    ("events/tally/record", "indexes"),
    ("events/tally/spots", "indexes"),
    ("events/tally/visits", "indexes"),
    ("events/tally/ways", "indexes"),
    ("journey/change/draft", "indexes"),
    ("journey/change/pass_on", "indexes"),
    ("journey/check", "indexes"),
    ("journey/check/links", "indexes"),
    ("journey/counted", "indexes"),
    ("journey/feelings/feeling/table", "indexes"),
    ("journey/journey", "indexes"),
    ("journey/words/nearest", "indexes"),
    ("journey/structure", "indexes"),
    ("journey/warning/find", "indexes"),
    ("journey/words/word", "indexes"),
];

/// Folders of more than 16 files.
pub(super) const CROWDED: &[&str] = &[];

/// Folders within which some name each other in a circle.
pub(super) const CIRCLES: &[&str] = &[
    "events/csv",
    "events/log",
    "journey",
    "page",
    "pattern",
    "render/svg",
    "report rules",
];
