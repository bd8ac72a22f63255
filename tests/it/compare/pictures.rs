//! The pictures of a comparison.

use super::counted::{log, side};
use super::{journey_q, plan_abc};
use crate::ask::journey_w;
use crate::generate::Rng;
use crate::html::page::Page;
use customer_journey::compare::Side;

/// How often a mark is in a picture.
fn marks(picture: &str, class: &str) -> usize {
    picture.matches(&format!("class=\"{class}\"")).count()
}

#[test]
fn both_curves_with_bands_where_counted() {
    let mut rng = Rng::new(5);
    let (a, b) = (log(&mut rng, 300, 0.6), log(&mut rng, 300, 0.6));
    let comparison = side("May <b>", &a).compare(&side("June", &b));
    let picture = comparison.svg().to_string();
    assert!(picture.contains("May &lt;b&gt;") && !picture.contains("<b>"));
    assert_eq!(marks(&picture, "cj-band"), 2);
    assert!(marks(&picture, "cj-quiet") > 1 && marks(&picture, "cj-curve") > 1);
    // Drawn maps have no bands, and these no feelings.
    let drawn = journey_w().compare(&journey_q());
    let without_feelings = drawn.svg().to_string();
    assert_eq!(marks(&without_feelings, "cj-band"), 0);
    assert!(without_feelings.contains("How long journeys go on, moment by moment"));
    assert!(without_feelings.contains("No feeling is known on either side."));
    assert!(drawn.html().contains("How long both go on") && !drawn.html().contains("Both curves"));
    assert!(drawn.plan_svg().is_none());
}

/// The plan's three ways and its ends quiet, W's ways strong, and those the plan lacks apart.
#[test]
fn a_plan_quiet_and_what_happens_strong() {
    for turned in [false, true] {
        let (plan, real) = (
            Side::of_flow("planned", &plan_abc()),
            Side::of_flow("real", &journey_w()),
        );
        let comparison = if turned {
            real.compare(&plan)
        } else {
            plan.compare(&real)
        };
        let picture = comparison.plan_svg().unwrap().to_string();
        // start -> a -> b -> c -> end, and a sample in the heading.
        assert_eq!(marks(&picture, "cj-planned"), 5);
        assert_eq!(marks(&picture, "cj-real"), 4);
        // a -> c, a -> end, b -> a, b -> end, c -> b.
        assert_eq!(marks(&picture, "cj-astray"), 5);
        assert!(
            picture.contains("1: 30 of 100 leave the plan first on the way from a to c"),
            "{picture}"
        );
    }
}

/// One page with what the text says, whatever sides are called.
#[test]
fn a_page_with_both_curves_and_the_plan() {
    let mut rng = Rng::new(6);
    let real = side(
        "June <script>alert(1)</script> & more",
        &log(&mut rng, 100, 0.6),
    );
    let comparison = Side::of_flow("as \"meant\"", &plan_abc()).compare(&real);
    let html = comparison.html();
    assert!(!html.contains("<script"), "{html}");
    let page = Page::read(&html);
    let headings = page.headings(2);
    for heading in [
        "What is compared",
        "Both curves",
        "What happens on the plan",
        "The figures",
    ] {
        assert!(
            headings.iter().any(|known| known == heading),
            "{headings:?}"
        );
    }
    assert_eq!(page.headings(1).len(), 1);
    let mut ids = page.ids();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    // Without a plan there is no picture of one.
    let drawn = Page::read(&journey_w().compare(&journey_q()).html());
    assert!(
        !drawn
            .headings(2)
            .contains(&"What happens on the plan".to_owned())
    );
}
