//! Colours, faces and the one style sheet of a picture.

use std::fmt::{self, Write};

use super::canvas::Canvas;
use super::width::Face;
use crate::view::valence::Step;

/// The colours of a picture: a name that hosts can set anew as a custom property, and what it is otherwise.
pub(super) struct Palette {
    colours: [(&'static str, &'static str); 18],
}

/// Paul Tol's "sunset" for feelings, which stays distinct in every kind of colour blindness; near-black text.
pub(super) const SUNSET: Palette = Palette {
    colours: [
        ("paper", "#ffffff"),
        ("ink", "#1b1f24"),
        ("soft", "#4c535d"),
        ("faint", "#6a717b"),
        ("rule", "#dfe2e6"),
        ("edge", "#a9b0b9"),
        ("way", "#7b838e"),
        ("phase", "#dde6ef"),
        ("stage", "#eff3f7"),
        ("spread", "#c3ccd6"),
        ("alarm", "#a50026"),
        ("good", "#24408e"),
        ("f1", "#a50026"),
        ("f2", "#fdb366"),
        ("f3", "#eaeccc"),
        ("f4", "#98cae1"),
        ("f5", "#364b9a"),
        ("zone", "#f5f7f9"),
    ],
};

/// Black, white and grey, for printers.
pub(super) const MONOCHROME: Palette = Palette {
    colours: [
        ("paper", "#ffffff"),
        ("ink", "#000000"),
        ("soft", "#333333"),
        ("faint", "#5c5c5c"),
        ("rule", "#d4d4d4"),
        ("edge", "#8a8a8a"),
        ("way", "#666666"),
        ("phase", "#e4e4e4"),
        ("stage", "#f3f3f3"),
        ("spread", "#cccccc"),
        ("alarm", "#000000"),
        ("good", "#000000"),
        ("f1", "#1a1a1a"),
        ("f2", "#6e6e6e"),
        ("f3", "#b4b4b4"),
        ("f4", "#dedede"),
        ("f5", "#ffffff"),
        ("zone", "#f7f7f7"),
    ],
};

/// What each class looks like; `$name` stands for a colour.
const RULES: &[(&str, &str)] = &[
    (".cj-paper", "fill:$paper"),
    (".cj-ink", "fill:$ink"),
    (".cj-soft", "fill:$soft"),
    (".cj-faint", "fill:$faint"),
    (".cj-alarm", "fill:$alarm"),
    (".cj-good", "fill:$good"),
    (".cj-quote", "fill:$ink;font-style:italic"),
    (
        ".cj-halo",
        "paint-order:stroke;stroke:$paper;stroke-width:4px;stroke-linejoin:round",
    ),
    (".cj-phase", "fill:$phase"),
    (".cj-stage", "fill:$stage"),
    (".cj-zone", "fill:$zone"),
    (".cj-spread", "fill:$spread"),
    (".cj-band", "fill:$spread;fill-opacity:0.6"),
    (".cj-card", "fill:$paper;stroke:$edge;stroke-width:1px"),
    (".cj-spine", "fill:$paper;stroke:$ink;stroke-width:1.6px"),
    (".cj-rule", "fill:none;stroke:$rule;stroke-width:1px"),
    (".cj-border", "fill:none;stroke:$edge;stroke-width:2px"),
    (".cj-zero", "fill:none;stroke:$edge;stroke-width:1px"),
    (
        ".cj-curve",
        "fill:none;stroke:$ink;stroke-width:2px;stroke-linecap:round",
    ),
    (
        ".cj-jump",
        "fill:none;stroke:$way;stroke-width:1.5px;stroke-dasharray:2 5;stroke-linecap:round",
    ),
    (
        ".cj-quiet",
        "fill:none;stroke:$soft;stroke-width:2px;stroke-dasharray:7 4;stroke-linecap:round",
    ),
    (".cj-band", "fill:$spread;fill-opacity:0.5"),
    (
        ".cj-planned",
        "fill:none;stroke:$spread;stroke-width:9px;stroke-linecap:round",
    ),
    (".cj-real", "fill:none;stroke:$ink;stroke-linecap:round"),
    (".cj-astray", "fill:none;stroke:$alarm;stroke-linecap:round"),
    (".cj-way", "fill:none;stroke:$way;stroke-width:1.3px"),
    (
        ".cj-back",
        "fill:none;stroke:$way;stroke-width:1.3px;stroke-dasharray:5 3",
    ),
    (".cj-main", "fill:none;stroke:$ink;stroke-width:2.6px"),
    (".cj-tip", "fill:$way"),
    (".cj-station", "fill:$paper;stroke:$ink;stroke-width:1.3px"),
    (
        ".cj-link",
        "fill:none;stroke:$alarm;stroke-width:1.6px;stroke-dasharray:1 4;stroke-linecap:round",
    ),
    (
        ".cj-mark",
        "fill:none;stroke:$soft;stroke-width:1.4px;stroke-linecap:round;stroke-linejoin:round",
    ),
    (
        ".cj-strike",
        "fill:none;stroke:$alarm;stroke-width:2px;stroke-linecap:round;stroke-linejoin:round",
    ),
    (
        ".cj-tick",
        "fill:none;stroke:$good;stroke-width:2px;stroke-linecap:round;stroke-linejoin:round",
    ),
    (
        ".cj-intended",
        "fill:$paper;stroke:$soft;stroke-width:1.4px;stroke-linejoin:round",
    ),
    (
        ".cj-bypass",
        "fill:none;stroke:$spread;stroke-linecap:round",
    ),
    (
        ".cj-sight",
        "fill:none;stroke:$ink;stroke-width:2px;stroke-dasharray:10 5",
    ),
    (".cj-person", "fill:$stage;stroke:$edge;stroke-width:1px"),
    (".cj-gain", "fill:$f4;stroke:$ink;stroke-width:1px"),
    (".cj-loss", "fill:$f2;stroke:$ink;stroke-width:1px"),
    (
        ".cj-under",
        "fill:none;stroke:$paper;stroke-width:4px;stroke-linecap:round",
    ),
    (
        ".cj-whisker",
        "fill:none;stroke:$ink;stroke-width:1.5px;stroke-linecap:round",
    ),
    (".cj-solid", "fill:$soft"),
    (".cj-pain", "fill:$alarm"),
    (".cj-f1", "fill:$f1;stroke:$ink;stroke-width:1.5px"),
    (".cj-f2", "fill:$f2;stroke:$ink;stroke-width:1.5px"),
    (".cj-f3", "fill:$f3;stroke:$ink;stroke-width:1.5px"),
    (".cj-f4", "fill:$f4;stroke:$ink;stroke-width:1.5px"),
    (".cj-f5", "fill:$f5;stroke:$ink;stroke-width:1.5px"),
    (
        ".cj-gap",
        "fill:$paper;stroke:$soft;stroke-width:1.5px;stroke-dasharray:3 2",
    ),
];

/// The faces that texts have.
pub(super) const FACES: [Face; 6] = [
    Face::SMALL,
    Face::bold(12.0),
    Face::STRONG,
    Face::regular(14.0),
    Face::bold(15.0),
    Face::bold(22.0),
];

/// The class of a valence: five steps from as bad as can be to as good as can be.
pub(in crate::render) fn class_of(valence: f64) -> &'static str {
    match Step::of(valence) {
        Step::VeryBad => "cj-f1",
        Step::Bad => "cj-f2",
        Step::Neutral => "cj-f3",
        Step::Good => "cj-f4",
        Step::VeryGood => "cj-f5",
    }
}

impl Palette {
    /// Writes the style sheet, every rule below the picture's own id.
    pub(super) fn write(&self, canvas: &mut Canvas, id: &str) {
        let mut sheet = String::new();
        let _ = self.rules(&mut sheet, id);
        canvas.put(format_args!("<style>{sheet}</style>"));
    }

    fn rules(&self, sheet: &mut String, id: &str) -> fmt::Result {
        write!(
            sheet,
            "\n#{id} text{{font-family:\"Liberation Sans\",Arial,Helvetica,\"Noto Sans\",sans-serif}}"
        )?;
        for face in FACES {
            let (size, heavy) = (face.size, if face.bold { "b" } else { "" });
            let weight = if face.bold { "bold" } else { "normal" };
            write!(
                sheet,
                "\n#{id} .cj-{size}{heavy}{{font-size:{size}px;font-weight:{weight}}}"
            )?;
        }
        for (class, rule) in RULES {
            write!(sheet, "\n#{id} {class}{{")?;
            for part in rule.split(';') {
                self.part(sheet, part)?;
            }
            sheet.push('}');
        }
        sheet.push('\n');
        Ok(())
    }

    /// A colour is written twice: as it is, for viewers that know no custom properties, and so that a host can set it.
    fn part(&self, sheet: &mut String, part: &str) -> fmt::Result {
        let Some((property, name)) = part.split_once(":$") else {
            return write!(sheet, "{part};");
        };
        let found = self.colours.iter().find(|(known, _)| *known == name);
        let colour = found.map_or("#000000", |(_, colour)| colour);
        write!(
            sheet,
            "{property}:{colour};{property}:var(--cj-{name},{colour});"
        )
    }
}
