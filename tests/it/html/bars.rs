//! The fixes as bars: as long as their gains, with their intervals, and none where nothing is known.

use customer_journey::{
    Ability, Channel, Evidence, Flow, Goal, Journey, Outcome, Phase, Promise, PromiseResult, Svg,
    Touchpoint,
};

use crate::svg::xml::{Element, parse};

/// Counted: late parcels cost customers, and whoever gets one on time at the second try is annoyed for good.
fn counted() -> Flow {
    let seen =
        |id: &str, phase| Touchpoint::new(id, phase, Channel::Post).evidence(Evidence::Observed);
    Journey::builder("Parcel")
        .touchpoint(
            seen("first", Phase::Before)
                .promise(Promise::new("on time").kept(60.0).broken(40.0))
                .ends_when(PromiseResult::Kept, Outcome::Loyalty, 60.0),
        )
        .touchpoint(
            seen("second", Phase::During)
                .promise(Promise::new("on time").kept(10.0).broken(30.0))
                .ends_when(PromiseResult::Kept, Outcome::Churn, 10.0)
                .ends_when(PromiseResult::Broken, Outcome::Churn, 6.0)
                .ends_when(PromiseResult::Broken, Outcome::Loyalty, 24.0),
        )
        .transition_when(PromiseResult::Broken, "first", "second", 40.0)
        .build()
        .unwrap()
        .flow()
        .unwrap()
}

fn drawn(svg: &Svg<'_>) -> Vec<Element> {
    parse(&svg.to_string()).unwrap()
}

fn of_class<'e>(elements: &'e [Element], class: &'e str) -> Vec<&'e Element> {
    let is = |element: &&Element| {
        let classes = element.attribute("class").unwrap_or_default();
        classes.split(' ').any(|one| one == class)
    };
    elements.iter().filter(is).collect()
}

fn number(element: &Element, key: &str) -> f64 {
    element.attribute(key).unwrap().parse().unwrap()
}

fn texts(elements: &[Element]) -> Vec<&str> {
    let texts = elements.iter().filter(|element| element.name == "text");
    texts.map(|element| element.text.as_str()).collect()
}

/// From and to of a whisker, in pixels.
fn ends(whisker: &Element) -> (f64, f64) {
    let data = whisker.attribute("d").unwrap();
    let places: Vec<f64> = data
        .split('M')
        .skip(1)
        .map(|piece| piece.split(' ').next().unwrap().parse().unwrap())
        .collect();
    (places[0], places[1])
}

#[test]
fn bars_are_as_long_as_their_gains() {
    let flow = counted();
    let fixes = flow.fixes(&Goal::Reduce(Outcome::Churn));
    // Churn is 0.4 (0.25 + 0.75 * 0.2) = 0.16. Keeping the first promise takes all of it away; keeping the second makes it 0.4.
    let gains: Vec<f64> = fixes.ranked.iter().filter_map(|fix| fix.gain).collect();
    assert!((gains[0] - 0.16).abs() < 1e-12 && (gains.last().unwrap() + 0.24).abs() < 1e-12);
    for width in [320, 500, 720, 1500] {
        let drawn = drawn(&fixes.svg().width(width));
        let (gain, loss) = (of_class(&drawn, "cj-gain"), of_class(&drawn, "cj-loss"));
        assert_eq!((gain.len(), loss.len()), (1, 1));
        let zero = number(gain[0], "x");
        let unit = number(gain[0], "width") / 0.16;
        assert!((number(loss[0], "width") - 0.24 * unit).abs() < 0.5);
        assert!((number(loss[0], "x") + number(loss[0], "width") - zero).abs() < 0.2);
        // Whiskers lie where the intervals are, on the same scale.
        let whiskers = of_class(&drawn, "cj-whisker");
        let drawn_fixes = [&fixes.ranked[0], fixes.ranked.last().unwrap()];
        assert_eq!(whiskers.len(), 2);
        for (whisker, fix) in whiskers.iter().zip(drawn_fixes) {
            let (from, to) = fix.interval.unwrap();
            let (left, right) = ends(whisker);
            assert!((left - zero - from * unit).abs() < 0.6, "{left} of {from}");
            assert!((right - zero - to * unit).abs() < 0.6, "{right} of {to}");
        }
        let texts = texts(&drawn);
        for said in ["+16.0 of 100", "-24.0 of 100", "0"] {
            assert!(texts.contains(&said), "{said} in {texts:?}");
        }
    }
}

#[test]
fn an_effect_that_nobody_knows_has_no_bar() {
    // Kept, the promise would lead in circles for ever.
    let flow = Journey::builder("Circle")
        .touchpoint(
            Touchpoint::new("call", Phase::During, Channel::Phone)
                .promise(Promise::new("called back").kept(1.0).broken(1.0))
                .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0),
        )
        .transition_when(PromiseResult::Kept, "call", "call", 1.0)
        .touchpoint(Touchpoint::new("start", Phase::Before, Channel::Web).starts(1.0))
        .transition("start", "call", 1.0)
        .build()
        .unwrap()
        .flow()
        .unwrap();
    let fixes = flow.fixes(&Goal::Reduce(Outcome::Churn));
    assert!(fixes.ranked.iter().any(|fix| fix.gain.is_none()));
    let drawn = drawn(&fixes.svg());
    assert!(texts(&drawn).contains(&"not known"));
    assert!(of_class(&drawn, "cj-gain").is_empty() && of_class(&drawn, "cj-loss").is_empty());
    let page = super::page(&flow);
    assert_eq!(
        page.table("What each fix changes").column("hurt"),
        ["not known"]
    );
}

#[test]
fn what_is_not_drawn_is_counted() {
    let flow = counted();
    let fixes = flow.fixes(&Goal::Reduce(Outcome::Churn));
    let one = drawn(&fixes.svg().limit(1))
        .iter()
        .map(|element| element.text.clone())
        .collect::<Vec<_>>();
    assert!(
        one.iter()
            .any(|text| text == "1 more fix is not drawn here."),
        "{one:?}"
    );
    assert!(
        one.iter()
            .any(|text| text == "2 more fixes change nothing about this."),
        "{one:?}"
    );
    let desk = Touchpoint::new("desk", Phase::During, Channel::Store).can(Ability::Listen);
    let content = Journey::builder("Content")
        .touchpoint(desk)
        .build()
        .unwrap();
    let none = content.flow().unwrap().fixes(&Goal::RaiseMean);
    let none = drawn(&none.svg());
    assert!(texts(&none).contains(&"There is nothing to fix."));
}
