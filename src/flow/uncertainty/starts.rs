//! What the counts of how journeys begin leave in doubt.

use super::counts::Slopes;
use super::delta::Line;
use crate::flow::measures::gains::totals;
use crate::flow::moments::States;
use crate::flow::solved::Flow;
use crate::journey::{FactKind, StartOf};

/// The variance that these counts bring into the sum of some lines with a factor each.
pub(super) fn variance(flow: &Flow, lines: &[(f64, &Line<'_>)]) -> f64 {
    match flow.moments.remembered() {
        None => of_touchpoints(flow, lines),
        Some(states) => of_groups(flow, states, lines),
    }
}

fn of_touchpoints(flow: &Flow, lines: &[(f64, &Line<'_>)]) -> f64 {
    let nodes = flow.journey.start_nodes();
    let counted: f64 = nodes.iter().map(|(_, count)| count).sum();
    let figures: Vec<f64> = lines
        .iter()
        .map(|(_, line)| totals(&flow.starts, &line.ahead, 1)[0])
        .collect();
    let each = nodes.iter().map(|&(node, count)| {
        let parts = lines.iter().zip(&figures);
        let slope: f64 = parts
            .map(|((factor, line), figure)| factor * (line.ahead[node.index()] - figure))
            .sum();
        count / counted * slope.powi(2) / counted
    });
    each.sum()
}

/// Where groups of customers begin apart, a start that several of them share enters once, and so does the size of a group.
fn of_groups(flow: &Flow, states: &States, lines: &[(f64, &Line<'_>)]) -> f64 {
    let ahead = |state: u32| {
        let parts = lines.iter();
        let parts = parts.map(|(factor, line)| factor * line.ahead[state as usize]);
        parts.sum::<f64>()
    };
    let groups = states.groups();
    let mut figures = vec![0.0; groups.len()];
    let mut weights = vec![0.0; groups.len()];
    for begun in states.begun() {
        figures[begun.group] += begun.share * ahead(begun.state);
        weights[begun.group] += begun.weight;
    }
    let (mut slopes, mut first) = (Slopes::default(), vec![0]);
    let touchpoints = flow.journey.graph().raw_nodes();
    for node in touchpoints {
        let items = node.weight.starts_given.len().max(1);
        first.push(first[first.len() - 1] + items);
    }
    for begun in states.begun() {
        let (remembered, of_all) = &groups[begun.group];
        let worth = ahead(begun.state) - figures[begun.group];
        let slope = of_all * worth / weights[begun.group];
        let given = &touchpoints[begun.touchpoint].weight.starts_given;
        if given.is_empty() {
            slopes.add(first[begun.touchpoint], begun.weight, slope);
        }
        for (place, start) in given.iter().enumerate() {
            let memory = states.memory();
            if memory.holds(&memory.resolve(&start.given), remembered) {
                slopes.add(first[begun.touchpoint] + place, start.weight, slope);
            }
        }
    }
    slopes.take_squares() + of_sizes(flow, states, &figures)
}

/// The variance that the sizes of the groups bring in, given the figure of each.
fn of_sizes(flow: &Flow, states: &States, figures: &[f64]) -> f64 {
    let groups = states.groups().iter().zip(figures);
    let whole: f64 = groups
        .clone()
        .map(|((_, share), figure)| share * figure)
        .sum();
    let facts = flow.journey.remembers().iter().enumerate();
    let each = facts.filter_map(|(fact, of)| {
        let FactKind::Start(StartOf::Shares(sizes)) = &of.kind else {
            return None;
        };
        let counted: f64 = sizes.iter().map(|(_, size)| size).sum();
        let values = sizes
            .iter()
            .enumerate()
            .filter(|(_, (_, size))| *size > 0.0);
        let parts = values.map(|(value, (_, size))| {
            let within = groups.clone().filter(|((remembered, _), _)| {
                remembered.get(fact).map(|&of| usize::from(of)) == Some(value)
            });
            let (share, figure) = within.fold((0.0, 0.0), |(all, sum), ((_, share), figure)| {
                (all + share, sum + share * figure)
            });
            size / counted * (figure / share - whole).powi(2) / counted
        });
        Some(parts.sum::<f64>())
    });
    each.sum()
}
