//! A page of a single answer with its pictures: what is beside each other.

use super::blocks::{Painter, Size, Writer};
use super::footer;
use super::markup::Page;
use super::style;
use crate::page::words::plain;
use crate::page::{Names, Picture, Section};
use crate::render::svg::{Drawing, Svg};

/// A picture of such a page.
pub(crate) struct Shown {
    /// Its place on the page.
    pub(crate) id: &'static str,
    /// What it is called, also by readers of screens.
    pub(crate) title: &'static str,
    /// How it is read.
    pub(crate) caption: &'static str,
    pub(crate) picture: Svg<'static>,
}

/// Answers that hold no pictures of their own.
struct Unpainted;

impl Painter for Unpainted {
    fn paint(&self, _: &Picture, _: &str, _: Size) -> Option<Drawing> {
        None
    }
}

/// The page: the first section, the pictures, and the other sections. The heading of the first one is that of the page.
pub(crate) fn page(eyebrow: &str, sections: &[Section], pictures: Vec<Shown>) -> String {
    let names = Names::default();
    let heading = sections
        .first()
        .map_or_else(String::new, |section| section.heading.clone());
    let mut page = Page::new(None);
    page.open("html lang=\"en\"");
    page.open("head");
    super::security(&mut page);
    page.line("title", plain(&heading));
    page.open("style");
    page.raw(style::SHEET);
    page.close();
    page.close();
    page.open("body");
    page.raw("<a class=\"skip\" href=\"#main\">Skip to the answer</a>\n");
    page.open("header");
    page.line("p class=\"eyebrow\"", eyebrow);
    writer(&mut page, &names).line("h1", &heading);
    page.close();
    page.open("nav aria-label=\"Sections\"");
    let pictured = pictures
        .iter()
        .map(|shown| (shown.id, shown.title.to_owned()));
    let others = sections.iter().skip(1);
    let others = others.map(|section| (section.id, plain(&section.heading)));
    let links = pictured.chain(others);
    page.list(
        "ol",
        links.map(|(id, words)| super::markup::Inline::new().link(id, &words)),
    );
    page.close();
    page.open("main id=\"main\"");
    if let Some(first) = sections.first() {
        page.open_with("section class=\"part\"", "id", first.id);
        page.line("h2", "What is compared");
        writer(&mut page, &names).blocks(&first.blocks);
        page.close();
    }
    for shown in pictures {
        let drawn = |id: String, width| {
            let picture = shown.picture.clone().width(width);
            picture.id_prefix(&id).navigable(false).drawing()
        };
        page.open_with("section class=\"part\"", "id", shown.id);
        page.line("h2", shown.title);
        page.open("figure class=\"card\"");
        let wide = drawn(format!("{}-wide", shown.id), 1120);
        let narrow = drawn(format!("{}-narrow", shown.id), 332);
        page.picture(shown.title, &wide, &narrow);
        page.line("figcaption", shown.caption);
        page.close();
        page.close();
    }
    for section in sections.iter().skip(1) {
        writer(&mut page, &names).section(section);
    }
    page.close();
    page.close();
    footer(&mut page, "");
    format!("<!DOCTYPE html>\n{}", page.finish())
}

fn writer<'w>(page: &'w mut Page, names: &'w Names) -> Writer<'w> {
    Writer {
        page,
        names,
        top: 10,
        painter: &Unpainted,
    }
}
