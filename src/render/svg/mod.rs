//! Pictures: the journey map, the trajectory chart and the bars of fixes, as SVG.
//!
//! `width` knows how wide text may become, `canvas` writes shapes and texts, `curve` smooths, `plot` is the ground of
//! feelings, `figures` shows numbers side by side, `icons` and `style` hold what things look like. `map` draws a flow,
//! `chart` a trajectory, `bars` fixes, `sides` two journeys; they use all of these and nothing of each other.

mod bars;
mod canvas;
mod chart;
mod curve;
mod drivers;
mod figures;
mod icons;
mod map;
mod multiples;
mod plot;
mod sides;
mod steps;
mod style;
mod width;

use std::fmt;

use crate::analysis::{Drivers, Fixes, Segments, Steps, Trajectory, Windows};
use crate::flow::Flow;
use crate::journey::{Outcome, words};
use crate::language::Language;
use crate::page::Names;
use crate::view::map::Lane;
use crate::view::multiples::Multiples;
use crate::view::sides::{Deviations, TwoCurves};
pub(super) use canvas::Escaped;
use canvas::{Canvas, N};
pub(super) use style::class_of as feeling_class;
use style::{MONOCHROME, Palette, SUNSET};

words! {
    /// For whom a picture is drawn; the overview unless stated.
    ///
    /// ```
    /// use customer_journey::render::Preset;
    /// assert_eq!("workshop".parse(), Ok(Preset::Workshop));
    /// ```
    #[derive(Default)]
    pub enum Preset as "preset" {
        /// For a first look: phases, touchpoints, the emotional curve and the three greatest pains.
        #[default]
        Overview = "overview",
        /// For those who work on it: all lanes.
        Workshop = "workshop",
        /// For paper: all lanes, in black, white and grey.
        Print = "print",
        /// For those who run it: what customers do and see, the line of visibility, and what happens behind it.
        Blueprint = "blueprint",
    }
}

/// A picture of a journey, to be written into a file or a page: [`Flow::svg`] draws the map,
/// [`Trajectory::svg`](crate::analysis::Trajectory::svg) the chart of feelings before, during and after, and
/// [`Fixes::svg`](crate::analysis::Fixes::svg) what each fix gains, as bars.
///
/// It is one `<svg>` element without scripts or outside resources, the same for the same journey on every machine.
/// Texts are at least 12 px, wrapped, and never cut; names are made harmless. Where it is inlined in a page, give each
/// picture its own [`id_prefix`](Svg::id_prefix).
///
/// Colours can be set anew by the page, as custom properties such as `--cj-paper` and `--cj-ink`, or by rules
/// for the classes, which begin with `cj-`.
///
/// ```
/// use customer_journey::render::Preset;
/// use customer_journey::{Channel, Feeling, Journey, Outcome, Phase, Touchpoint};
/// let flow = Journey::builder("Visit")
///     .touchpoint(Touchpoint::new("search", Phase::Before, Channel::Web).feels(Feeling::Hope))
///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).feels(-0.3).ends(Outcome::Loyalty, 1.0))
///     .transition("search", "shop", 1.0)
///     .build()?
///     .flow()?;
/// let overview = flow.svg().to_string();
/// let poster = flow.svg().preset(Preset::Workshop).width(1600).id_prefix("poster").to_string();
/// assert!(overview.starts_with("<svg ") && poster.contains("id=\"poster\""));
/// # Ok::<(), customer_journey::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Svg<'a> {
    subject: Subject<'a>,
    options: Options,
}

/// A picture as markup, and how wide and high it is.
pub(in crate::render) struct Drawing {
    pub(in crate::render) markup: String,
    pub(in crate::render) size: (f64, f64),
}

#[derive(Debug, Clone)]
enum Subject<'a> {
    Map(&'a Flow),
    Chart(&'a Trajectory),
    /// With the names of the touchpoints, where they are at hand.
    Bars(&'a Fixes, Option<&'a Names>),
    Curves(Box<TwoCurves>),
    Deviations(Box<Deviations>),
    Steps(&'a Steps),
    /// With the names of the touchpoints, where they are at hand.
    Drivers(&'a Drivers, Option<&'a Names>),
    Segments(&'a Segments),
    Windows(&'a Windows),
}

#[derive(Debug, Clone)]
struct Options {
    preset: Preset,
    width: f64,
    id: String,
    lang: String,
    /// What the picture says by itself.
    language: Language,
    outcome: Outcome,
    navigable: bool,
    /// So many bars.
    top: usize,
    /// These lanes, instead of those of the preset.
    lanes: Option<Vec<Lane>>,
    /// So many columns at most.
    columns: Option<usize>,
}

impl Flow {
    /// The journey map as a picture: phases, stages and touchpoints in the order of [`Flow::sequence`], and below them
    /// what [the preset](Svg::preset) shows.
    ///
    /// Where the touchpoints do not fit side by side they go on in a further row. Of a journey with more than 60
    /// touchpoints it draws the overview of those that customers meet most, and says so.
    pub fn svg(&self) -> Svg<'_> {
        Svg::new(Subject::Map(self), 1120)
    }
}

impl Trajectory {
    /// The trajectory as a picture: feelings before, during and after with their spread, and moment by moment.
    pub fn svg(&self) -> Svg<'_> {
        Svg::new(Subject::Chart(self), 720)
    }
}

impl Steps {
    /// The steps as a picture: a column for each of the first eight moments with the six touchpoints that most journeys come by,
    /// all others together and those that are over, and bands for where journeys go from one moment to the next.
    pub fn svg(&self) -> Svg<'_> {
        Svg::new(Subject::Steps(self), 1120)
    }
}

impl Drivers {
    /// The drivers of one ending as a picture, that of the first one: what goes with a bad feeling across, how many do without one
    /// upwards, the reach as size, 95 % intervals as lines, and lines at what matters (10 more of 100 that end so; 90 of 100
    /// without a bad feeling). The ten that would explain most, unless [`Svg::limit`] says otherwise.
    pub fn svg(&self) -> Svg<'_> {
        Svg::new(Subject::Drivers(self, None), 720)
    }

    /// The same with the names of the touchpoints instead of their ids.
    pub(in crate::render) fn svg_named<'a>(&'a self, names: &'a Names) -> Svg<'a> {
        Svg::new(Subject::Drivers(self, Some(names)), 720)
    }
}

impl Segments {
    /// The emotional curve of each segment as a small picture, all on one scale, with its band and the curve of all others.
    pub fn svg(&self) -> Svg<'_> {
        Svg::new(Subject::Segments(self), 1120)
    }
}

impl Windows {
    /// Each headline figure over all windows as a small picture with its band.
    pub fn svg(&self) -> Svg<'_> {
        Svg::new(Subject::Windows(self), 1120)
    }
}

impl Fixes {
    /// The ranking as a picture: a bar for each fix that changes something, the best ten unless [`Svg::limit`] says otherwise,
    /// with its 95 % interval where there is one. Where the effect is not known it says so.
    ///
    /// ```
    /// use customer_journey::{Channel, Goal, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint};
    /// let fixes = Journey::builder("Delivery")
    ///     .touchpoint(
    ///         Touchpoint::new("delivery", Phase::During, Channel::Post)
    ///             .promise(Promise::new("on time").kept(80.0).broken(20.0))
    ///             .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0)
    ///             .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
    ///     )
    ///     .build()?
    ///     .flow()?
    ///     .fixes(&Goal::Reduce(Outcome::Churn));
    /// assert!(fixes.svg().to_string().contains("+20.0 of 100"));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    pub fn svg(&self) -> Svg<'_> {
        Svg::new(Subject::Bars(self, None), 720)
    }

    /// The same with the names of the touchpoints instead of their ids.
    pub(in crate::render) fn svg_named<'a>(&'a self, names: &'a Names) -> Svg<'a> {
        Svg::new(Subject::Bars(self, Some(names)), 720)
    }
}

impl Svg<'static> {
    /// The curves of two journeys.
    pub(crate) fn of_curves(shown: TwoCurves) -> Self {
        Self::new(Subject::Curves(Box::new(shown)), 720)
    }

    /// A plan and what happens.
    pub(crate) fn of_deviations(shown: Deviations) -> Self {
        Self::new(Subject::Deviations(Box::new(shown)), 720)
    }
}

impl<'a> Svg<'a> {
    const NARROWEST: u16 = 320;
    const WIDEST: u16 = 16_000;

    fn new(subject: Subject<'a>, width: u16) -> Self {
        Self {
            subject,
            options: Options {
                preset: Preset::default(),
                width: width.into(),
                id: "journey".to_owned(),
                lang: "en".to_owned(),
                language: Language::english(),
                outcome: Outcome::Churn,
                navigable: true,
                top: 10,
                lanes: None,
                columns: None,
            },
        }
    }

    /// Sets for whom it is drawn; the overview unless set. A chart only turns black and white for print.
    pub fn preset(mut self, preset: Preset) -> Self {
        self.options.preset = preset;
        self
    }

    /// Sets how wide the picture may become in pixels, from 320 to 16,000: 1120 unless set, which fits A4 across, or
    /// 720 for a chart. Give 390 for a phone. A picture of few touchpoints is narrower.
    pub fn width(mut self, pixels: u16) -> Self {
        self.options.width = pixels.clamp(Self::NARROWEST, Self::WIDEST).into();
        self
    }

    /// Sets the id of the picture, with which all other ids in it begin: `journey` unless set. Of the text only ASCII
    /// letters, digits, `-` and `_` are taken, from the first letter on.
    pub fn id_prefix(mut self, prefix: &str) -> Self {
        let fit = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let id: String = prefix
            .chars()
            .filter(fit)
            .skip_while(|c| !c.is_ascii_alphabetic())
            .collect();
        if !id.is_empty() {
            self.options.id = id;
        }
        self
    }

    /// Sets the language in which a map or the chart of a trajectory says what it says by itself: names of rows, phases, channels,
    /// endings and feelings, and what the signs mean. English unless set. It is taken as the language of the journey's names too,
    /// unless [`Svg::lang`] is called afterwards. The sentences about the greatest pains, the description of a map for readers of
    /// screens, and other charts stay English.
    ///
    /// ```
    /// use customer_journey::language::Language;
    /// use customer_journey::{Channel, Feeling, Journey, Phase, Touchpoint};
    /// let kø = Touchpoint::new("kø", Phase::During, Channel::Phone).feels(Feeling::Frustration);
    /// let flow = Journey::builder("Hjelp").touchpoint(kø).build()?.flow()?;
    /// let map = flow.svg().language(Language::norwegian()).to_string();
    /// assert!(map.contains("frustrasjon") && map.contains("telefon"));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    pub fn language(mut self, language: Language) -> Self {
        let tag = language.tag.clone().into_owned();
        self.options.language = language;
        self.lang(&tag)
    }

    /// Sets the language of the journey's names, as a language tag such as `nb` or `pt-BR`: `en` unless set. What the
    /// picture says by itself is a matter of [`Svg::language`].
    pub fn lang(mut self, tag: &str) -> Self {
        let fit = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !tag.is_empty() && tag.chars().all(fit) {
            tag.clone_into(&mut self.options.lang);
        }
        self
    }

    /// Sets the outcome about which the map's moments of truth decide; churn unless set.
    pub fn outcome(mut self, outcome: impl Into<Outcome>) -> Self {
        self.options.outcome = outcome.into();
        self
    }

    /// Sets how many fixes have a bar; ten unless set. Maps and charts of feelings are drawn whole.
    pub fn limit(mut self, most: usize) -> Self {
        self.options.top = most;
        self
    }

    /// Sets which rows a map has below its phases, and in which order, instead of those of the preset. Rows in which nothing
    /// would stand are left out. Charts have no rows.
    ///
    /// ```
    /// use customer_journey::render::Lane;
    /// use customer_journey::{Channel, Journey, Phase, Touchpoint};
    /// let call = Touchpoint::new("call", Phase::During, Channel::Phone).feels(-0.5).quote("Forty minutes!");
    /// let flow = Journey::builder("Help").touchpoint(call).build()?.flow()?;
    /// let map = flow.svg().lanes([Lane::Quotes, Lane::Feeling, Lane::Ideas]).to_string();
    /// assert!(map.contains("Forty minutes!") && !map.contains("Ideas"));
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    pub fn lanes(mut self, lanes: impl IntoIterator<Item = Lane>) -> Self {
        self.options.lanes = Some(lanes.into_iter().collect());
        self
    }

    /// Sets how many touchpoints a map shows at most: those that customers meet most. Unless set, a map of more than 60 is an
    /// overview of 24 of them.
    pub fn columns(mut self, most: usize) -> Self {
        self.options.columns = Some(most);
        self
    }

    /// Sets whether readers of screens can go from touchpoint to touchpoint, which they can unless this is `false`; it
    /// is one picture to them then.
    pub fn navigable(mut self, navigable: bool) -> Self {
        self.options.navigable = navigable;
        self
    }
}

impl Options {
    fn palette(&self) -> &'static Palette {
        match self.preset {
            Preset::Print => &MONOCHROME,
            Preset::Overview | Preset::Workshop | Preset::Blueprint => &SUNSET,
        }
    }

    /// Puts what was drawn into its frame, with a description in English.
    fn frame(&self, kind: &str, size: (f64, f64), about: (&str, &str), drawn: Canvas) -> Drawing {
        self.frame_told_in("en", kind, size, about, drawn)
    }

    /// Puts what was drawn into its frame, with a description in a language.
    fn frame_told_in(
        &self,
        told_in: &str,
        kind: &str,
        size: (f64, f64),
        about: (&str, &str),
        drawn: Canvas,
    ) -> Drawing {
        let Self { id, lang, .. } = self;
        let role = if self.navigable {
            "graphics-document document"
        } else {
            "img"
        };
        let (width, height) = (N(size.0.ceil()), N(size.1.ceil()));
        let mut canvas = Canvas::new();
        canvas.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" class=\"cj {kind}\" role=\"{role}\" \
             aria-labelledby=\"{id}-title {id}-desc\" lang=\"{lang}\" xml:lang=\"{lang}\" width=\"{width}\" \
             height=\"{height}\" viewBox=\"0 0 {width} {height}\" style=\"max-width:100%;height:auto;direction:ltr\">"
        ));
        canvas.put(format_args!(
            "<title id=\"{id}-title\">{}</title>",
            Escaped(about.0)
        ));
        canvas.put(format_args!(
            "<desc id=\"{id}-desc\"{}>{}</desc>",
            if lang == told_in {
                String::new()
            } else {
                format!(" lang=\"{told_in}\" xml:lang=\"{told_in}\"")
            },
            Escaped(about.1)
        ));
        self.palette().write(&mut canvas, id);
        canvas.rect("cj-paper", [0.0, 0.0, size.0.ceil(), size.1.ceil()], 0.0);
        Drawing {
            markup: canvas.finish() + &drawn.finish() + "</svg>\n",
            size,
        }
    }
}

impl Svg<'_> {
    pub(in crate::render) fn drawing(&self) -> Drawing {
        match &self.subject {
            Subject::Map(flow) => map::draw(flow, &self.options),
            Subject::Chart(trajectory) => chart::draw(trajectory, &self.options),
            Subject::Segments(segments) => {
                multiples::draw(&Multiples::of_segments(segments), &self.options)
            }
            Subject::Windows(windows) => {
                multiples::draw(&Multiples::of_windows(windows), &self.options)
            }
            Subject::Bars(fixes, names) => bars::draw(fixes, *names, &self.options),
            Subject::Curves(shown) => sides::curves(shown, &self.options),
            Subject::Deviations(shown) => sides::deviations(shown, &self.options),
            Subject::Steps(steps) => steps::draw(steps, &self.options),
            Subject::Drivers(known, names) => drivers::draw(known, *names, &self.options),
        }
    }
}

impl fmt::Display for Svg<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.drawing().markup)
    }
}
