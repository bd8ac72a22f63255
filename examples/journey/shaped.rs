//! How the rows of a table are events: one each, or in another shape that the call states or the file shows.

use std::fmt::Write as _;
use std::io::{BufRead, Read};

use clap::Args;
use customer_journey::CsvOptions;
use customer_journey::events::{CsvError, CsvField, CsvPlan, CsvRead, CsvRemark};

use super::advice::{advice, hint};
use super::failure::Failure;
use super::input::Source;
use super::shapes::{Misshapen, Places, Shaped, paths, wide, xes};

/// What a row of the table is, unless it is an event.
#[derive(Debug, Args)]
#[command(next_help_heading = "Shape of the table")]
pub(super) struct Shapes {
    /// One row a case: the columns of its steps in their order, with commas between, each as COLUMN or STEP=COLUMN (several
    /// columns may tell of one step), with :time, :rating, :promise, :came or :name behind it where the cells do not show
    /// what they tell; or auto for all columns of times, or else of ratings
    #[arg(
        long,
        value_name = "COLUMNS",
        value_delimiter = ',',
        conflicts_with = "paths"
    )]
    wide: Vec<String>,
    /// One row a path, as search > shop > purchase, with columns that count how many went it and converted
    #[arg(long)]
    paths: bool,
}

/// A table that is about to be read, with a row an event.
pub(super) struct Table {
    rows: Box<dyn Read>,
    length: Option<u64>,
    options: CsvOptions,
    shape: Option<Shape>,
}

/// Of what its rows were made.
struct Shape {
    places: Places,
    told: Vec<String>,
}

impl Shapes {
    /// Whether rows are something else than events by what the call says.
    pub(super) fn is_asked(&self) -> bool {
        self.paths || !self.wide.is_empty()
    }

    /// The rows of events of a file, which is an event log in XES where it shows so.
    pub(super) fn table(
        &self,
        source: &Source,
        (mut input, length): (Box<dyn BufRead>, Option<u64>),
        options: CsvOptions,
    ) -> Result<Table, Failure> {
        let head = input.fill_buf();
        let is_xes = xes::is_xes(head.map_err(|error| Failure::input(source, error))?);
        if !(is_xes || self.paths || !self.wide.is_empty()) {
            return Ok(Table {
                rows: input,
                length,
                options,
                shape: None,
            });
        }
        let shaped = if is_xes {
            xes::rows(&source.rest(input)?)
        } else {
            let mut bytes = Vec::new();
            let read = input.read_to_end(&mut bytes);
            read.map_err(|error| Failure::input(source, error))?;
            if self.paths {
                paths::rows(&bytes, &options)
            } else {
                wide::rows(&bytes, &self.wide, &options)
            }
        };
        let shaped = shaped.map_err(|error| match error {
            Misshapen::Table(error) => Failure::input(source, advice(&error)),
            Misshapen::Told(told) => Failure::input(source, told),
        })?;
        let options = shaped.options(options);
        let Shaped {
            rows, places, told, ..
        } = shaped;
        Ok(Table {
            rows,
            length: None,
            options,
            shape: Some(Shape { places, told }),
        })
    }
}

impl Table {
    /// How it is understood, a line each.
    pub(super) fn explained(self) -> Result<String, CsvError> {
        let plan = self.options.plan_of_journeys(self.rows)?;
        let mut said = described(&plan, self.shape.as_ref());
        let feeds = |field| plan.fields.iter().any(|fed| fed.field == field);
        if feeds(CsvField::Sequence) {
            said += "\nevents of a journey are in the order of their numbers, where all have one";
        } else if feeds(CsvField::Time) {
            said += "\nevents of a journey are in the order of their times, and at equal times in that of the rows";
        }
        // Of a table that was made here, what it was made of says how steps are ordered.
        for remark in plan.remarks.iter().filter(|_| self.shape.is_none()) {
            let _ = write!(said, "\nnote: {remark}");
            if let Some(hint) = hint(remark, &plan) {
                let _ = write!(said, "\n  {hint}");
            }
        }
        Ok(said)
    }

    /// Lets it be read, and says how it was understood.
    pub(super) fn read(
        self,
        read: impl FnOnce(Box<dyn Read>, Option<u64>, &CsvOptions) -> Result<CsvRead, CsvError>,
    ) -> Result<CsvRead, CsvError> {
        let done = read(self.rows, self.length, &self.options);
        let Some(shape) = &self.shape else {
            let done = done?;
            eprintln!("{}", done.plan);
            return Ok(done);
        };
        let mut done = done.map_err(|error| shape.places.restored(error))?;
        eprintln!("{}", described(&done.plan, Some(shape)));
        shape.places.restore(&mut done);
        // Paths that are counted are made several times: nothing is written twice.
        if done
            .plan
            .fields
            .iter()
            .any(|fed| fed.header.starts_with("paths: "))
        {
            let twice = |remark: &CsvRemark| {
                matches!(remark, CsvRemark::Doubled { .. } | CsvRemark::Same { .. })
            };
            done.remarks.retain(|remark| !twice(remark));
        }
        Ok(done)
    }
}

/// How a table was understood. Of one that was made here, what it was made of is said, and not how it is written.
fn described(plan: &CsvPlan, shape: Option<&Shape>) -> String {
    let Some(shape) = shape else {
        return plan.to_string();
    };
    let mut lines = shape.told.clone();
    let made = |header: &str| header.starts_with("wide: ") || header.starts_with("paths: ");
    let fields = plan.fields.iter().filter(|fed| !made(&fed.header));
    lines.extend(fields.map(|fed| match shape.places.number(&fed.header) {
        Some(number) => format!("column {number}: {fed}"),
        None => fed.to_string(),
    }));
    let unused = plan.unused.iter().filter(|unused| !made(&unused.header));
    let names: Vec<String> = unused.map(ToString::to_string).collect();
    if !names.is_empty() {
        lines.push(format!("not used: {}", names.join(", ")));
    }
    lines.join("\n")
}
