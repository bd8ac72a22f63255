//! The program for people who know no Rust: draw a map or bring a table of events, and see where it hurts.
//!
//! ```text
//! cargo install --path . --example journey
//! journey new > my-map.json
//! journey show my-map.json -o my-map.html
//! ```
//!
//! Exit status: 0 done; 1 the input is unusable; 2 the call is; 3 a rule is broken. Results go to standard output,
//! everything else to standard error.

mod advice;
mod analyse;
mod ask;
mod check;
mod compare;
mod convert;
mod facts;
mod failure;
mod input;
mod learn;
mod letters;
mod live;
mod new;
mod notes;
mod output;
mod parts;
mod progress;
mod rows;
mod shaped;
mod shapes;
mod show;
mod source;
mod sql;
mod surveys;
mod table;
mod workbook;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

const EXAMPLES: &str = "\
Examples:
  journey new > my-map.json                     a first map to change
  journey new --spreadsheet -o my-map.xlsx      the same as a spreadsheet
  journey show my-map.json -o my-map.html       the report as a page for the browser
  journey live my-map.json -o live.html
                                                a page on which a room tries and draws the map itself
  journey learn events.csv --phase during > learned.json
                                                a map from what happened to whom
  journey show learned.json --as text           the report in the terminal
  journey ask my-map.json 'payment => *{feels < 0}'
                                                any question: who pays and later feels bad?
  journey check my-map.json                     what breaks the rules of good journeys
  journey compare plan.json events.csv          a plan, and what happened to whom
  journey convert README.md --to document       a Mermaid diagram as a map

`journey help COMMAND` explains a command. Exit status: 0 done, 1 the input is unusable, 2 the call is,
3 a rule is broken.";

/// Customer-journey maps that one can compute with: where it hurts, why, and which fix helps most
#[derive(Debug, Parser)]
#[command(name = "journey", version, after_help = EXAMPLES, max_term_width = 100)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Show(show::Show),
    Live(live::Live),
    Analyse(analyse::Analyse),
    Learn(Box<learn::Learn>),
    Ask(Box<ask::Ask>),
    Check(Box<check::Check>),
    Compare(Box<compare::Compare>),
    Convert(convert::Convert),
    Sql(Box<sql::Sql>),
    New(new::New),
}

impl Command {
    fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Show(show) => show.run(),
            Self::Live(live) => live.run(),
            Self::Analyse(analyse) => analyse.run(),
            Self::Learn(learn) => learn.run(),
            Self::Ask(ask) => ask.run(),
            Self::Check(check) => check.run(),
            Self::Compare(compare) => compare.run(),
            Self::Convert(convert) => convert.run(),
            Self::Sql(sql) => sql.run(),
            Self::New(new) => new.run(),
        }
    }
}

fn main() -> ExitCode {
    run(std::env::args_os())
}

/// Does what a command line asks for; its first word is the name of the program.
pub(crate) fn run(words: impl Iterator<Item = OsString>) -> ExitCode {
    match Program::try_parse_from(words) {
        Ok(program) => failure::status(program.command.run()),
        Err(asked) => {
            // Help goes to standard output and is no failure. If nobody reads it, there is nobody to tell.
            let _ = asked.print();
            ExitCode::from(u8::from(asked.use_stderr()) * failure::CALL)
        }
    }
}
