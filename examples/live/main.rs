//! The module of the page that computes: reads one request in JSON, writes one answer in JSON.
//!
//! `journey live my-map.json > my-map.html` makes a page that has this program in it, built for WebAssembly, and runs it for
//! every change that somebody makes. Built for this machine it gives the same answers:
//!
//! ```text
//! echo '{"ask": "new", "template": "map", "lang": "en"}' | cargo run --release --example live
//! ```
//!
//! It keeps nothing between two requests: each holds the map and what is asked of it. `page/` has the page itself.

mod change;
mod draw;
mod feeling;
mod figures;
mod open;
mod request;
mod save;
mod table;
mod touchpoint;
mod trial;
mod ways;

use std::io::{self, Read, Write};

use serde_json::{Value, json};

use request::Request;

fn main() -> io::Result<()> {
    let mut request = String::new();
    io::stdin().read_to_string(&mut request)?;
    let answer = answer(&request);
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &answer)?;
    out.write_all(b"\n")
}

/// What is asked for, or `refused` with the reason for people.
fn answer(request: &str) -> Value {
    match serde_json::from_str(request) {
        Ok(Request::Words {}) => open::words(),
        Ok(Request::New { template, lang }) => open::begun(template, &lang),
        Ok(Request::Open { text, lang }) => open::text(&text, &lang),
        Ok(Request::Workbook { sheets, lang }) => open::workbook(sheets, &lang),
        Ok(Request::Speak { table, lang }) => {
            json!({ "table": table::spoken(table, &table::language(&lang)) })
        }
        Ok(Request::Draw { table, width, lang }) => draw::drawn(&table, width, &lang),
        Ok(Request::Keep { table }) => save::kept(&table),
        Ok(Request::Try(asked)) => trial::tried(&asked),
        Ok(Request::Beside(asked)) => trial::beside(&asked),
        Ok(Request::Save(asked)) => save::saved(&asked),
        Err(error) => refused(error),
    }
}

/// An answer that says why there is none.
#[expect(
    clippy::needless_pass_by_value,
    reason = "errors end here, and many calls read better"
)]
fn refused(why: impl ToString) -> Value {
    json!({ "refused": why.to_string() })
}
