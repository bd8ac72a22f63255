//! The report as one page of HTML, for people who open it, print it and pass it on.
//!
//! `markup` writes elements and makes texts harmless, `table` lays out rows, `style` is the sheet, and each other file is a
//! section. Words and numbers are those of the text and of the pictures.

mod answer;
pub(crate) mod beside;
mod blocks;
mod cells;
mod fixes;
mod glossary;
mod head;
mod map;
mod markup;
mod said;
mod section;
mod sentences;
mod speech;
mod style;
mod table;

use std::fmt;

use crate::analysis::{Contradiction, Fixes, Goal, PainPoint, foremost};
use crate::flow::Flow;
use crate::journey::{Journey, Outcome};
use crate::language::Language;
use crate::page::Names;
use crate::page::words::plain;
use crate::page::{Block, Picture, Question, Section};
use crate::render::clean::clean;
use crate::render::svg::{Drawing, Preset};
use crate::report::{First, Report, first};
use crate::view::{said_at_length, tasks};
use blocks::{Painter, Size, Writer};
use markup::{Inline, Page};

/// The report of a flow as a page of HTML, to be turned into a string and written to a file.
///
/// It is one file that needs nothing else: no script, no font, no picture from elsewhere, which its own security policy also
/// forbids. The map, the chart of feelings and the fixes are pictures in it, each with its table. It begins with the answer
/// and ends with a glossary and with what the figures rest on. It reads well on a phone, is light or dark as the reader's
/// screen is, and prints on A4. Markup in names stays text, and names written from right to left stay in their place.
///
/// The page is well-formed as XML too, and the same for the same journey on every machine. Lists stop after ten entries
/// unless [`limit`](Html::limit) says otherwise, and tables after 100 rows; where they do they say how many there are.
///
/// ```
/// use customer_journey::render::Preset;
/// use customer_journey::{Channel, Feeling, Journey, Outcome, Phase, Touchpoint};
/// let flow = Journey::builder("Visit <soon>")
///     .touchpoint(Touchpoint::new("search", Phase::Before, Channel::Web).feels(Feeling::Hope))
///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).feels(-0.3).ends(Outcome::Loyalty, 1.0))
///     .transition("search", "shop", 1.0)
///     .build()?
///     .flow()?;
/// let page = flow.html().preset(Preset::Workshop).to_string();
/// assert!(page.starts_with("<!DOCTYPE html>"));
/// assert!(page.contains("Visit &lt;soon&gt;") && !page.contains("<script"));
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Html<'a> {
    flow: &'a Flow,
    /// Where it is at hand.
    report: Option<&'a Report>,
    options: Options,
}

#[derive(Debug, Clone)]
struct Options {
    preset: Preset,
    outcome: Outcome,
    top: usize,
    lang: Option<String>,
    /// That of the short answer, and of what the map says by itself.
    language: Language,
}

impl Flow {
    /// The whole report with its pictures as one page of HTML; see [`Html`].
    ///
    /// Turning it into a string asks every question of [`Flow::report`], and the fixes for two or three goals besides.
    pub fn html(&self) -> Html<'_> {
        Html {
            flow: self,
            report: None,
            options: Options {
                preset: Preset::default(),
                outcome: Outcome::Churn,
                top: 10,
                lang: None,
                language: Language::english(),
            },
        }
    }
}

impl Html<'_> {
    /// Sets how the map is drawn; the overview unless set.
    pub fn preset(mut self, preset: Preset) -> Self {
        self.options.preset = preset;
        self
    }

    /// Sets the ending that should become rarer, for the fixes, the early signs and the moments of truth; churn unless set.
    pub fn outcome(mut self, outcome: impl Into<Outcome>) -> Self {
        self.options.outcome = outcome.into();
        self
    }

    /// Sets after how many entries a list stops, and how many bars there are; ten unless set, and at least one.
    pub fn limit(mut self, most: usize) -> Self {
        self.options.top = most.max(1);
        self
    }

    /// Sets the language of the short answer, and in which the map on the page says what it says by itself, as
    /// [`Svg::language`](crate::Svg::language) does; English unless set. Names are taken to be in this language too, unless
    /// [`Html::lang`] is called afterwards. The rest of the report stays English, and the page says so.
    pub fn language(mut self, language: Language) -> Self {
        let tag = language.tag.clone().into_owned();
        self.options.language = language;
        self.lang(&tag)
    }

    /// Sets the language of the journey's names, as a language tag such as `nb` or `pt-BR`, so that they are read out as
    /// what they are. What the page says by itself is in English.
    pub fn lang(mut self, tag: &str) -> Self {
        let fit = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !tag.is_empty() && tag.chars().all(fit) {
            self.options.lang = Some(tag.to_owned());
        }
        self
    }
}

/// All that a page tells of.
struct Story<'a> {
    flow: &'a Flow,
    journey: &'a Journey,
    report: &'a Report,
    names: Names,
    options: &'a Options,
    contradictions: Vec<Contradiction>,
    /// The fixes, ranked for each goal that this journey can have; none where there is nothing to fix.
    fixes: Vec<Fixes>,
    /// What to do first, where whole journeys tell it.
    first: Option<First>,
}

impl<'a> Story<'a> {
    fn new(flow: &'a Flow, report: &'a Report, options: &'a Options) -> Self {
        let ends_so = ends_so(report, options);
        let hurts = report
            .touchpoints
            .iter()
            .any(|known| known.hurt.is_some_and(|hurt| hurt > 0.0));
        let goals = [
            (ends_so, Goal::Reduce(options.outcome.clone())),
            (hurts, Goal::ReduceHurt),
            // What a change is worth is not told where nobody says what anything costs.
            (
                report.money.value.is_some() && report.money.cost.is_some(),
                Goal::RaiseValue,
            ),
        ];
        let names = Names::of(flow.journey());
        let applies = |(applies, goal)| (applies && !report.fixes.is_empty()).then_some(goal);
        let goals = goals.into_iter().filter_map(applies);
        Self {
            flow,
            journey: flow.journey(),
            report,
            names,
            options,
            contradictions: flow.contradictions(),
            fixes: goals
                .map(|goal| flow.fixes(&goal).without_verdicts(&report.fixes))
                .collect(),
            first: first(flow, report, &options.outcome),
        }
    }

    /// The pain to begin with.
    fn foremost(&self) -> Option<&PainPoint> {
        let pains = &self.report.pain_points;
        foremost(pains).and_then(|place| pains.get(place))
    }

    /// Whether what comes first is not where it hurts most, since people are moved far less to act there.
    fn begins_elsewhere(&self) -> bool {
        foremost(&self.report.pain_points).is_some_and(|place| place > 0)
    }

    fn writer<'w>(&'w self, page: &'w mut Page) -> Writer<'w> {
        Writer {
            page,
            names: &self.names,
            top: self.options.top,
            painter: self,
        }
    }

    /// What people call a touchpoint.
    fn label<'s>(&'s self, id: &'s str) -> &'s str {
        self.names.of_id(id)
    }

    /// A touchpoint's name.
    fn place(&self, id: &str) -> Inline {
        Inline::new().name(self.label(id))
    }
}

impl Painter for Story<'_> {
    fn paint(&self, picture: &Picture, id: &str, size: Size) -> Option<Drawing> {
        match picture {
            Picture::Curve(_) => None,
            Picture::Trajectory => {
                let drawn = self.report.trajectory.svg().width(size.of(720));
                Some(drawn.id_prefix(id).navigable(false).drawing())
            }
            Picture::Drivers => {
                let drawn = self.report.drivers.svg_named(&self.names);
                let drawn = drawn.width(size.of(720)).limit(self.options.top);
                Some(drawn.id_prefix(id).navigable(false).drawing())
            }
        }
    }
}

/// A part of the page.
enum Part {
    /// One that the page has of its own: its id, its heading, and what writes it.
    Own(&'static str, String, Print),
    /// A question's section.
    Told(Section),
}

impl Part {
    fn id(&self) -> &str {
        match self {
            Self::Own(id, ..) => id,
            Self::Told(section) => section.id,
        }
    }

    fn heading(&self) -> String {
        match self {
            Self::Own(_, heading, _) => heading.clone(),
            Self::Told(section) => plain(&section.heading),
        }
    }

    fn print(&self, page: &mut Page, story: &Story<'_>) {
        match self {
            Self::Own(id, heading, print) => {
                page.open_with("section class=\"part\"", "id", id);
                page.open_with("h2", "id", &format!("{id}-heading"));
                page.inline(&heading.as_str().into());
                page.close();
                print(page, story);
                page.close();
            }
            Self::Told(section) => story.writer(page).section(section),
        }
    }
}

/// What writes a part of the page's own.
type Print = fn(&mut Page, &Story<'_>);

/// The parts that the page has of its own: their ids and headings, and what writes them.
const OWN: [(&str, &str, Print); 7] = [
    ("answer", "In short", answer::print),
    ("the-map", "The map", map::print),
    ("help", "What would help", fixes::print),
    (
        "assumed",
        "What is known, and what is assumed",
        glossary::assumed,
    ),
    ("appendix", "Appendix: everything else", |page, _| {
        appendix(page);
    }),
    ("said", "What people do and say", said::print),
    ("glossary", "Glossary", |page, _| glossary::print(page)),
];

/// A part of the page's own.
fn own(id: &str, story: &Story<'_>) -> Option<Part> {
    let known = OWN.into_iter().find(|(known, ..)| *known == id);
    known.map(|(id, heading, print)| {
        // The answer and what people say are in the language of the page, and everything else in English.
        let heading = match id {
            "answer" | "said" => story.options.language.word(heading),
            _ => heading,
        };
        Part::Own(id, heading.to_owned(), print)
    })
}

fn parts(story: &Story<'_>) -> Vec<Part> {
    let own = |id| own(id, story);
    let mut parts: Vec<Part> = ["answer", "the-map"].into_iter().filter_map(own).collect();
    parts.extend(
        tasks::section(story.flow, &story.report.pain_points, &story.fixes).map(Part::Told),
    );
    parts.extend(["assumed", "appendix"].into_iter().filter_map(own));
    parts.extend(own("said").filter(|_| said::is_worth_telling(story)));
    for (key, question) in story.report.questions() {
        if !question.is_worth_telling() {
            continue;
        }
        match key {
            "fixes" => parts.extend(own("help")),
            // Of a map that was drawn, the ending that was asked for is told; of what was counted, all.
            "early_signs" if story.report.fit.is_none() => {}
            "pain_points" => {
                let sections = question.sections().into_iter();
                parts.extend(sections.map(|section| Part::Told(with_words(story, section))));
            }
            "error_bars" => {
                if ends_so(story.report, story.options) {
                    let outcome = &story.options.outcome;
                    if story.report.fit.is_none() {
                        let signs = story.flow.early_signs(outcome).sections();
                        parts.extend(signs.into_iter().map(Part::Told));
                    }
                    let decided = story.flow.moments_of_truth(outcome).sections();
                    parts.extend(decided.into_iter().map(Part::Told));
                }
                parts.extend(question.sections().into_iter().map(Part::Told));
            }
            _ => parts.extend(question.sections().into_iter().map(Part::Told)),
        }
    }
    parts.extend(own("glossary"));
    parts
}

/// The cards of the pains with what people say and do there.
fn with_words(story: &Story<'_>, mut section: Section) -> Section {
    for block in &mut section.blocks {
        if let Block::Cards(cards, _) = block {
            let told = cards.iter_mut().zip(&story.report.pain_points);
            for (card, pain) in told.take(story.options.top) {
                let at = story.journey.touchpoint(&pain.id);
                card.points
                    .extend(at.map(said_at_length).unwrap_or_default());
            }
        }
    }
    section
}

/// What comes after the three pages that are printed in any case.
fn appendix(page: &mut Page) {
    page.say(
        "All figures, tables and charts behind the answer. On paper the report ends before this, unless the box is ticked.",
    );
    page.raw(
        "<p class=\"ask\"><input type=\"checkbox\" id=\"print-appendix\"/> <label for=\"print-appendix\">Print the appendix \
         too</label></p>\n",
    );
}

/// Whether any journey ends with the outcome that should become rarer.
fn ends_so(report: &Report, options: &Options) -> bool {
    let mut outcomes = report.outcomes.iter();
    outcomes.any(|known| known.outcome == options.outcome && known.probability > 0.0)
}

impl fmt::Display for Html<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.asked();
        let story = Story::new(self.flow, &report, &self.options);
        let mut page = Page::new(self.options.lang.clone());
        page.open("html lang=\"en\"");
        head_of(&mut page, &story);
        page.open("body");
        page.raw("<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
        page.open("header");
        head::title(&mut page, &story);
        page.close();
        let parts = parts(&story);
        page.open("nav aria-label=\"Sections\"");
        let links = parts
            .iter()
            .map(|part| Inline::new().link(part.id(), &part.heading()));
        page.list("ol", links);
        page.close();
        page.open("main id=\"main\"");
        for part in &parts {
            if part.id() == "appendix" {
                page.open("div class=\"appendix\"");
            }
            part.print(&mut page, &story);
        }
        page.close();
        page.close();
        footer(
            &mut page,
            "Figures are computed over all paths and loops of the map; none is sampled. ",
        );
        f.write_str("<!DOCTYPE html>\n")?;
        f.write_str(&page.finish())
    }
}

/// What every page says of itself, and that it fetches nothing.
fn security(page: &mut Page) {
    page.raw(
        "<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta \
         http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"/>\n",
    );
}

/// By what a page was made, what its figures are, and how it treats what is not known.
fn footer(page: &mut Page, figures: &str) {
    page.open("footer");
    page.say(format!(
        "Made by customer-journey {}. {figures}What is not known is said to be not known.",
        env!("CARGO_PKG_VERSION"),
    ));
    page.close();
}

fn head_of(page: &mut Page, story: &Story<'_>) {
    page.open("head");
    security(page);
    let title = format!("{}: customer journey report", clean(story.journey.name()));
    page.line("title", title);
    page.open("style");
    page.raw(style::SHEET);
    page.close();
    page.close();
}
