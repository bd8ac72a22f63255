//! Faults that are planted and must be found, and what must be let be.

use super::names::Sources;
use super::rules::{House, Wrong, circles};
use super::source::Source;
use super::{SOURCES, judge};

/// The sources of the crate with each of some texts as one more file, and the names of these.
fn with_plants(plants: &[(&str, &str)]) -> (Sources, Vec<String>) {
    let mut sources: Sources = SOURCES.clone();
    let mut files = Vec::new();
    for (number, (file, text)) in plants.iter().enumerate() {
        let source = Source::read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let module = format!("planted_{number}");
        let file = file.replace("planted", &module);
        if let Some((folder, _)) = file.rsplit_once('/')
            && let Some(parent) = sources.get_mut(&format!("{folder}/mod.rs"))
        {
            parent.declared.insert(module);
        }
        sources.insert(file.clone(), source);
        files.push(file);
    }
    (sources, files)
}

/// Each is found in a file of its own, by the rule that is named.
fn all_found(plants: &[(&str, &str, &str)]) {
    // A file that is there already takes one plant at a time.
    let (new, there): (Vec<_>, Vec<_>) = plants
        .iter()
        .partition(|(file, ..)| file.ends_with("planted.rs"));
    let mut rounds = vec![new];
    rounds.extend(there.into_iter().map(|plant| vec![plant]));
    for round in rounds {
        let texts: Vec<_> = round.iter().map(|(file, _, text)| (*file, *text)).collect();
        let (sources, files) = with_plants(&texts);
        let house = House::new(&sources);
        for ((file, rule, text), planted) in round.iter().zip(&files) {
            let wrong = house.judge(planted).0;
            let found = wrong.iter().any(|wrong| wrong.rule == *rule);
            assert!(found, "{file}: {text}\n{wrong:?}");
        }
    }
}

/// What is wrong with a text in a file of its own.
fn planted(file: &str, text: &str) -> Vec<Wrong> {
    let (sources, files) = with_plants(&[(file, text)]);
    House::new(&sources).judge(&files[0]).0
}

#[test]
fn names_of_upper_layers() {
    let file = "journey/planted.rs";
    let plants = [
        ("names report", "use crate::Report;"),
        ("names flow", "use crate::{Flow, analysis::PainPoint};"),
        ("names analysis", "use crate::{Flow, analysis::PainPoint};"),
        ("alias", "use crate as root;"),
        ("names flow", "use crate as root;\nfn f(_: &root::Flow) {}"),
        (
            "names flow",
            "use crate::{self as root};\nfn f(_: &root::flow::Flow) {}",
        ),
        ("names analysis", "fn f(_: crate::analysis::Money) {}"),
        (
            "names analysis",
            "fn f(_: crate::analysis::money::Money) {}",
        ),
        ("names analysis", "use super::super::analysis::Money;"),
        ("names flow", "use super::super::flow::Flow;"),
        ("names flow", "pub use crate::flow::{error, Flow};"),
        (
            "names flow",
            "use crate::{\n    flow::Flow,\n    journey::Journey,\n};",
        ),
        ("glob", "use crate::*;"),
        ("glob", "use crate::analysis::*;"),
        ("glob", "use super::super::*;"),
        (
            "names analysis",
            "fn f() { let _ = <crate::analysis::Money>::default(); }",
        ),
        (
            "names flow",
            "macro_rules! m { () => { $crate::flow::Flow } }",
        ),
        (
            "names flow",
            "fn f() { write!(x, \"{}\", crate::Flow::name()) }",
        ),
        ("names flow", "fn f() { use crate::Flow; }"),
        ("names flow", "mod inner { use crate::Flow; }"),
        ("names analysis", "type M = crate::analysis::Money;"),
        (
            "names flow",
            "#[derive(X)]\nstruct S { #[serde(with = \"crate::flow::Flow\")] a: f64 }",
        ),
        ("names chain", "use crate::chain;"),
        ("unknown", "use crate::Nonsense;"),
        ("odd", "#[path = \"../flow/mod.rs\"]\nmod planted_flow;"),
        ("macro", "include!(\"../flow/mod.rs\");"),
    ];
    all_found(&plants.map(|(rule, text)| (file, rule, text)));
}

#[test]
fn names_of_other_layers() {
    all_found(&[
        (
            "chain/planted.rs",
            "names journey",
            "use crate::journey::Journey;",
        ),
        ("chain/planted.rs", "names journey", "use crate::Journey;"),
        (
            "chain/planted.rs",
            "names error",
            "use crate::error::Error;",
        ),
        ("chain/planted.rs", "outside", "use petgraph::Graph;"),
        (
            "chain/planted.rs",
            "word",
            "fn visit(x: usize) { let touchpoint = x; }",
        ),
        ("chain/planted.rs", "word", "fn touchpoints() {}"),
        ("page/planted.rs", "names flow", "use crate::Flow;"),
        (
            "page/planted.rs",
            "names analysis",
            "use crate::analysis::PainPoint;",
        ),
        ("events/planted.rs", "names flow", "use crate::Flow;"),
        ("events/planted.rs", "names formats", "use crate::formats;"),
        ("formats/planted.rs", "names events", "use crate::Tally;"),
        (
            "flow/planted.rs",
            "names analysis",
            "use crate::analysis::PainPoint;",
        ),
        (
            "flow/planted.rs",
            "names render",
            "use crate::{\n    chain::Factor,\n    Svg,\n};",
        ),
        ("flow/planted.rs", "names report", "use crate::Report;"),
        (
            "analysis/planted.rs",
            "names chain",
            "use crate::chain::Factor;",
        ),
        ("analysis/planted.rs", "names render", "use crate::Svg;"),
        ("analysis/planted.rs", "names report", "use crate::Report;"),
        ("report/planted.rs", "names render", "use crate::Svg;"),
        ("view/planted.rs", "names render", "use crate::Svg;"),
        (
            "view/planted.rs",
            "names report",
            "use crate::report::Report;",
        ),
        (
            "analysis/planted.rs",
            "names view",
            "use crate::view::map::JourneyMap;",
        ),
        (
            "render/planted.rs",
            "names chain",
            "use crate::chain::Factor;",
        ),
        ("render/planted.rs", "names flow", "use crate::Flow;"),
        ("render/planted.rs", "names events", "use crate::Tally;"),
        (
            "error.rs",
            "names render",
            "use crate::render::Svg;\ntype T = Svg;",
        ),
        ("error.rs", "names flow", "type T = crate::Flow;"),
        ("error.rs", "outside", "use std::fs;"),
        ("error.rs", "panics", "fn f() { g().unwrap() }"),
        ("schema.rs", "names report", "use crate::Report;"),
        ("schema.rs", "outside", "fn f() { std::env::args(); }"),
    ]);
}

#[test]
fn questions_that_ask_questions() {
    let texts = [
        "fn f(flow: &Flow) { flow.money(); }",
        "fn f(flow: &Flow) { flow.pain_points(&x); }",
        "fn f(flow: &Flow) { let x = flow; x.trajectory(); }",
        "fn f(flow: &Flow) { Flow::money(flow); }",
        "fn f(flow: &Flow) { <Flow>::money(flow); }",
        "fn f(flow: &Flow) { crate::Flow::money(flow); }",
        "fn f(flow: Option<&Flow>) { flow.map(Flow::money); }",
        "type F = Flow; fn f(flow: &F) { F::money(flow); }",
        "impl Flow { fn f(&self) { self.money(); } }",
        "impl Flow { fn f(&self) { Self::money(self); } }",
        "fn f(flow: &Flow) { assert_eq!(flow.money().cost, 1); }",
        "fn f(flow: &Flow) { vec![flow.money(); 2]; }",
        "macro_rules! m { ($f:expr) => { $f.money() } }",
        "use crate::analysis::touchpoints::TouchpointFigures;",
        "use super::touchpoints::TouchpointFigures;",
        "use super::TouchpointFigures;",
        "use crate::analysis::TouchpointFigures;",
        "fn f(flow: &Flow) { flow.touchpoints(); }",
    ];
    let texts = texts.map(|text| format!("use crate::flow::Flow;\n{text}"));
    let mut plants = Vec::new();
    for text in &texts {
        plants.push(("analysis/planted.rs", "asks", text.as_str()));
        if !text.contains("Figures") {
            plants.push(("flow/planted.rs", "asks", text));
        }
    }
    all_found(&plants);
    all_found(&[
        (
            "journey/planted.rs",
            "asks",
            "fn f(j: &Journey) { j.flow(); }",
        ),
        (
            "events/planted.rs",
            "asks",
            "fn f(j: &X) { j.flow().money(); }",
        ),
        ("formats/planted.rs", "asks", "fn f(j: &X) { j.flow(); }"),
    ]);
}

#[test]
fn the_world_outside() {
    let long = "\n".repeat(451);
    let plants = [
        ("outside", "use std::{\n    fmt,\n    time::Instant };"),
        ("outside", "use std::{fmt, time::Instant};"),
        ("outside", "use std::hash::RandomState;"),
        (
            "outside",
            "fn f() { std::collections::hash_map::RandomState::new(); }",
        ),
        ("outside", "use std::hash::{BuildHasher, DefaultHasher};"),
        ("outside", "use std::collections::HashMap;"),
        (
            "outside",
            "use std::collections;\nfn f(_: collections::HashSet<u8>) {}",
        ),
        ("outside", "use std as s;\nfn f() { s::env::var(\"x\"); }"),
        ("outside", "fn f() { ::std::fs::read(\"x\"); }"),
        ("outside", "fn f() { std::env::var(\"x\"); }"),
        ("outside", "fn f() { vec![std::thread::spawn(g)]; }"),
        ("outside", "use core::time::Duration;"),
        ("outside", "use std::net::*;"),
        ("glob", "use std::*;"),
        ("odd", "extern crate std as s;"),
        ("odd", "fn f() { unsafe { g() } }"),
        ("odd", "#[allow(clippy::unwrap_used)]\nfn f() {}"),
        ("macro", "fn f() { println!(\"{}\", 'x') }"),
        ("macro", "fn f() { std::eprintln!() }"),
        ("macro", "fn f() { h!({ dbg!(1) }) }"),
        ("macro", "fn f() { unreachable!() }"),
        ("macro", "fn f() { assert!(x); }"),
        ("panics", "fn f() { g(\"//\").unwrap() }"),
        ("panics", "fn f() { g('\"').expect(\"x\") }"),
        ("panics", "fn f() { format!(\"{}\", g().unwrap()) }"),
        ("panics", "macro_rules! m { ($x:expr) => { $x.unwrap() } }"),
        ("long", long.as_str()),
    ];
    for layer in [
        "journey", "chain", "events", "flow", "analysis", "view", "render",
    ] {
        let file = format!("{layer}/planted.rs");
        all_found(&plants.map(|(rule, text)| (file.as_str(), rule, text)));
    }
}

#[test]
fn what_some_layers_do_not_do() {
    for text in [
        "fn f(x: &[u8]) -> u8 { x[0] }",
        "fn f(x: &str) -> &str { &x[1..] }",
        "fn f(x: &[u8]) { g!(x[0]) }",
        "fn f(x: &[u8]) { vec![x[0]; 2]; }",
    ] {
        for layer in ["journey", "events", "formats", "render"] {
            all_found(&[(&format!("{layer}/planted.rs"), "indexes", text)]);
        }
    }
    for text in [
        "fn f(p: &P) -> bool { p.hurt > 0.5 }",
        "fn f(p: &P) -> bool { p.hurt > p.mean }",
        "fn f(p: &P, limit: f64) -> bool { limit <= p.hurt }",
        "fn f(p: &P) -> f64 { p.after - p.before }",
        "fn f(p: &P) -> f64 { p.figures.count as f64 }",
        "fn f(n: usize) -> f64 { n as f64 / g() }",
        "fn f(p: &P) -> f64 { 2.5 }",
        "fn f(p: &mut [P]) { p.sort_by_key(|p| p.x) }",
        "fn f(p: &[P]) { p.iter().max_by(|a, b| g(a, b)); }",
        "fn f(p: &[P]) -> f64 { p.iter().map(g).sum() }",
        "fn f(p: &P) { write!(x, \"{}\", p.a * 100.0) }",
        "use std::cmp::Reverse;\nfn f(p: &P) { g(Reverse(p)) }",
    ] {
        for writer in ["text", "markdown", "html", "csv"] {
            all_found(&[(&format!("render/{writer}/planted.rs"), "decides", text)]);
        }
    }
    all_found(&[
        (
            "journey/planted.rs",
            "divides",
            "fn share(a: f64, b: f64) -> f64 { a / b }",
        ),
        (
            "journey/planted.rs",
            "divides",
            "fn share(a: &mut f64, b: f64) { *a /= b }",
        ),
        ("journey/planted.rs", "word", "fn probability() {}"),
        (
            "journey/planted.rs",
            "word",
            "fn f(x: &X) { x.probabilities() }",
        ),
    ]);
}

#[test]
fn folders_in_a_circle() {
    let mut sources = SOURCES.clone();
    let plant = |sources: &mut Sources, file: &str, text: &str| {
        sources.insert(file.to_owned(), Source::read(text).unwrap());
    };
    let before = circles(&sources);
    plant(
        &mut sources,
        "flow/planted.rs",
        "pub struct A;\nuse crate::chain::planted::B;",
    );
    plant(
        &mut sources,
        "chain/planted.rs",
        "pub struct B;\nuse crate::flow::planted::A;",
    );
    for file in ["flow/mod.rs", "chain/mod.rs"] {
        sources
            .get_mut(file)
            .unwrap()
            .declared
            .insert("planted".to_owned());
    }
    let found = circles(&sources);
    assert!(found.len() > before.len(), "{found:?}");
    assert!(
        found
            .iter()
            .any(|circle| circle.contains(&"chain".to_owned()))
    );
}

#[test]
fn what_is_allowed_is_let_be() {
    for (file, text) in [
        (
            "chain/planted.rs",
            "use super::structure::Structure;\nuse crate::chain::factor::Factor;",
        ),
        (
            "journey/planted.rs",
            "// use crate::flow::Flow; x.unwrap()\nfn f() {}",
        ),
        (
            "journey/planted.rs",
            "/// use customer_journey::Flow; f().unwrap();\nfn f() {}",
        ),
        (
            "journey/planted.rs",
            "#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }",
        ),
        ("journey/planted.rs", "#[cfg(test)]\nuse crate::Flow;"),
        (
            "journey/planted.rs",
            "const X: &str = \"println! unsafe .unwrap() crate::Flow\";",
        ),
        ("journey/planted.rs", "const X: &str = r#\"\" HashMap\"#;"),
        (
            "journey/planted.rs",
            "fn f() { x.unwrap_or(1); y.expecting(2); }",
        ),
        ("journey/planted.rs", "fn f(x: &[u8]) -> &[u8] { &x[..] }"),
        (
            "journey/planted.rs",
            "pub(crate) fn f() {}\npub(super) fn g() {}",
        ),
        (
            "flow/planted.rs",
            "use crate::journey::Journey;\nuse crate::chain::Factor;",
        ),
        (
            "flow/planted.rs",
            "use crate::Journey;\nfn f(journey: &Journey) { journey.touchpoints(); }",
        ),
        (
            "analysis/planted.rs",
            "use crate::flow::Flow;\nfn f(flow: &Flow) { flow.hurt(); }",
        ),
        ("events/csv/planted.rs", "use std::io::BufRead;"),
        (
            "error.rs",
            "use crate::flow::FlowError;\ntype E = FlowError;",
        ),
    ] {
        assert_eq!(planted(file, text), [], "{file}: {text}");
    }
    // What follows a test module is code again.
    let text = "#[cfg(test)]\nmod tests {}\nfn f() { x.unwrap() }\n";
    assert_eq!(planted("journey/planted.rs", text).len(), 1);
    assert!(judge(&SOURCES).1 > 0);
}
