//! `journey live`: a page that computes, offline, in one file.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::failure::Failure;
use super::input::{Reading, Source};
use super::output::Output;

const EXAMPLES: &str = "\
Examples:
  journey live my-map.json -o my-map-live.html
                                            then open the page with a double click
  journey live my-map.xlsx --page my-old-map-live.html -o my-map-live.html
                                            with the module of a page that was made before

The page computes by itself, in the browser: it loads nothing and sends nothing, and can be passed on like any file. On it
one draws other maps, opens files, and saves copies of the page with them.

It needs a module: this library built for WebAssembly. In a copy of the sources it is made once by
  rustup target add wasm32-wasip1
  cargo build --profile live --target wasm32-wasip1 --example live
and found there. Elsewhere put live.wasm beside this program, or name it with --module.";

/// Makes a page on which a room tries and draws its own map: one file, offline
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Live {
    /// The map with which the page begins, in any form that `show` reads; an example unless stated
    #[arg(value_name = "FILE")]
    source: Option<PathBuf>,
    /// The WebAssembly module, as it was built or compressed by gzip; found where it is built, or beside this program, unless stated
    #[arg(long, value_name = "FILE")]
    module: Option<PathBuf>,
    /// A page that this command made before, whose module is taken
    #[arg(long, value_name = "FILE", conflicts_with = "module")]
    page: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    reading: Reading,
}

const PAGE: &str = include_str!("../live/page/index.html");
const STYLE: &str = include_str!("../live/page/style.css");
const MODULE: &str = "<script type=\"text/plain\" id=\"module\">";
const MAP: &str = "<script type=\"application/json\" id=\"map\">";
const END: &str = "</script>";
/// The modules of the page, each after those from which it takes something.
const SCRIPTS: [(&str, &str); 12] = [
    ("words", include_str!("../live/page/words.js")),
    ("wasi", include_str!("../live/page/wasi.js")),
    ("engine", include_str!("../live/page/engine.js")),
    ("dom", include_str!("../live/page/dom.js")),
    ("store", include_str!("../live/page/store.js")),
    ("figures", include_str!("../live/page/figures.js")),
    ("trial", include_str!("../live/page/trial.js")),
    ("beside", include_str!("../live/page/beside.js")),
    ("drawing", include_str!("../live/page/drawing.js")),
    ("workbook", include_str!("../live/page/workbook.js")),
    ("files", include_str!("../live/page/files.js")),
    ("main", include_str!("../live/page/main.js")),
];

impl Live {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let map = match &self.source {
            Some(path) => self.map(path)?,
            None => String::new(),
        };
        let module = match (&self.module, &self.page) {
            (Some(path), _) => module(path)?,
            (None, Some(path)) => module_of_page(path)?,
            (None, None) => module(&found().ok_or_else(|| Failure::call(MISSING))?)?,
        };
        self.output.text(page(&module, &map))
    }

    /// The map as a document that is harmless inside a page.
    fn map(&self, path: &Path) -> Result<String, Failure> {
        let source = Source::from(path.to_owned());
        let journey = self.reading.read(&source)?;
        let document = serde_json::to_string(&journey);
        let document = document.map_err(|error| Failure::input(&source, error))?;
        Ok(document.replace('<', "\\u003c"))
    }
}

/// Where `cargo build` puts the module, seen from the folder of the sources.
const BUILT: &str = "wasm32-wasip1/live/examples/live.wasm";

const MISSING: &str = "the page needs a module, and there is none here. In the folder of the sources of this program, make it once by
  rustup target add wasm32-wasip1
  cargo build --profile live --target wasm32-wasip1 --example live
and call this again there; or name a module with --module, or with --page a page that has one in it";

/// The module where it was built, or beside this program.
fn found() -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let beside = beside.map(|folder| ["live.wasm", "live.wasm.gz"].map(|name| folder.join(name)));
    let built = Path::new(&target).join(BUILT);
    let mut places = std::iter::once(built).chain(beside.into_iter().flatten());
    places.find(|place| place.is_file())
}

/// A module in base64, compressed.
fn module(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::input(path.display(), error))?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(base64(&bytes));
    }
    if !bytes.starts_with(b"\0asm") {
        let wrong = "this is no WebAssembly module, nor one compressed by gzip";
        return Err(Failure::input(path.display(), wrong));
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let written = packed.write_all(&bytes).and_then(|()| packed.finish());
    let packed = written.map_err(|error| Failure::input(path.display(), error))?;
    Ok(base64(&packed))
}

fn module_of_page(path: &Path) -> Result<String, Failure> {
    let page = Source::from(path.to_owned()).text()?;
    let module = page
        .split_once(MODULE)
        .and_then(|(_, rest)| rest.split_once(END));
    let module = module.map(|(module, _)| module.to_owned());
    let module = module.filter(|module| !module.is_empty());
    module.ok_or_else(|| Failure::input(path.display(), "this page has no module in it"))
}

/// Puts everything into one file.
fn page(module: &str, map: &str) -> String {
    let report = customer_journey::Html::STYLE;
    let script: String = SCRIPTS.iter().map(block).collect();
    let put = |page: String, gap: &str, filled: String| page.replacen(gap, &filled, 1);
    let page = put(
        PAGE.to_owned(),
        "<link rel=\"stylesheet\" href=\"style.css\">",
        format!("<style>{report}\n{STYLE}</style>"),
    );
    let page = put(
        page,
        "<script type=\"module\" nonce=\"journey\" src=\"main.js\"></script>",
        format!("<script type=\"module\" nonce=\"journey\">\n{script}</script>"),
    );
    let page = put(
        page,
        &format!("{MODULE}{END}"),
        format!("{MODULE}{module}{END}"),
    );
    put(page, &format!("{MAP}{END}"), format!("{MAP}{map}{END}"))
}

/// A module as a part of one script, since a page that is opened from a file may not load modules: a block of its own, whose
/// exports are kept under its name, and whose imports are taken from there.
fn block((name, script): &(&str, &str)) -> String {
    let mut exports = Vec::new();
    let mut block = format!("const {name}_js = {{}};\n{{\n");
    for line in script.lines() {
        let imported = line
            .strip_prefix("import ")
            .and_then(|rest| rest.split_once(" from \"./"));
        if let Some((names, from)) = imported {
            let from = from.trim_end_matches(".js\";");
            block = format!("{block}const {names} = {from}_js;\n");
            continue;
        }
        let exported = line.strip_prefix("export ");
        exports.extend(exported.and_then(declared));
        block += exported.unwrap_or(line);
        block.push('\n');
    }
    block
        + &format!(
            "Object.assign({name}_js, {{ {} }});\n}}\n",
            exports.join(", ")
        )
}

/// The name that a line of script declares.
fn declared(line: &str) -> Option<&str> {
    let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let mut names = words.filter(|word| !["async", "function", "const", "let", ""].contains(word));
    names.next()
}

/// Bytes in base64, as pages can hold them.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| three.get(at).copied().unwrap_or(0);
        let number = u32::from_be_bytes([0, byte(0), byte(1), byte(2)]);
        for place in 0..4 {
            let sign = SIGNS[(number >> (18 - 6 * place)) as usize % 64];
            text.push(if place > three.len() {
                '='
            } else {
                char::from(sign)
            });
        }
    }
    text
}
