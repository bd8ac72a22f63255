//! What can go wrong, and the exit status of each.

use std::fmt::Display;
use std::process::ExitCode;

const INPUT: u8 = 1;
const RULE: u8 = 3;
pub(super) const CALL: u8 = 2;

/// Why a command did not do what it was asked for.
#[derive(Debug)]
pub(super) enum Failure {
    /// The input is unusable: its name, and what is wrong with it.
    Input(String, String),
    /// The call is unusable.
    Call(String),
    /// A rule of severity error is broken, and what was found has been told.
    RuleBroken,
}

impl Failure {
    pub(super) fn input(name: impl Display, error: impl Display) -> Self {
        Self::Input(name.to_string(), error.to_string())
    }

    pub(super) fn call(problem: impl Display) -> Self {
        Self::Call(problem.to_string())
    }
}

/// Tells of a failure on standard error.
pub(super) fn status(done: Result<(), Failure>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Input(name, error)) => {
            eprintln!("{name}: {error}");
            ExitCode::from(INPUT)
        }
        Err(Failure::RuleBroken) => ExitCode::from(RULE),
        Err(Failure::Call(problem)) => {
            eprintln!("error: {problem}\n\nFor more information, try 'journey help'.");
            ExitCode::from(CALL)
        }
    }
}
