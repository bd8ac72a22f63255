//! What a name means: the file of the crate that declares it, whichever way it is spelled, or something outside of the crate.

use std::collections::{BTreeMap, BTreeSet};

use super::source::Source;

/// The files below `src`, by path.
pub(super) type Sources = BTreeMap<String, Source>;

/// What a path stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// Something that a file of the crate declares: the file, and the name.
    Item(String, String),
    /// A module, by its file.
    Module(String),
    /// Outside of the crate.
    Outside(Vec<String>),
    /// A name of the crate that no file declares.
    Nothing(Vec<String>),
    /// A local name, or one of the prelude.
    Local,
}

pub(super) struct Names<'a> {
    sources: &'a Sources,
    /// Files by module: `flow` is `flow/mod.rs`, the root is "".
    files: BTreeMap<String, &'a str>,
}

/// Crates that names can come from.
const CRATES: [&str; 13] = [
    "std",
    "core",
    "alloc",
    "petgraph",
    "serde",
    "serde_json",
    "thiserror",
    "ordered_float",
    "quick_xml",
    "unicode_width",
    "hashbrown",
    "schemars",
    "proc_macro",
];

/// The module of a file: `flow/mod.rs` is `flow`, `lib.rs` is the root.
pub(super) fn module(file: &str) -> String {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" {
        String::new()
    } else {
        path.to_owned()
    }
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}/{name}")
    }
}

impl<'a> Names<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        let files = sources
            .keys()
            .map(|file| (module(file), file.as_str()))
            .collect();
        Self { sources, files }
    }

    fn source(&self, module: &str) -> Option<&'a Source> {
        self.sources.get(*self.files.get(module)?)
    }

    /// What a path means in a file.
    pub(super) fn meaning(&self, file: &str, path: &[String]) -> Meaning {
        self.find(&module(file), path, &mut BTreeSet::new())
    }

    fn find(
        &self,
        here: &str,
        path: &[String],
        seen: &mut BTreeSet<(String, Vec<String>)>,
    ) -> Meaning {
        // Circles of names come to an end, and so do paths that a `use` of everything would make ever longer.
        if path.len() > 12 || !seen.insert((here.to_owned(), path.to_vec())) {
            return Meaning::Local;
        }
        let Some((first, rest)) = path.split_first() else {
            return self.as_module(here);
        };
        let mut at = here.to_owned();
        let rest = match first.as_str() {
            "crate" => {
                at = String::new();
                rest
            }
            "self" if !rest.is_empty() => rest,
            "super" => {
                let mut rest = path;
                while let Some((first, further)) = rest.split_first()
                    && first == "super"
                {
                    at = at
                        .rsplit_once('/')
                        .map_or("", |(parent, _)| parent)
                        .to_owned();
                    rest = further;
                }
                rest
            }
            "self" | "Self" => return Meaning::Local,
            _ => match self.inside(&at, path, seen) {
                Some(meaning) => return meaning,
                None if CRATES.contains(&first.as_str()) => return Meaning::Outside(path.to_vec()),
                None => return Meaning::Local,
            },
        };
        if rest.is_empty() {
            return self.as_module(&at);
        }
        self.inside(&at, rest, seen)
            .unwrap_or_else(|| Meaning::Nothing(path.to_vec()))
    }

    fn as_module(&self, module: &str) -> Meaning {
        match self.files.get(module) {
            Some(file) => Meaning::Module((*file).to_owned()),
            None => Meaning::Nothing(vec![module.to_owned()]),
        }
    }

    /// What a path means that begins in a module.
    fn inside(
        &self,
        module: &str,
        path: &[String],
        seen: &mut BTreeSet<(String, Vec<String>)>,
    ) -> Option<Meaning> {
        let (first, rest) = path.split_first()?;
        let source = self.source(module)?;
        let child = join(module, first);
        if self.files.contains_key(child.as_str()) && source.declared.contains(first) {
            return Some(if rest.is_empty() {
                self.as_module(&child)
            } else {
                self.inside(&child, rest, seen)
                    .unwrap_or_else(|| Meaning::Nothing(path.to_vec()))
            });
        }
        if source.declared.contains(first) {
            let file = (*self.files.get(module)?).to_owned();
            return Some(Meaning::Item(file, first.clone()));
        }
        if module.is_empty()
            && let Some((file, _)) = self
                .sources
                .iter()
                .find(|(_, source)| source.exported.contains(first))
        {
            return Some(Meaning::Item(file.clone(), first.clone()));
        }
        if let Some((_, named)) = source.uses.iter().find(|(name, _)| name == first) {
            let mut whole = named.path.clone();
            whole.extend_from_slice(rest);
            let found = self.find(module, &whole, seen);
            // A crate's own name is brought in by `use std;` as well.
            if found != Meaning::Local {
                return Some(found);
            }
            if !CRATES.contains(&first.as_str()) {
                return Some(Meaning::Outside(whole));
            }
        }
        let of_crate = |first: &String| !CRATES.contains(&first.as_str());
        let globs = source.globs.iter();
        let mut globs = globs.filter(|glob| glob.path.first().is_some_and(of_crate));
        globs.find_map(|glob| {
            let mut whole = glob.path.clone();
            whole.extend_from_slice(path);
            match self.find(module, &whole, seen) {
                Meaning::Nothing(_) | Meaning::Local | Meaning::Outside(_) => None,
                found => Some(found),
            }
        })
    }
}
