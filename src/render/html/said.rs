//! What people say and do, touchpoint by touchpoint: the words of the workshop, in the language of the page.

use super::Story;
use super::markup::Page;
use super::speech::Speech;
use crate::journey::{KeyFigure, Touchpoint};
use crate::page::words::{name, soft};
use crate::render::number::whole;

/// So many touchpoints are told; the document has all.
const TOLD: usize = 100;

/// Whether anybody said or noted anything.
pub(super) fn is_worth_telling(story: &Story<'_>) -> bool {
    story.journey.touchpoints().any(has_words)
}

fn has_words(at: &Touchpoint) -> bool {
    let texts = [&at.does, &at.notes, &at.backstage];
    let is_said =
        |text: &&Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    texts.iter().any(is_said)
        || !at.quotes.is_empty()
        || !at.ideas.is_empty()
        || !at.figures.is_empty()
        || at.image.is_some()
}

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let says = Speech(&story.options.language);
    let sequence = story.flow.sequence();
    let told: Vec<&Touchpoint> = sequence.into_iter().filter(|at| has_words(at)).collect();
    page.open_with("div class=\"cards flow said\"", "lang", &says.0.tag);
    for at in told.iter().take(TOLD) {
        touchpoint(page, story, says, at);
    }
    page.close();
    let more = told.len().saturating_sub(TOLD);
    if more > 0 {
        page.line("p class=\"soft\"", says.say("and {} more", &[&whole(more)]));
    }
}

fn touchpoint(page: &mut Page, story: &Story<'_>, says: Speech<'_>, at: &Touchpoint) {
    let label = story.label(&at.id);
    page.open("article class=\"card\"");
    story.writer(page).line("h3", &name(label));
    let mut about = vec![says.0.phase(at.phase).to_owned(), says.channel(&at.channel)];
    about.extend(at.owner.as_deref().map(name));
    story
        .writer(page)
        .line("p class=\"meta\"", &about.join(" · "));
    if let Some(image) = &at.image {
        page.image(image, &format!("{}: {label}", says.word("Picture")));
    }
    page.open("dl class=\"words\"");
    let quotes = at
        .quotes
        .iter()
        .map(|quote| says.say("“{}”", &[&name(quote)]));
    let ideas = at.ideas.iter().map(|idea| name(idea));
    let figures = at.figures.iter().map(|figure| measured(says, figure));
    let text = |text: &Option<String>| {
        let text = text.as_deref().filter(|text| !text.trim().is_empty());
        text.map(name).into_iter().collect::<Vec<String>>()
    };
    let words: [(&'static str, Vec<String>); 6] = [
        ("What they do", text(&at.does)),
        ("What they say", quotes.collect()),
        ("Notes", text(&at.notes)),
        ("Backstage", text(&at.backstage)),
        ("Measured", figures.collect()),
        ("Ideas", ideas.collect()),
    ];
    for (what, said) in words.into_iter().filter(|(_, said)| !said.is_empty()) {
        page.open("div");
        page.line("dt", says.word(what));
        for said in said {
            story.writer(page).line("dd", &said);
        }
        page.close();
    }
    page.close();
    page.close();
}

fn measured(says: Speech<'_>, figure: &KeyFigure) -> String {
    let value = says.figure(&figure.value.to_string());
    let known = figure.n.map(|n| soft(&format!(" (n {n})")));
    format!(
        "{}: {value}{}",
        name(&figure.label),
        known.unwrap_or_default()
    )
}
