//! One section of the page, for pages of others.

use std::borrow::Cow;

use super::markup::Page;
use super::style;
use super::{Html, Story, own, parts};
use crate::report::Report;

impl<'a> Html<'a> {
    /// The style sheet of the page, for a page of yours that shows sections of this one.
    pub const STYLE: &'static str = style::SHEET;

    /// Takes a report that is at hand already, instead of asking every question of it again. It must be the
    /// [`report`](crate::Flow::report) of the same flow, or the page contradicts itself.
    pub fn report(mut self, report: &'a Report) -> Self {
        self.report = Some(report);
        self
    }

    /// One section of the page as markup, a `<section>` with this id; `None` where the page has none of it. The ids are
    /// those to which the page's contents link, such as `answer`, `the-map` and `help`.
    ///
    /// It holds no script and no link to elsewhere, and every name in it is made harmless, as on the whole page.
    ///
    /// ```
    /// use customer_journey::{Channel, Feeling, Journey, Outcome, Phase, Touchpoint};
    /// let flow = Journey::builder("Visit <soon>")
    ///     .touchpoint(Touchpoint::new("shop", Phase::During, Channel::Store).feels(-0.3).ends(Outcome::Loyalty, 1.0))
    ///     .build()?
    ///     .flow()?;
    /// let report = flow.report();
    /// let page = flow.html().report(&report);
    /// let answer = page.section("answer").unwrap();
    /// assert!(answer.starts_with("<section") && page.to_string().contains(&answer));
    /// assert_eq!(page.section("weather"), None);
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    #[must_use]
    pub fn section(&self, id: &str) -> Option<String> {
        let report = self.asked();
        let story = Story::new(self.flow, &report, &self.options);
        // What help there is, is there only where something can be fixed.
        let part = match own(id, &story).filter(|_| id != "help") {
            Some(part) => part,
            None => parts(&story).into_iter().find(|part| part.id() == id)?,
        };
        let mut page = Page::new(self.options.lang.clone());
        part.print(&mut page, &story);
        Some(page.finish())
    }

    /// The report that is at hand, or a new one.
    pub(super) fn asked(&self) -> Cow<'a, Report> {
        match self.report {
            Some(report) => Cow::Borrowed(report),
            None => Cow::Owned(self.flow.report()),
        }
    }
}
