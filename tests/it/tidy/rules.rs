//! The house rules: which layer may know which, and what has no place in the library or in one of its layers.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Meaning, Names, Sources};
use super::source::Source;

/// The layers, each with those whose names it may know besides its own.
pub(super) const LAYERS: &[(&str, &[&str])] = &[
    // How waits spread, which a way carries.
    ("journey", &["statistics"]),
    ("chain", &[]),
    ("statistics", &[]),
    ("page", &["journey"]),
    ("pattern", &["journey"]),
    // Numbers only, as the chain; what a log learns with it is told by the log.
    ("memory", &["chain"]),
    ("events", &["journey", "memory", "statistics"]),
    ("sql", &["journey"]),
    ("language", &["journey"]),
    ("formats", &["journey", "page", "language"]),
    ("flow", &["journey", "chain", "statistics", "pattern"]),
    // Of the events, the log: some questions are asked of what happened.
    (
        "analysis",
        &["flow", "page", "journey", "statistics", "pattern", "events"],
    ),
    ("report", &["analysis", "flow", "page", "journey", "rules"]),
    (
        "rules",
        &["report", "analysis", "flow", "pattern", "journey"],
    ),
    // Two journeys side by side: all that is known of each.
    (
        "compare",
        &[
            "report",
            "analysis",
            "events",
            "flow",
            "page",
            "journey",
            "statistics",
            "view",
            "render",
        ],
    ),
    ("view", &["analysis", "flow", "page", "journey"]),
    ("render", &["page", "view", "language"]),
    // The documents' schemas know nothing; the error knows errors, see `is_error`.
    ("schema", &[]),
];

/// Writers: text from blocks, without a decision.
const WRITERS: [&str; 4] = [
    "render/text/",
    "render/markdown/",
    "render/html/",
    "render/csv",
];

/// Layers that take what others wrote: nothing there may panic.
const TAKES_INPUT: [&str; 4] = ["events", "formats", "journey", "render"];

/// Outside names that have no place anywhere: where something else than the arguments would come in or go out, and maps
/// whose order changes from run to run.
const OUTSIDE: [&str; 15] = [
    "fs",
    "net",
    "io",
    "time",
    "env",
    "thread",
    "process",
    "os",
    "panic",
    "collections::HashMap",
    "collections::HashSet",
    "collections::hash_map",
    "collections::hash_set",
    "hash::RandomState",
    "hash::DefaultHasher",
];

/// Where one of them is right, and why.
const RIGHT: [(&str, &str, &str); 6] = [
    (
        "rules/hold.rs",
        "panic!",
        "what a test of a journey fails with, written into the caller's own code",
    ),
    ("rules/hold.rs", "panic", "the same, by its path"),
    ("events/csv/", "io", "reads from what the caller has opened"),
    ("events/log/", "io", "reads from what the caller has opened"),
    (
        "analysis/ask/watch.rs",
        "io",
        "the same, and hands it on to the events",
    ),
    (
        "events/hash.rs",
        "hash::RandomState",
        "keys that somebody chose must not collide; no result depends on a hash",
    ),
];

const MACROS: [&str; 16] = [
    "print",
    "println",
    "eprint",
    "eprintln",
    "dbg",
    "panic",
    "unreachable",
    "todo",
    "unimplemented",
    "assert",
    "assert_eq",
    "assert_ne",
    "include",
    "include_bytes",
    "option_env",
    "thread_local",
];

const PANICS: [&str; 6] = [
    "unwrap",
    "expect",
    "unwrap_err",
    "expect_err",
    "unwrap_unchecked",
    "get_unchecked",
];

/// Words about which the chain knows nothing: there are only numbers.
const NOT_IN_CHAIN: [&str; 6] = [
    "touchpoint",
    "journey",
    "emotion",
    "outcome",
    "promise",
    "channel",
];

/// Words of what only the flow computes.
const NOT_IN_JOURNEY: [&str; 5] = [
    "probabilit",
    "likelihood",
    "absorb",
    "stationary",
    "odds_of",
];

/// Where the journey divides: proportions of what a map states, none of what becomes of journeys.
const DIVIDES: [&str; 6] = [
    "journey/numbers/shares.rs",
    "journey/feelings/scale.rs",
    "journey/promise.rs",
    "journey/feelings/emotion.rs",
    "journey/words/nearest.rs",
    "journey/change/pass_on.rs",
];

/// What a writer leaves to the question: to rank, to choose, to add up.
const DECIDES: [&str; 22] = [
    "sort",
    "sort_by",
    "sort_by_key",
    "sort_unstable",
    "sort_unstable_by",
    "sort_unstable_by_key",
    "sort_by_cached_key",
    "max_by",
    "max_by_key",
    "min_by",
    "min_by_key",
    "sum",
    "product",
    "total_cmp",
    "partial_cmp",
    "abs",
    "powi",
    "powf",
    "sqrt",
    "mul_add",
    "select_nth_unstable",
    "recip",
];

/// What is wrong, by rule, so that what is still owed can be named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wrong {
    pub(super) file: String,
    pub(super) rule: String,
    pub(super) said: String,
}

/// The first part of a path: `flow/mod.rs` is of `flow`, `report.rs` of `report`.
pub(super) fn layer(file: &str) -> &str {
    file.split('/')
        .next()
        .unwrap_or(file)
        .trim_end_matches(".rs")
}

/// The question that a file of `analysis` answers; `None` for the list of them.
fn question(file: &str) -> Option<&str> {
    let below = file.strip_prefix("analysis/")?;
    let name = below.split('/').next()?.trim_end_matches(".rs");
    (name != "mod").then_some(name)
}

pub(super) struct House<'a> {
    sources: &'a Sources,
    names: Names<'a>,
    /// Methods that a layer gives to types of another one, as questions do to the flow, and the files that do.
    given: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Methods that a layer gives to its own types.
    own: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> House<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        let names = Names::new(sources);
        let mut given: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut own = BTreeSet::new();
        for (file, source) in sources {
            for (of, name, open) in &source.methods {
                match names.meaning(file, std::slice::from_ref(of)) {
                    Meaning::Item(home, _) if *open && layer(&home) != layer(file) => {
                        given.entry(name).or_default().insert(file);
                    }
                    _ => {
                        own.insert((layer(file), name.as_str()));
                    }
                }
            }
        }
        Self {
            sources,
            names,
            given,
            own,
        }
    }

    /// What is wrong with a file, and how many names were judged.
    pub(super) fn judge(&self, file: &str) -> (Vec<Wrong>, usize) {
        let Some(source) = self.sources.get(file) else {
            return (Vec::new(), 0);
        };
        let mut found = Findings {
            file,
            wrong: BTreeSet::new(),
        };
        if source.lines > 450 {
            found.add("long", 0, &format!("has {} lines", source.lines));
        }
        for (line, what) in &source.odd {
            found.add("odd", *line, what);
        }
        let judged = self.names(source, &mut found);
        self.calls(source, &mut found);
        words(source, &mut found);
        arithmetic(source, &mut found);
        for named in &source.macros {
            let name = named.path.last().map_or("", String::as_str);
            let right = RIGHT.iter().any(|(place, known, _)| {
                file.starts_with(place) && known.strip_suffix('!') == Some(name)
            });
            if MACROS.contains(&name) && !right {
                found.add("macro", named.line, &format!("calls {name}!"));
            }
        }
        (found.wrong.into_iter().collect(), judged)
    }

    fn names(&self, source: &Source, found: &mut Findings<'_>) -> usize {
        let mut judged = 0;
        let imported = source.uses.iter().map(|(_, named)| named);
        for named in source.named.iter().chain(imported) {
            // `pub(crate)` and the like name nothing.
            if let [only] = &named.path[..]
                && ["crate", "super", "self"].contains(&only.as_str())
            {
                continue;
            }
            let meaning = self.names.meaning(found.file, &named.path);
            judged += usize::from(meaning != Meaning::Local);
            self.name(&meaning, &named.path, named.line, found);
        }
        for (name, named) in &source.uses {
            let meaning = self.names.meaning(found.file, &named.path);
            if meaning == Meaning::Module("lib.rs".to_owned()) {
                found.add("alias", named.line, &format!("calls the root {name}"));
            }
        }
        for named in &source.globs {
            // Several names at once can not be judged one by one; the members of an enum are harmless.
            let meaning = self.names.meaning(found.file, &named.path);
            if !matches!(meaning, Meaning::Item(..)) {
                let path = named.path.join("::");
                found.add("glob", named.line, &format!("takes all of {path}"));
            }
            self.name(&meaning, &named.path, named.line, found);
        }
        judged
    }

    fn name(&self, meaning: &Meaning, path: &[String], line: usize, found: &mut Findings<'_>) {
        let own = layer(found.file);
        let spelled = path.join("::");
        match meaning {
            Meaning::Local => {}
            Meaning::Nothing(_) => {
                if path[0] == "crate" {
                    found.add(
                        "unknown",
                        line,
                        &format!("names {spelled}, which nobody declares"),
                    );
                }
            }
            Meaning::Outside(path) => {
                let [first, below @ ..] = &path[..] else {
                    return;
                };
                let below = below.join("::");
                let within =
                    |outer: &str| below == outer || below.starts_with(&format!("{outer}::"));
                let std = ["std", "core", "alloc"].contains(&first.as_str());
                let banned = OUTSIDE.iter().find(|word| within(word)).filter(|_| std);
                let right = |word: &str| {
                    RIGHT
                        .iter()
                        .any(|(place, known, _)| found.file.starts_with(place) && *known == word)
                };
                if let Some(word) = banned
                    && !right(word)
                {
                    found.add("outside", line, &format!("names {}", path.join("::")));
                }
                if own == "chain" && !std {
                    found.add("outside", line, &format!("names {first}"));
                }
            }
            Meaning::Item(file, _) | Meaning::Module(file) => {
                let from = layer(file);
                let may = LAYERS.iter().find(|(layer, _)| *layer == own);
                let knows = own == from
                    || own == "lib"
                    || may.is_some_and(|(_, may)| may.contains(&from))
                    || own == "docs"
                    || (own == "error" && self.is_error(meaning));
                if !knows {
                    found.add(
                        &format!("names {from}"),
                        line,
                        &format!("names {spelled}, which is of {from}"),
                    );
                }
                if let (Some(here), Some(there)) = (question(found.file), question(file))
                    && here != there
                {
                    found.add(
                        "asks",
                        line,
                        &format!("names {spelled}, which is of another question"),
                    );
                }
            }
        }
        // `Flow::money`, whatever the flow is called here.
        if let [.., kind, method] = path
            && self.may_not_ask(found.file, method)
        {
            let is_flow = match self.names.meaning(found.file, &path[..path.len() - 1]) {
                // An own name for it, or the flow itself.
                Meaning::Item(file, name) => {
                    file == found.file || name == "Flow" || name == "Journey"
                }
                _ => kind == "Self" && found.gives_to_flow(self.sources),
            };
            if is_flow {
                found.add("asks", line, &format!("asks {spelled}"));
            }
        }
    }

    fn is_error(&self, meaning: &Meaning) -> bool {
        match meaning {
            Meaning::Item(file, name) => self
                .sources
                .get(file)
                .is_some_and(|source| source.errors.contains(name)),
            _ => true,
        }
    }

    /// Whether a method is given by layers and questions only that a file may not know.
    fn may_not_ask(&self, file: &str, method: &str) -> bool {
        let Some(homes) = self.given.get(method) else {
            return false;
        };
        let own = layer(file);
        let may = LAYERS.iter().find(|(layer, _)| *layer == own);
        let Some((_, may)) = may else {
            return own == "error";
        };
        !homes.iter().any(|home| {
            let same = layer(home) == own
                && (question(file).is_none()
                    || question(home).is_none()
                    || question(file) == question(home));
            same || may.contains(&layer(home))
        })
    }

    fn calls(&self, source: &Source, found: &mut Findings<'_>) {
        let own = layer(found.file);
        let may = LAYERS.iter().find(|(layer, _)| *layer == own);
        let known = may.map_or(&[][..], |(_, may)| may);
        for call in &source.calls {
            let method = call.method.as_str();
            if PANICS.contains(&method) {
                found.add("panics", call.line, &format!("calls {method}"));
            }
            if !self.may_not_ask(found.file, method) {
                continue;
            }
            // Lists and texts have methods that a log has too.
            if OF_LISTS.contains(&method) && !call.receiver.to_lowercase().contains("log") {
                continue;
            }
            // Types that it may know have a method of the same name. What is not known to be one of them may be a flow,
            // where there are flows.
            let shared = self.own.contains(&(own, method))
                || known
                    .iter()
                    .any(|layer| self.own.contains(&(*layer, method)));
            let flows = ["flow", "analysis"].contains(&own);
            let receiver = call.receiver.to_lowercase();
            let other = shared && (!flows || OTHERS.iter().any(|word| receiver.contains(word)));
            if !other {
                found.add(
                    "asks",
                    call.line,
                    &format!("asks {}.{method}()", call.receiver),
                );
            }
        }
    }
}

/// Methods of lists and texts that a log has too.
const OF_LISTS: [&str; 2] = ["split", "windows"];

/// In the receivers of methods that a flow has too: what is known not to be a flow.
const OTHERS: [&str; 12] = [
    "product",
    "reader",
    "moment",
    "journey",
    "touchpoint",
    "graph",
    "moments",
    "draft",
    "builder",
    "document",
    "part",
    "plan",
];

struct Findings<'a> {
    file: &'a str,
    wrong: BTreeSet<Wrong>,
}

impl Findings<'_> {
    fn add(&mut self, rule: &str, line: usize, said: &str) {
        self.wrong.insert(Wrong {
            file: self.file.to_owned(),
            rule: rule.to_owned(),
            said: format!("{}:{line} {said}", self.file),
        });
    }

    fn gives_to_flow(&self, sources: &Sources) -> bool {
        let of_flow = |source: &Source| source.methods.iter().any(|(of, ..)| of == "Flow");
        sources.get(self.file).is_some_and(of_flow)
    }
}

fn words(source: &Source, found: &mut Findings<'_>) {
    let (words, what): (&[&str], _) = match layer(found.file) {
        "chain" => (&NOT_IN_CHAIN, "the chain knows numbers only"),
        "journey" => (&NOT_IN_JOURNEY, "what becomes of journeys is not the map's"),
        _ => return,
    };
    let declared = source.declared.iter().map(|name| (0, name.as_str()));
    let named = source
        .named
        .iter()
        .flat_map(|named| named.path.iter().map(|name| (named.line, name.as_str())));
    let called = source
        .calls
        .iter()
        .map(|call| (call.line, call.method.as_str()));
    for (line, name) in declared.chain(named).chain(called) {
        let low = name.to_lowercase();
        if words.iter().any(|word| low.contains(word)) {
            found.add("word", line, &format!("says {name}: {what}"));
        }
    }
}

fn arithmetic(source: &Source, found: &mut Findings<'_>) {
    if TAKES_INPUT.contains(&layer(found.file)) {
        for &line in &source.indexed {
            found.add("indexes", line, "indexes, which may panic; `get` does not");
        }
    }
    if layer(found.file) == "journey" && !DIVIDES.contains(&found.file) {
        for &line in &source.divided {
            found.add(
                "divides",
                line,
                "divides, as who computes a probability does",
            );
        }
    }
    if WRITERS.iter().any(|writer| found.file.starts_with(writer)) {
        for &line in &source.computed {
            found.add("decides", line, "computes or compares a figure");
        }
        for call in &source.calls {
            if DECIDES.contains(&call.method.as_str()) {
                found.add(
                    "decides",
                    call.line,
                    &format!("decides with {}", call.method),
                );
            }
        }
        for named in &source.named {
            if named
                .path
                .iter()
                .any(|name| name == "OrderedFloat" || name == "Reverse")
            {
                found.add("decides", named.line, "ranks");
            }
        }
    }
}

/// The files that each file names.
pub(super) fn named_by(sources: &Sources) -> BTreeMap<&str, BTreeSet<String>> {
    let names = Names::new(sources);
    let of = |(file, source): (&'_ String, &Source)| {
        let imported = source.uses.iter().map(|(_, named)| named);
        let paths = source.named.iter().chain(imported);
        let named = paths.filter_map(|named| match names.meaning(file, &named.path) {
            Meaning::Item(other, _) if other != *file => Some(other),
            _ => None,
        });
        named.collect::<BTreeSet<_>>()
    };
    sources
        .iter()
        .filter(|(file, _)| *file != "lib.rs")
        .map(|(file, source)| (file.as_str(), of((file, source))))
        .collect()
}

/// The folder that a file belongs to: `a/b.rs` heads the folder `a/b` if there is one.
pub(super) fn folder(file: &str, sources: &Sources) -> String {
    let own = file.trim_end_matches(".rs");
    let heads = sources
        .keys()
        .any(|other| other.starts_with(&format!("{own}/")));
    if heads {
        return own.to_owned();
    }
    own.rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned()
}

/// Folders that name each other in a circle, each circle once.
pub(super) fn circles(sources: &Sources) -> Vec<Vec<String>> {
    let named = named_by(sources);
    // Everything that can be come to from each file. Two that come to each other are in a circle.
    let mut reach: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in named.keys() {
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut open = vec![*file];
        while let Some(next) = open.pop() {
            for other in named.get(next).into_iter().flatten() {
                if known.insert(other) {
                    open.push(other);
                }
            }
        }
        reach.insert(file, known);
    }
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (file, known) in &reach {
        let mutual = known
            .iter()
            .filter(|other| reach.get(**other).is_some_and(|back| back.contains(file)));
        let files: BTreeSet<&str> = mutual.copied().collect();
        let folders: BTreeSet<String> = files.iter().map(|file| folder(file, sources)).collect();
        if folders.len() > 1 {
            circles.insert(folders.into_iter().collect());
        }
    }
    circles.into_iter().collect()
}
