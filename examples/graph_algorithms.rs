//! A journey is a graph, and every algorithm of petgraph runs on it: the shortest wait, the places where customers go
//! round in circles, and those that nobody can avoid.
//!
//! ```text
//! cargo run --example graph_algorithms
//! ```
#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use customer_journey::petgraph::algo::{astar, dominators, kosaraju_scc};
use customer_journey::petgraph::graph::NodeIndex;
use customer_journey::{Channel, Error, Journey, Outcome, Phase, Touchpoint, Transition};

const HOUR: f64 = 3600.0;

fn main() {
    match parcel() {
        Ok(journey) => explore(&journey),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}

/// A parcel goes back to the shop.
pub(crate) fn parcel() -> Result<Journey, Error> {
    let waits = |hours: f64| Transition::new(1.0).wait_s(hours * HOUR);
    let journey = Journey::builder("Sending a parcel back")
        .touchpoint(Touchpoint::new("form", Phase::Before, Channel::Web).name("the return form"))
        .touchpoint(
            Touchpoint::new("label", Phase::Before, Channel::Email).name("the label by mail"),
        )
        .touchpoint(
            Touchpoint::new("shop", Phase::During, Channel::Partner).name("the parcel shop"),
        )
        .touchpoint(
            Touchpoint::new("locker", Phase::During, Channel::Kiosk).name("the parcel locker"),
        )
        .touchpoint(
            Touchpoint::new("tracking", Phase::During, Channel::Web).name("the tracking page"),
        )
        .touchpoint(Touchpoint::new("chat", Phase::During, Channel::Chat).name("the chat"))
        .touchpoint(Touchpoint::new("call", Phase::During, Channel::Phone).name("the hotline"))
        .touchpoint(
            Touchpoint::new("refund", Phase::After, Channel::Email)
                .name("the refund")
                .ends(Outcome::Loyalty, 1.0),
        )
        .connect("form", "label", waits(24.0))
        .connect("label", "shop", waits(10.0))
        .connect("label", "locker", waits(2.0))
        .connect("shop", "tracking", waits(24.0))
        .connect("locker", "tracking", waits(48.0))
        .connect("tracking", "chat", waits(1.0))
        .connect("chat", "tracking", waits(24.0))
        .connect("chat", "call", waits(0.5))
        .connect("call", "tracking", waits(24.0))
        .connect("call", "refund", waits(72.0))
        .connect("tracking", "refund", waits(120.0))
        .build()?;
    Ok(journey)
}

fn explore(journey: &Journey) {
    let graph = journey.graph();
    let called = |node: NodeIndex| graph[node].label();
    let (Some(start), Some(end)) = (journey.node("form"), journey.node("refund")) else {
        return;
    };

    // Dijkstra's algorithm: A* with nothing to guess. A wait that the map does not state counts as none.
    let shortest = astar(
        graph,
        start,
        |node| node == end,
        |way| way.weight().wait_s.unwrap_or(0.0),
        |_| 0.0,
    );
    if let Some((wait, path)) = shortest {
        let steps: Vec<&str> = path.into_iter().map(called).collect();
        println!(
            "The shortest wait for the money is {:.0} hours:",
            wait / HOUR
        );
        println!("  {}", steps.join(" -> "));
    }

    // Touchpoints from each of which one can come back to all the others.
    println!("\nCustomers go round in circles between:");
    for circle in kosaraju_scc(graph) {
        if circle.len() > 1 {
            let names: Vec<&str> = circle.into_iter().map(called).collect();
            println!("  {}", names.join(", "));
        }
    }

    // Touchpoints that lie on every way to the end.
    println!("\nOn the way to {} nobody gets around:", called(end));
    let tree = dominators::simple_fast(graph, start);
    let mut unavoidable: Vec<NodeIndex> =
        tree.strict_dominators(end).into_iter().flatten().collect();
    unavoidable.reverse(); // found from the end, told from the start
    for node in unavoidable {
        println!("  {}", called(node));
    }
}
