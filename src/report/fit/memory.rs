//! What is said of the tests of memory.

use crate::journey::{MemoryOf, MemoryTest};
use crate::page::number::{count, list, whole};
use crate::page::words::{name, place};
use crate::page::{Block, Cell, Detail, Section, Table, fixed, number, text};

/// So many are named in a sentence.
const TOLD: usize = 5;

/// Where what comes next hangs on what was before, and the tests.
pub(super) fn tell(section: &mut Section, tests: &[MemoryTest]) {
    let (ways, endings): (Vec<&MemoryTest>, Vec<&MemoryTest>) = tests
        .iter()
        .partition(|test| test.about == MemoryOf::CameFrom);
    if !ways.is_empty() {
        section.say(match clear(&ways) {
            (0, _) => format!(
                "Nowhere does it show that where customers go next hangs on where they came from ({} tested).",
                touchpoints(ways.len())
            ),
            (found, named) => format!(
                "Where customers go next hangs on where they came from at {} of {}, most at {named}.",
                whole(found),
                touchpoints(ways.len())
            ),
        });
    }
    if !endings.is_empty() {
        section.say(match clear(&endings) {
            (0, _) => "How journeys end hangs clearly on nothing that was tested: first results of promises, the first \
                       channel, segments, bad feelings."
                .to_owned(),
            (_, named) => format!("How journeys end hangs on {named}."),
        });
    }
    section.put(Block::Fold(
        "What hangs on what came before, tested on whole journeys",
        vec![table(tests).into()],
    ));
}

fn touchpoints(number: usize) -> String {
    let noun = if number == 1 {
        "touchpoint"
    } else {
        "touchpoints"
    };
    format!("{} {noun}", whole(number))
}

/// How many are clear, and the strongest of them.
fn clear(tests: &[&MemoryTest]) -> (usize, String) {
    let clear = tests.iter().filter(|test| test.is_clear());
    let mut clear: Vec<&MemoryTest> = clear.copied().collect();
    clear.sort_by(|a, b| b.bits.total_cmp(&a.bits));
    let per = |test: &MemoryTest| match test.about {
        MemoryOf::CameFrom => "visit",
        _ => "journey",
    };
    let named: Vec<String> = clear
        .iter()
        .map(|test| format!("{} ({} bits a {})", what(test), bits(test), per(test)))
        .collect();
    (clear.len(), list(&named, TOLD))
}

fn bits(test: &MemoryTest) -> String {
    let few = 0.005;
    if test.bits < few {
        "less than 0.01".to_owned()
    } else {
        format!("{:.2}", test.bits)
    }
}

fn what(test: &MemoryTest) -> String {
    let of = test.of.as_deref().unwrap_or_default();
    match test.about {
        MemoryOf::CameFrom => place(of),
        MemoryOf::FirstResult => format!("the first result of {}", name(of)),
        MemoryOf::StartChannel => "the first channel".to_owned(),
        MemoryOf::Segment => "the segment".to_owned(),
        MemoryOf::FeltBad => format!("a bad feeling at {}", place(of)),
    }
}

fn table(tests: &[MemoryTest]) -> Table {
    const CAPTION: &str = "What comes next, held against what was before";
    let before = |test: &MemoryTest| match test.about {
        MemoryOf::CameFrom => format!("{}: where they came from", what(test)),
        _ => what(test),
    };
    let chance = |p: Option<f64>| Cell::or_none(p, |p| Cell::words(said(p)));
    Table::of(tests, CAPTION, ("test", "tests"))
        .key("fit_memory")
        .data("about", |test| Cell::Word(test.about.as_str()))
        .data("of", |test| Cell::or_none(test.of.as_deref(), Cell::name))
        .shown(Detail::Brief, text("what was before"), move |test| {
            Cell::words(before(test))
        })
        .shown(Detail::Brief, fixed("next"), |test| {
            Cell::words(match test.about {
                MemoryOf::CameFrom => "where they go",
                _ => "how it ends",
            })
        })
        .brief("cases", number("visits or\njourneys"), |test| {
            Cell::count(test.cases as f64)
        })
        .brief("bits", number("bits each"), |test| Cell::times(test.bits))
        .full("g2", number("G2"), |test| Cell::times(test.g2))
        .full("df", number("degrees of\nfreedom"), |test| {
            Cell::count(test.df as f64)
        })
        .data("p", |test| Cell::times(test.p))
        .data("p_adjusted", |test| Cell::times(test.p_adjusted))
        .shown(Detail::Full, number("by chance,\nadjusted"), move |test| {
            chance(test.p_adjusted)
        })
        .done()
}

/// A chance: "0.03", "below 0.001".
fn said(p: f64) -> String {
    const LEAST: f64 = 0.001;
    if p < LEAST {
        "below 0.001".to_owned()
    } else if p < 10.0 * LEAST {
        format!("{p:.3}")
    } else {
        count(p)
    }
}
