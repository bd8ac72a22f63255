//! Facts that customers remember, as the command line states them.

use customer_journey::facts::{Fact, FactKind, FeltLevel};

/// What is to be remembered.
#[derive(Debug, Clone)]
pub(super) enum Stated {
    Auto,
    Fact(Fact),
}

const FORMS: &str = "auto, first:PROMISE, start:channel, start:touchpoint, start:segment, visited:TOUCHPOINT, times:TOUCHPOINT, felt:TOUCHPOINT<=-0.25, \
     felt<=-0.25, felt>=0.25, lowest:-0.25,0.25, highest:-0.25,0.25, broken, moments:6 or mood, each with NAME= before it if it \
     is to have another name";

pub(super) fn stated(text: &str) -> Result<Stated, String> {
    if text == "auto" {
        return Ok(Stated::Auto);
    }
    // A name ends at the first sign of equality that is not one of a comparison.
    let (name, form) = match text.split_once('=') {
        Some((name, form)) if !name.ends_with(['<', '>']) => (Some(name), form),
        _ => (None, text),
    };
    if let Some(classes) = form.trim().strip_prefix("moments:")
        && classes.contains(',')
    {
        return Err(
            "a learned map tells each number of moments apart up to one number, since only then the counted endings come out; \
             write one, such as moments:6"
                .to_owned(),
        );
    }
    let kind = kind(form).ok_or_else(|| format!("no such fact; write {FORMS}"))?;
    let own = match &kind {
        FactKind::First { promise } => promise.clone(),
        FactKind::Start(_) => "start".to_owned(),
        _ => form.to_owned(),
    };
    Ok(Stated::Fact(Fact::new(
        name.map_or(own, str::to_owned),
        kind,
    )))
}

fn kind(form: &str) -> Option<FactKind> {
    for (sign, level) in [
        ("<=", FeltLevel::AtMost as fn(f64) -> FeltLevel),
        (">=", FeltLevel::AtLeast),
    ] {
        if let Some((felt, number)) = form.split_once(sign) {
            let level = level(number.trim().parse().ok()?);
            let fact = match felt.trim().strip_prefix("felt")? {
                "" => Fact::felt("", level),
                at => Fact::felt_at("", at.strip_prefix(':')?.trim(), level),
            };
            return Some(fact.kind);
        }
    }
    let (kind, of) = form.split_once(':').unwrap_or((form, ""));
    let of = of.trim();
    let levels = || -> Option<Vec<f64>> {
        of.split(',')
            .map(|level| level.trim().parse().ok())
            .collect()
    };
    Some(match (kind.trim(), of) {
        ("start", "channel") => Fact::start_channel("").kind,
        ("start", "touchpoint") => Fact::start_touchpoint("").kind,
        ("start", "segment") => Fact::start_segment("").kind,
        ("broken", "") => FactKind::Broken,
        ("mood", "") => FactKind::Mood,
        (_, "") => return None,
        ("first", _) => Fact::first("", of).kind,
        ("visited", _) => Fact::visited("", of).kind,
        ("times", _) => Fact::times("", of).kind,
        ("lowest", _) => FactKind::Lowest { levels: levels()? },
        ("highest", _) => FactKind::Highest { levels: levels()? },
        ("moments", _) => FactKind::Moments {
            from: of
                .split(',')
                .map(|from| from.trim().parse().ok())
                .collect::<Option<_>>()?,
        },
        _ => return None,
    })
}
