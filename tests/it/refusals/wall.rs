//! What stands on the wall and can not be shown is refused, all at once.

use customer_journey::journey::JourneyDocument;
use customer_journey::workshop::{KeyFigure, LARGEST_IMAGE};
use customer_journey::{Channel, Journey, Phase, Touchpoint};
use serde_json::json;

use super::lines;

#[test]
fn every_fault_of_the_wall_is_named() {
    let large = format!(
        "data:image/png;base64,{}",
        "A".repeat(LARGEST_IMAGE / 3 * 4 + 4)
    );
    let document = json!({
        "format": "customer-journey/1",
        "touchpoints": [
            {"id": "a", "phase": "before", "channel": "web", "does": 3, "quotes": "Why?", "ideas": ["Answer", " ", 4],
             "figures": [{"label": "", "value": 1}, {"value": 2, "n": 2.5}, {"label": "calls"}, 7],
             "image": "https://example.com/a.png"},
            {"id": "b", "phase": "before", "channel": "web", "image": "data:image/svg+xml;base64,PHN2Zy8+"},
            {"id": "c", "phase": "before", "channel": "web", "image": "data:image/png;base64,iVB?"},
            {"id": "d", "phase": "before", "channel": "web", "image": "data:image/jpeg;base64,iVBORw0KGgo="},
            {"id": "e", "phase": "before", "channel": "web", "image": large},
            {"id": "f", "phase": "before", "channel": "web", "image":
             "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAP//CAYAAAAfFcSJ"},
        ],
    });
    let document: JourneyDocument = serde_json::from_value(document).unwrap();
    let found = lines(&Journey::try_from(document).unwrap_err());
    assert_eq!(
        found,
        [
            "touchpoint \"a\": `does` is the number 3; it must be text",
            "touchpoint \"a\": `quotes` is the text \"Why?\"; it must be a list of what customers said",
            "touchpoint \"a\": item 3 of `ideas` is the number 4; it must be text",
            "touchpoint \"a\": `label` in figure 2 is missing; it must be what was measured, in a few words",
            "touchpoint \"a\": `n` in figure 2 is the number 2.5; it must be a whole number from 0 to 4294967295",
            "touchpoint \"a\": `value` in figure 3 is missing; it must be a number",
            "touchpoint \"a\": figure 4 is the number 7; it must be an object such as {\"label\": \"minutes in the queue\", \
             \"value\": 40, \"n\": 214}",
            "touchpoint \"a\": item 2 of `ideas` is empty; it needs at least one character that is not a blank",
            "touchpoint \"a\": `label` in figure 1 is empty; it needs at least one character that is not a blank",
            "touchpoint \"a\": `image` begins with \"https://example.com/a.p\"; it must be a data URI that begins with \
             \"data:image/png;base64,\" or \"data:image/jpeg;base64,\"",
            "touchpoint \"b\": `image` begins with \"data:image/svg+xml;base\"; it must be a data URI that begins with \
             \"data:image/png;base64,\" or \"data:image/jpeg;base64,\"",
            "touchpoint \"c\": `image` holds no base64: character 4 after the comma is not of it",
            "touchpoint \"d\": `image` does not hold what it says it does: its bytes are no JPEG picture",
            "touchpoint \"e\": `image` has 262146 bytes; at most 262144 may be: make the picture smaller, a width of 640 pixels is enough",
            "touchpoint \"f\": `image` is 1 pixels wide and 65535 high; each may be 1 to 4096",
        ]
    );
}

#[test]
fn a_figure_is_a_finite_number() {
    let drawn = Touchpoint::new("a", Phase::During, Channel::Web)
        .quote("")
        .figure(KeyFigure::new("calls", f64::NAN).of(3));
    let journey = Journey::builder("Calls").touchpoint(drawn).build();
    assert_eq!(
        lines(&journey.unwrap_err()),
        [
            "touchpoint \"a\": item 1 of `quotes` is empty; it needs at least one character that is not a blank",
            "touchpoint \"a\": `value` in figure 1 is NaN; it must be a finite number",
        ]
    );
}
