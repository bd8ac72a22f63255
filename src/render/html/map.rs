//! The map as a picture.

use super::Story;
use super::markup::Page;

pub(super) fn print(page: &mut Page, story: &Story<'_>) {
    let picture = |id: &str, width| {
        let language = story.options.language.clone();
        let drawn = story
            .flow
            .svg()
            .language(language)
            .preset(story.options.preset);
        let drawn = drawn.outcome(story.options.outcome.clone());
        let drawn = drawn.width(width).id_prefix(id).navigable(false);
        match &story.options.lang {
            Some(lang) => drawn.lang(lang).drawing(),
            None => drawn.drawing(),
        }
    };
    let wide = picture("map", 1120);
    page.open(if is_flat(wide.size) {
        "figure class=\"card map flat\""
    } else {
        "figure class=\"card map\""
    });
    page.picture("The journey map", &wide, &picture("map-narrow", 332));
    page.line(
        "figcaption",
        "From left to right the touchpoints before, during and after; below each what customers feel there, from -1 to +1. A \
         hollow marker and a gap in the line: nobody knows.",
    );
    page.close();
}

/// Whether a picture becomes larger on A4 lying than standing.
fn is_flat((width, height): (f64, f64)) -> bool {
    // What there is room for within the margins, in millimetres.
    let scale = |across: f64, down: f64| (across / width).min(down / height);
    scale(277.0, 158.0) > scale(194.0, 246.0)
}
