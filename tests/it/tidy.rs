//! The house rules that a compiler does not know: which layer may know which, and what has no place in the library.
//!
//! Sources are read as syntax, and each name is followed to the file that declares it, through whatever `use`, alias or public
//! face it goes. What breaks a rule today is named in `owed`, and may only become less.

mod names;
mod owed;
mod plants;
mod rules;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use names::Sources;
use owed::{CIRCLES, CROWDED, OWED};
use rules::{House, LAYERS, Wrong, circles, layer};
use source::Source;

/// The sources of the crate, without tests.
static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
    let mut texts = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    collect(&root, "", &mut texts);
    texts
        .into_iter()
        .map(|(file, text)| {
            let source = Source::read(&text);
            let source = source.unwrap_or_else(|error| panic!("{file}: {error}"));
            (file, source)
        })
        .collect()
});

fn collect(folder: &Path, below: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let name = format!("{below}{name}");
        let tests = name
            .split('/')
            .any(|part| part == "tests" || part == "tests.rs");
        if path.is_dir() && !tests {
            collect(&path, &format!("{name}/"), found);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !tests {
            found.insert(name, fs::read_to_string(path).unwrap());
        }
    }
}

/// All that is wrong, with what is owed, and how many names were judged.
fn judge(sources: &Sources) -> (Vec<Wrong>, usize) {
    let house = House::new(sources);
    let mut wrong = Vec::new();
    let mut judged = 0;
    for file in sources.keys() {
        let (found, names) = house.judge(file);
        wrong.extend(found);
        judged += names;
    }
    (wrong, judged)
}

#[test]
fn the_house_is_tidy() {
    let (wrong, judged) = judge(&SOURCES);
    let is_owed = |wrong: &Wrong| {
        OWED.iter()
            .any(|(place, rule)| wrong.file.starts_with(place) && wrong.rule == *rule)
    };
    let new: Vec<&str> = wrong
        .iter()
        .filter(|wrong| !is_owed(wrong))
        .map(|wrong| wrong.said.as_str())
        .collect();
    assert!(new.is_empty(), "{}", new.join("\n"));
    let paid: Vec<_> = OWED
        .iter()
        .filter(|(place, rule)| {
            !wrong
                .iter()
                .any(|wrong| wrong.file.starts_with(place) && wrong.rule == *rule)
        })
        .collect();
    assert!(
        paid.is_empty(),
        "paid; take it out of tests/it/tidy/owed.rs: {paid:#?}"
    );
    // There was something to judge.
    assert!(SOURCES.len() > 150, "{}", SOURCES.len());
    assert!(judged > 5000, "{judged}");
}

#[test]
fn folders_can_be_overlooked() {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for file in SOURCES.keys() {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        *files.entry(folder).or_default() += 1;
    }
    let crowded: BTreeSet<&str> = files
        .into_iter()
        .filter(|(_, files)| *files > 16)
        .map(|(folder, _)| folder)
        .collect();
    assert_eq!(
        crowded,
        CROWDED.iter().copied().collect(),
        "left: is, right: owed"
    );
}

#[test]
fn folders_are_in_no_circle() {
    let found = circles(&SOURCES);
    let is_within = |circle: &[String], owed: &str| {
        circle.iter().all(|folder| {
            owed.split(' ')
                .any(|owed| folder == owed || folder.starts_with(&format!("{owed}/")))
        })
    };
    for circle in &found {
        let owed = CIRCLES.iter().any(|owed| is_within(circle, owed));
        assert!(owed, "name each other in a circle: {}", circle.join(", "));
    }
    for owed in CIRCLES {
        let needed = found.iter().any(|circle| is_within(circle, owed));
        assert!(needed, "paid; take it out of tests/it/tidy/owed.rs: {owed}");
    }
}

/// A property that draws its cases by luck fails now and then, and says nothing when it passes.
#[test]
fn properties_draw_the_same_cases_each_time() {
    let mut texts = BTreeMap::new();
    for folder in ["src", "tests"] {
        everything(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut texts,
        );
    }
    let mut properties = 0;
    for (file, text) in texts {
        // Spelled in two parts, so that this line is none.
        for after in text.split(concat!("proptest", "! {\n")).skip(1) {
            properties += 1;
            let configured = after.trim_start().starts_with("#![proptest_config(cases(");
            assert!(configured, "{file} has properties without `steady::cases`");
        }
    }
    assert!(properties > 20, "{properties}");
}

fn everything(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            everything(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.insert(path.to_string_lossy().into_owned(), text);
        }
    }
}

#[test]
fn every_layer_is_there_or_to_come() {
    let there: BTreeSet<&str> = SOURCES.keys().map(|file| layer(file)).collect();
    let known: BTreeSet<&str> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    let others: Vec<_> = there.difference(&known).collect();
    assert_eq!(others, [&"docs", &"error", &"lib"]);
}
