//! The rows of a map: which there are, in which order, and which have something to show.

use super::{Column, Way};
use crate::journey::words;

words! {
    /// A row of the journey map, below the phases. [`Svg::lanes`](crate::Svg::lanes) says which are drawn, and in which order; a
    /// row in which nothing would stand is left out.
    ///
    /// ```
    /// use customer_journey::render::Lane;
    /// assert_eq!("quotes".parse(), Ok(Lane::Quotes));
    /// ```
    pub enum Lane as "lane" {
        /// What touchpoints are called. It is on every map: first, unless it is placed elsewhere.
        Touchpoint = "touchpoint",
        /// Pictures of touchpoints.
        Image = "image",
        /// What customers do.
        Does = "does",
        /// Where customer and provider meet.
        Channel = "channel",
        /// Where customers go next, with loops and ways back.
        Ways = "ways",
        /// How long it takes to get to the next touchpoint.
        Waits = "waits",
        /// What customers come for.
        Need = "need",
        /// What customers are told, and where that contradicts itself.
        Told = "told",
        /// What customers said.
        Quotes = "quotes",
        /// What customers feel, as a curve from -1 to +1.
        Feeling = "feeling",
        /// The feeling that the provider means to give, beside the one that is felt.
        Intended = "intended",
        /// Where it hurts most, and why.
        Pain = "pain",
        /// Where it feels best.
        Bright = "bright",
        /// Promises that are made and put to the test.
        Promise = "promise",
        /// Where the ending is decided.
        Truth = "truth",
        /// Figures that somebody measured.
        Figures = "figures",
        /// How many come.
        Comes = "comes",
        /// How journeys end.
        Ends = "ends",
        /// The line of visibility: what stands below it, customers do not see.
        Visibility = "visibility",
        /// What staff and systems do.
        Backstage = "backstage",
        /// Who answers for it.
        Owner = "owner",
        /// What is possible there.
        Abilities = "abilities",
        /// What a visit costs.
        Cost = "cost",
        /// Notes.
        Notes = "notes",
        /// What could be done about it.
        Ideas = "ideas",
    }
}

pub(super) const OVERVIEW: &[Lane] = &[Lane::Touchpoint, Lane::Channel, Lane::Feeling];
/// An overview of a map on which no feeling is known uses the room for promises and traffic.
pub(super) const WITHOUT_FEELINGS: &[Lane] = &[
    Lane::Touchpoint,
    Lane::Channel,
    Lane::Ways,
    Lane::Promise,
    Lane::Comes,
    Lane::Ends,
];
pub(super) const WHOLE: &[Lane] = &[
    Lane::Image,
    Lane::Touchpoint,
    Lane::Does,
    Lane::Channel,
    Lane::Ways,
    Lane::Waits,
    Lane::Need,
    Lane::Told,
    Lane::Quotes,
    Lane::Feeling,
    Lane::Intended,
    Lane::Pain,
    Lane::Bright,
    Lane::Promise,
    Lane::Truth,
    Lane::Figures,
    Lane::Comes,
    Lane::Ends,
    Lane::Backstage,
    Lane::Owner,
    Lane::Abilities,
    Lane::Cost,
    Lane::Notes,
    Lane::Ideas,
];
/// What customers do and see, then the line of visibility, then what happens behind it (Shostack 1984).
pub(super) const BLUEPRINT: &[Lane] = &[
    Lane::Image,
    Lane::Touchpoint,
    Lane::Does,
    Lane::Feeling,
    Lane::Channel,
    Lane::Told,
    Lane::Promise,
    Lane::Waits,
    Lane::Visibility,
    Lane::Backstage,
    Lane::Owner,
    Lane::Abilities,
    Lane::Figures,
    Lane::Cost,
    Lane::Ideas,
];

/// The lanes that are drawn of those that were asked for: each once, with that of the touchpoints, without those that are
/// empty, and with the line of visibility only where something stands on both sides of it.
pub(super) fn drawn(asked: &[Lane], columns: &[Column], ways: &[Way]) -> Vec<Lane> {
    let mut lanes = Vec::new();
    if !asked.contains(&Lane::Touchpoint) {
        lanes.push(Lane::Touchpoint);
    }
    for &lane in asked {
        if !lanes.contains(&lane) && (lane == Lane::Visibility || has(lane, columns, ways)) {
            lanes.push(lane);
        }
    }
    let line = lanes.iter().position(|&lane| lane == Lane::Visibility);
    if line.is_some_and(|line| line == 0 || line + 1 == lanes.len()) {
        lanes.retain(|&lane| lane != Lane::Visibility);
    }
    lanes
}

fn has(lane: Lane, columns: &[Column], ways: &[Way]) -> bool {
    columns.iter().any(|column| match lane {
        Lane::Touchpoint | Lane::Channel | Lane::Comes | Lane::Visibility => true,
        Lane::Image => column.wall.image.is_some(),
        Lane::Does => column.wall.does.is_some(),
        Lane::Ways => !ways.is_empty(),
        Lane::Waits => !column.waits.is_empty(),
        Lane::Need => column.wall.need.is_some(),
        Lane::Told => column.says.is_some(),
        Lane::Quotes => !column.wall.quotes.first.is_empty(),
        Lane::Feeling => column.marker.is_some(),
        Lane::Intended => column.intended.is_some(),
        Lane::Pain => column.pain.is_some(),
        Lane::Bright => column.bright.is_some(),
        Lane::Promise => !column.makes.is_empty() || column.tests.is_some(),
        Lane::Truth => column.moment_of_truth.is_some(),
        Lane::Figures => !column.wall.figures.is_empty(),
        Lane::Ends => !column.endings.is_empty(),
        Lane::Backstage => column.wall.backstage.is_some(),
        Lane::Owner => column.owner.is_some(),
        Lane::Abilities => !column.abilities.is_empty(),
        Lane::Cost => column.wall.cost.is_some(),
        Lane::Notes => column.wall.notes.is_some(),
        Lane::Ideas => !column.wall.ideas.first.is_empty(),
    })
}
