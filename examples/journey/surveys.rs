//! Survey answers in columns of the table: which columns, on which scales, and what they are about.

use std::io::{BufRead, Cursor};

use clap::{Args, ValueEnum};
use customer_journey::events::{CsvField, CsvPlan, TallyOptions};
use customer_journey::measures::{SurveyKind, SurveyMeasure};
use customer_journey::{CsvOptions, EventLog, LearnOptions, Phase, Scale};

use super::advice::advice;
use super::failure::Failure;
use super::input::Source;
use super::shaped::Shapes;
use super::table::pair;

/// Which columns hold answers to survey questions.
#[derive(Debug, Args)]
#[command(next_help_heading = "Survey measures")]
pub(super) struct Surveys {
    /// A column of answers from 0 to 10 to whether customers would recommend (Net Promoter Score); may be repeated
    #[arg(long, value_name = "COLUMN")]
    nps: Vec<String>,
    /// A column of satisfaction; needs --csat-cut, and --csat-scale or --scale; may be repeated
    #[arg(long, value_name = "COLUMN", requires = "csat_cut")]
    csat: Vec<String>,
    /// From which answer on customers count as satisfied
    #[arg(
        long,
        value_name = "ANSWER",
        allow_hyphen_values = true,
        requires = "csat"
    )]
    csat_cut: Option<f64>,
    /// The scale of --csat, as 1..5; that of --scale unless stated
    #[arg(
        long,
        value_name = "MIN..MAX",
        allow_hyphen_values = true,
        requires = "csat"
    )]
    csat_scale: Option<Scale>,
    /// A column of how easy it was (Customer Effort Score); needs --ces-kind; may be repeated
    #[arg(long, value_name = "COLUMN", requires = "ces_kind")]
    ces: Vec<String>,
    /// How that is told: the variants do not compare
    #[arg(long, value_enum, value_name = "KIND", requires = "ces")]
    ces_kind: Option<Effort>,
    /// A column that is told as an index from 0 to 100; needs --index-scale or --scale; may be repeated
    #[arg(long, value_name = "COLUMN")]
    index: Vec<String>,
    /// The scale of --index, as 1..7; that of --scale unless stated
    #[arg(
        long,
        value_name = "MIN..MAX",
        allow_hyphen_values = true,
        requires = "index"
    )]
    index_scale: Option<Scale>,
    /// What a measure is about where that is not the touchpoint: promise:NAME or phase:PHASE; may be repeated
    #[arg(long, value_name = "COLUMN=ABOUT", value_parser = about)]
    about: Vec<(String, About)>,
    /// The index of several items that a column of --index is an item of, such as recognition; may be repeated
    #[arg(long, value_name = "COLUMN=INDEX", value_parser = pair)]
    part_of: Vec<(String, String)>,
    /// What is decided by a measure; may be repeated
    #[arg(long, value_name = "COLUMN=DECISION", value_parser = pair)]
    decides: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Effort {
    /// Answers from 1 to 7, high is easy: their mean
    Mean,
    /// The same answers: the share of 5 to 7
    Agree,
    /// The same answers: the share of 6 and 7 less that of 1 to 3
    Net,
    /// Answers from 1 to 5, low is easy: their mean
    First,
}

#[derive(Debug, Clone)]
enum About {
    Promise(String),
    Phase(Phase),
}

fn about(text: &str) -> Result<(String, About), String> {
    let (column, about) = pair(text)?;
    let about = match about.split_once(':') {
        Some(("promise", name)) => About::Promise(name.to_owned()),
        Some(("phase", phase)) => {
            let phase = phase.parse::<Phase>();
            About::Phase(phase.map_err(|error| error.to_string())?)
        }
        _ => return Err(format!("{about:?} is neither promise:NAME nor phase:PHASE")),
    };
    Ok((column, about))
}

impl Surveys {
    pub(super) fn is_asked(&self) -> bool {
        [&self.nps, &self.csat, &self.ces, &self.index]
            .iter()
            .any(|columns| !columns.is_empty())
    }

    /// Whether one of the columns is this one.
    fn names(&self, header: &str) -> bool {
        let columns = [&self.nps, &self.csat, &self.ces, &self.index];
        columns.into_iter().flatten().any(|column| column == header)
    }

    /// Refuses columns that the table does not have.
    fn all_in(&self, plan: &CsvPlan) -> Result<(), Failure> {
        let fed = plan.fields.iter().map(|column| column.header.as_str());
        let unused = plan.unused.iter().map(|column| column.header.as_str());
        let headers: Vec<&str> = fed.chain(unused).collect();
        let named = [
            ("nps", &self.nps),
            ("csat", &self.csat),
            ("ces", &self.ces),
            ("index", &self.index),
        ];
        let missing: Vec<String> = named
            .into_iter()
            .flat_map(|(option, columns)| columns.iter().map(move |column| (option, column)))
            .filter(|(_, column)| !headers.contains(&column.as_str()))
            .map(|(option, column)| format!("--{option} {column:?}"))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Failure::call(format!(
            "{}: the table has no such column; it has {}",
            missing.join(", "),
            quoted(&headers)
        )))
    }

    /// The table, which is read once for the events and once for each measure: standard input is kept for it.
    pub(super) fn table(source: &Source, shapes: &Shapes) -> Result<Answers, Failure> {
        if shapes.is_asked() {
            return Err(Failure::call(
                "survey answers are read from tables with a row an event, and not with --wide or --paths",
            ));
        }
        Ok(Answers {
            bytes: source.bytes()?,
            source: source.clone(),
        })
    }

    /// Every measure without answers, named by its column.
    pub(super) fn measures(&self, scale: Option<Scale>) -> Result<Vec<SurveyMeasure>, Failure> {
        let on = |own: Option<Scale>, option: &str, measure: SurveyMeasure| {
            let scale = own.or(scale).ok_or_else(|| {
                Failure::call(format!("--{option} needs --{option}-scale MIN..MAX"))
            })?;
            Ok(measure.scale(scale.min(), scale.max()))
        };
        let mut measures = Vec::new();
        for column in &self.nps {
            measures.push(SurveyMeasure::new(column, SurveyKind::Nps));
        }
        for column in &self.csat {
            let measure = SurveyMeasure::new(column, SurveyKind::Csat);
            let measure = measure.from(self.csat_cut.unwrap_or(f64::NAN));
            measures.push(on(self.csat_scale, "csat", measure)?);
        }
        for column in &self.ces {
            let kind = match self.ces_kind {
                Some(Effort::Agree) => SurveyKind::EffortAgree,
                Some(Effort::Net) => SurveyKind::EffortNet,
                Some(Effort::First) => SurveyKind::EffortFirst,
                Some(Effort::Mean) | None => SurveyKind::EffortMean,
            };
            measures.push(SurveyMeasure::new(column, kind));
        }
        for column in &self.index {
            let measure = SurveyMeasure::new(column, SurveyKind::Index);
            measures.push(on(self.index_scale, "index", measure)?);
        }
        let named: Vec<&String> = (self.about.iter().map(|(column, _)| column))
            .chain(self.part_of.iter().map(|(column, _)| column))
            .chain(self.decides.iter().map(|(column, _)| column))
            .collect();
        for column in named {
            if !measures.iter().any(|measure| measure.name == *column) {
                return Err(Failure::call(format!(
                    "{column:?} is no column of --nps, --csat, --ces or --index"
                )));
            }
        }
        Ok(measures
            .into_iter()
            .map(|measure| self.described(measure))
            .collect())
    }

    fn described(&self, mut measure: SurveyMeasure) -> SurveyMeasure {
        let name = measure.name.clone();
        for (_, about) in self.about.iter().filter(|(column, _)| *column == name) {
            measure = match about {
                About::Promise(promise) => measure.about_promise(promise),
                About::Phase(phase) => measure.about_phase(*phase),
            };
        }
        for (_, index) in self.part_of.iter().filter(|(column, _)| *column == name) {
            measure = measure.part_of(index);
        }
        for (_, decision) in self.decides.iter().filter(|(column, _)| *column == name) {
            measure = measure.decides(decision);
        }
        measure
    }
}

fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
    words.join(", ")
}

/// A table with columns of answers.
pub(super) struct Answers {
    pub(super) source: Source,
    bytes: Vec<u8>,
}

impl Answers {
    /// All of it from its beginning.
    pub(super) fn open(&self) -> (Box<dyn BufRead>, Option<u64>) {
        let length = u64::try_from(self.bytes.len()).ok();
        (Box::new(Cursor::new(self.bytes.clone())), length)
    }

    /// The options for the events themselves: a column of answers that looks like one of feelings is none, unless it is called so.
    /// A column that is not in the table is refused by the option that named it.
    pub(super) fn apart(
        &self,
        surveys: &Surveys,
        options: CsvOptions,
    ) -> Result<CsvOptions, Failure> {
        let Ok(plan) = options.plan(self.bytes.as_slice()) else {
            // What is wrong with the table is told when it is read.
            return Ok(options);
        };
        surveys.all_in(&plan)?;
        let mut felt = plan.fields.iter();
        let felt = felt.find(|column| column.field == CsvField::Emotion && !column.stated);
        if felt.is_some_and(|column| surveys.names(&column.header)) {
            return Ok(options.without(CsvField::Emotion));
        }
        Ok(options)
    }

    /// The answers of a column, as ratings on its scale.
    pub(super) fn read(
        &self,
        measure: &SurveyMeasure,
        options: &CsvOptions,
        tally: impl FnOnce(Scale) -> TallyOptions,
    ) -> Result<EventLog, Failure> {
        let (min, max) = measure.bounds().unwrap_or((0.0, 1.0));
        let scale = Scale::new(min, max).map_err(Failure::call)?;
        let mut log = EventLog::new(tally(scale));
        let options = options.clone().column(CsvField::Emotion, &measure.name);
        let read = log.read_csv(self.bytes.as_slice(), &options);
        let read = read.map_err(|error| Failure::input(&self.source, advice(&error)))?;
        for fault in &read.faults {
            eprintln!("fault: {fault}");
        }
        Ok(log)
    }

    /// Puts the measure to the touchpoints where it was answered.
    pub(super) fn put(
        &self,
        log: &EventLog,
        measure: &SurveyMeasure,
        mut options: LearnOptions,
    ) -> Result<LearnOptions, Failure> {
        let found = log.survey(measure, &options);
        let found = found.map_err(|error| Failure::input(&self.source, error))?;
        eprintln!(
            "{:?}: {} answers at {} touchpoints{}",
            measure.name,
            found.answers,
            found.measures.len(),
            if found.is_repeated {
                ", one for each journey, since its rows repeat it: counted where the journey was last"
            } else {
                ""
            }
        );
        for (touchpoint, measure) in found.measures {
            options = options.measure(touchpoint, measure);
        }
        Ok(options)
    }
}
