//! The house rules that a compiler does not know: which layer may know which, and what has no place in the library.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A source file: its path below `src`, with `/`, and its text.
type Sources = BTreeMap<String, String>;

fn sources() -> Sources {
    let mut found = Sources::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    collect(&root, "", &mut found);
    found
}

fn collect(folder: &Path, below: &str, found: &mut Sources) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let name = format!("{below}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.insert(name, fs::read_to_string(path).unwrap());
        }
    }
}

/// Whether a file holds nothing but tests.
fn is_test(file: &str) -> bool {
    file.split('/')
        .any(|part| part == "tests" || part == "tests.rs")
}

/// The code of a file, line by line: comments, texts and what is compiled for tests only made blank.
fn code(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    // Depth of braces of the item being skipped, once its attribute has been seen.
    let mut skipped: Option<usize> = None;
    for line in blank(text).lines() {
        if skipped.is_none() && line.trim_start().starts_with("#[cfg(test)]") {
            skipped = Some(0);
            lines.push(String::new());
            continue;
        }
        let Some(depth) = &mut skipped else {
            lines.push(line.to_owned());
            continue;
        };
        lines.push(String::new());
        *depth += line.matches('{').count();
        *depth = depth.saturating_sub(line.matches('}').count());
        let attribute = line.trim_start().starts_with("#[");
        if *depth == 0 && !attribute && (line.contains('}') || line.contains(';')) {
            skipped = None;
        }
    }
    lines
}

/// The text with comments and the insides of string and character literals made blank.
fn blank(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(raw) = raw_string(rest) {
            raw
        } else if first == '"' {
            quoted(rest)
        } else if first == '\'' {
            character(rest)
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        out.extend(
            rest[..length]
                .chars()
                .map(|c| if c == '\n' { c } else { ' ' }),
        );
        rest = &rest[length..];
    }
    out
}

fn raw_string(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('r')?;
    let hashes = inside.len() - inside.trim_start_matches('#').len();
    let opened = inside[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = opened.find(&end).map_or(opened.len(), |at| at + end.len());
    Some(text.len() - opened.len() + length)
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a character literal, or 1 for the mark of a lifetime.
fn character(text: &str) -> usize {
    let mut inside = text.chars().skip(1);
    match (inside.next(), inside.next()) {
        (Some('\\'), _) => text[2..].find('\'').map_or(1, |at| {
            // The literal '\'' has its end one further.
            let at = at + 3;
            if text.starts_with("'\\''") { 4 } else { at }
        }),
        (Some(c), Some('\'')) => c.len_utf8() + 2,
        _ => 1,
    }
}

/// The modules of the crate that a file names, each as `layer` or `layer/module`: `crate::` and `super::` paths,
/// with lists in braces.
fn imports(file: &str, code: &[String]) -> Vec<String> {
    let text = code.join("\n");
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        if at == 0 || !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            spread("", &text[at + "crate::".len()..], &mut found);
        }
    }
    // The folder whose children a file's `super` names: `a/b.rs` is the module a::b, `a/mod.rs` is a.
    let mut module: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
    if module.last() == Some(&"mod") {
        module.pop();
    }
    for (at, _) in text.match_indices("super::") {
        if text[..at].ends_with("super::") {
            continue;
        }
        let (mut rest, mut levels) = (&text[at..], 0);
        while let Some(further) = rest.strip_prefix("super::") {
            (rest, levels) = (further, levels + 1);
        }
        let parent = module[..module.len().saturating_sub(levels)].join("/");
        spread(&parent, rest, &mut found);
    }
    found
}

/// Adds the paths that begin here below a module: `a::b`, or each of `{a, b::c, d::{e}}`.
fn spread(parent: &str, text: &str, found: &mut Vec<String>) {
    let text = text.trim_start();
    if let Some(list) = text.strip_prefix('{') {
        let (mut depth, mut start) = (0, 0);
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    if !list[start..at].trim().is_empty() {
                        spread(parent, &list[start..at], found);
                    }
                    start = at + 1;
                    if c == '}' {
                        return;
                    }
                }
                _ => {}
            }
        }
        return;
    }
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    let name = &text[..end];
    let path = if parent.is_empty() {
        name.to_owned()
    } else {
        format!("{parent}/{name}")
    };
    match text[end..].strip_prefix("::") {
        Some(rest) if path.split('/').count() < 3 => spread(&path, rest, found),
        _ => found.push(path),
    }
}

fn layer(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The layers that a layer may import, besides itself; the root names all of them and the error has all errors.
const MAY: [(&str, &[&str]); 13] = [
    ("statistics", &[]),
    ("chain", &[]),
    ("journey", &[]),
    ("events", &["journey", "statistics"]),
    ("formats", &["journey"]),
    ("pattern", &["journey"]),
    ("flow", &["journey", "chain", "statistics", "pattern"]),
    ("page", &["journey"]),
    (
        "analysis",
        &["journey", "flow", "page", "statistics", "pattern", "events"],
    ),
    ("report", &["journey", "flow", "analysis", "page", "rules"]),
    ("view", &["journey", "flow", "analysis"]),
    (
        "rules",
        &["journey", "pattern", "flow", "analysis", "report"],
    ),
    (
        "render",
        &[
            "journey", "flow", "analysis", "page", "report", "view", "error", "formats",
        ],
    ),
];

/// The question that a file or an import of `analysis` belongs to: `analysis/pain_points.rs` is `pain_points`.
fn question(path: &str) -> Option<&str> {
    let mut parts = path.split('/').skip(1);
    let name = parts.next()?.trim_end_matches(".rs");
    (name != "mod").then_some(name)
}

/// What is wrong with some sources, and how many imports were judged.
fn judge(sources: &Sources) -> (Vec<String>, usize) {
    let mut wrong = Vec::new();
    let mut judged = 0;
    let questions: Vec<&str> = sources
        .keys()
        .filter(|file| layer(file) == "analysis")
        .filter_map(|file| question(file))
        .collect();
    for (file, text) in sources {
        let lines = text.lines().count();
        if lines > 450 {
            wrong.push(format!("{file} has {lines} lines"));
        }
        if is_test(file) {
            continue;
        }
        let code = code(text);
        wrong.extend(words(file, &code));
        let Some((own, may)) = MAY.iter().find(|(own, _)| *own == layer(file)) else {
            continue;
        };
        for import in imports(file, &code) {
            judged += 1;
            let from = layer(&import);
            let known = MAY.iter().any(|(layer, _)| *layer == from) || from == "error";
            if from != *own && !may.contains(&from) && (known || *own == "chain") {
                wrong.push(format!("{file} imports {import}"));
            }
            if *own == "analysis" && from == "analysis" {
                let (here, there) = (question(file), question(&import));
                let asks = there.is_some_and(|there| questions.contains(&there));
                if here.is_some() && asks && here != there {
                    wrong.push(format!("{file} imports {import}"));
                }
            }
        }
    }
    (wrong, judged)
}

/// Words that have no place in the code of a file.
fn words(file: &str, code: &[String]) -> Vec<String> {
    const NOWHERE: [&str; 21] = [
        "HashMap",
        "HashSet",
        "std::fs",
        "std::net",
        "std::io",
        "std::time",
        "std::env",
        "std::thread",
        "std::process",
        "print!",
        "println!",
        "eprint!",
        "eprintln!",
        "dbg!",
        "unsafe",
        ".unwrap()",
        ".expect(",
        "panic!",
        "unreachable!",
        "todo!",
        "unimplemented!",
    ];
    // Numbers only: what they stand for is not the chain's business.
    const NOT_IN_CHAIN: [&str; 6] = [
        "Touchpoint",
        "touchpoint",
        "Journey",
        "journey",
        "petgraph",
        "Emotion",
    ];
    let mut wrong = Vec::new();
    for (number, line) in code.iter().enumerate() {
        let chain = NOT_IN_CHAIN.iter().filter(|_| layer(file) == "chain");
        for word in NOWHERE.iter().chain(chain) {
            let whole = |at: usize| {
                let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
                let starts =
                    !word.starts_with(char::is_alphabetic) || free(line[..at].chars().last());
                let ends = !word.ends_with(char::is_alphabetic)
                    || free(line[at + word.len()..].chars().next());
                starts && ends
            };
            // The reader of tables takes what the caller has opened, and names the failures of it.
            if *word == "std::io" && file.starts_with("events/csv/") {
                continue;
            }
            // What a test of a journey fails with, written into the caller's own code.
            if *word == "panic!" && file == "rules/hold.rs" {
                continue;
            }
            if line.match_indices(word).any(|(at, _)| whole(at)) {
                wrong.push(format!("{file}:{} says {word}", number + 1));
            }
        }
        // Several modules of std in one list.
        if let Some(list) = line.trim_start().strip_prefix("use std::{") {
            let banned = ["fs", "net", "io", "time", "env", "thread", "process"];
            let modules = list.split([',', '}', ';', ':']).map(str::trim);
            for module in modules.filter(|module| banned.contains(module)) {
                wrong.push(format!("{file}:{} uses std::{module}", number + 1));
            }
        }
    }
    wrong
}

#[test]
fn the_house_is_tidy() {
    let sources = sources();
    let (wrong, judged) = judge(&sources);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // There was something to judge.
    assert!(sources.len() > 40, "{}", sources.len());
    assert!(judged > 150, "{judged}");
    for (layer, _) in MAY {
        assert!(
            sources.keys().any(|file| self::layer(file) == layer),
            "{layer}"
        );
    }
}

/// Each of these is found.
#[test]
fn planted_faults_are_found() {
    let planted = [
        ("chain/factor.rs", "use crate::journey::Journey;"),
        ("chain/factor.rs", "fn visit(touchpoint: usize) {}"),
        ("chain/factor.rs", "use crate::error::Error;"),
        ("journey/builder.rs", "use crate::flow::Flow;"),
        (
            "journey/document/read.rs",
            "use crate::{journey::Touchpoint, chain::Factor};",
        ),
        (
            "journey/builder.rs",
            "fn f() -> crate::analysis::PainPoint { todo() }",
        ),
        ("journey/builder.rs", "use super::super::flow::Flow;"),
        ("flow/mod.rs", "use crate::analysis::PainPoint;"),
        (
            "flow/mod.rs",
            "use crate::{\n    chain::Factor,\n    render::Text,\n};",
        ),
        ("flow/moments.rs", "use crate::report::Report;"),
        (
            "analysis/pain_points.rs",
            "use super::touchpoints::TouchpointFigures;",
        ),
        (
            "analysis/pain_points.rs",
            "use crate::analysis::{touchpoints};",
        ),
        (
            "analysis/trajectory/arc.rs",
            "use super::super::touchpoints::TouchpointFigures;",
        ),
        ("analysis/pain_points.rs", "use crate::chain::Factor;"),
        ("analysis/pain_points.rs", "use crate::render::Text;"),
        ("report.rs", "use crate::render::Text;"),
        ("view/fixes.rs", "use crate::render::Svg;"),
        ("view/fixes.rs", "use crate::report::Report;"),
        (
            "analysis/pain_points.rs",
            "use crate::view::map::JourneyMap;",
        ),
        ("journey/builder.rs", "use std::collections::HashMap;"),
        ("journey/builder.rs", "use std::{fmt, time::Instant};"),
        ("journey/builder.rs", "fn f() { println!(\"{}\", 'x') }"),
        ("journey/builder.rs", "fn f() { g(\"//\").unwrap() }"),
        ("journey/builder.rs", "fn f() { g('\"').expect(\"x\") }"),
        (
            "journey/builder.rs",
            "fn f() { let x = std::env::var(\"x\"); }",
        ),
    ];
    let mut clean = sources();
    clean.retain(|file, _| layer(file) == "analysis" || file == "lib.rs");
    assert_eq!(judge(&clean).0, [""; 0]);
    for (file, line) in planted {
        let mut sources = clean.clone();
        sources.insert(file.to_owned(), format!("//! x\n{line}\n"));
        let (wrong, _) = judge(&sources);
        assert!(!wrong.is_empty(), "{file}: {line}");
        assert!(wrong.iter().all(|w| w.starts_with(file)), "{wrong:?}");
    }
    let long = Sources::from([("lib.rs".to_owned(), "\n".repeat(451))]);
    assert_eq!(judge(&long).0.len(), 1);
}

/// None of these is one.
#[test]
fn what_is_allowed_is_let_be() {
    let allowed = [
        (
            "chain/factor.rs",
            "use super::structure::Structure;\nuse crate::chain::order::Order;",
        ),
        ("journey/builder.rs", "// use crate::flow::Flow; x.unwrap()"),
        (
            "journey/builder.rs",
            "/// use customer_journey::Flow; f().unwrap();\nfn f() {}",
        ),
        (
            "journey/builder.rs",
            "#[cfg(test)]\nmod tests {\n    fn f() { x.unwrap() }\n}",
        ),
        (
            "journey/builder.rs",
            "const X: &str = \"println! unsafe .unwrap()\";",
        ),
        ("journey/builder.rs", "const X: &str = r#\"\" HashMap\"#;"),
        (
            "journey/builder.rs",
            "fn f() { x.unwrap_or(1); y.expecting(2); }",
        ),
        (
            "flow/mod.rs",
            "use crate::journey::{Journey, Shares};\nuse crate::chain::Factor;",
        ),
        (
            "analysis/trajectory/arc.rs",
            "use super::curve::Curve;\nuse crate::flow::Flow;",
        ),
        ("analysis/mod.rs", "pub use pain_points::PainPoint;"),
        ("render/text.rs", "use crate::report::Report;"),
    ];
    for (file, line) in allowed {
        let sources = Sources::from([
            (file.to_owned(), format!("{line}\n")),
            ("analysis/touchpoints.rs".to_owned(), String::new()),
        ]);
        assert_eq!(judge(&sources).0, [""; 0], "{file}: {line}");
    }
    // What follows a test module is code again.
    let text = "#[cfg(test)]\nmod tests;\nfn f() { x.unwrap() }\n";
    let sources = Sources::from([("lib.rs".to_owned(), text.to_owned())]);
    assert_eq!(judge(&sources).0.len(), 1);
}
