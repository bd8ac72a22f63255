//! The crate `process_mining` on a log of events: from the CSV file to its directly-follows graph. No part of this crate:
//! `README.md` says how to build it.

use std::collections::HashMap;
use std::time::Instant;

use chrono::DateTime;
use process_mining::core::event_data::case_centric::{
    Attribute, AttributeValue, Event, EventLog, Trace,
};
use process_mining::discovery::case_centric::dfg::discover_dfg;

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let start = Instant::now();
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut log = EventLog::new();
    let mut cases: HashMap<String, usize> = HashMap::new();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).unwrap() {
        let time = DateTime::from_timestamp_millis(row[1].parse().unwrap()).unwrap();
        let mut event = Event::new(row[2].to_owned());
        event.attributes.push(Attribute::new(
            "time:timestamp".into(),
            AttributeValue::Date(time.fixed_offset()),
        ));
        let at = match cases.get(&row[0]) {
            Some(&at) => at,
            None => {
                cases.insert(row[0].to_owned(), log.traces.len());
                let mut trace = Trace::new();
                trace.attributes.push(Attribute::new(
                    "concept:name".into(),
                    AttributeValue::String(row[0].to_owned()),
                ));
                log.traces.push(trace);
                log.traces.len() - 1
            }
        };
        log.traces[at].events.push(event);
    }
    let graph = discover_dfg(&log);
    let seconds = start.elapsed().as_secs_f64();
    let steps: u64 = graph
        .directly_follows_relations
        .values()
        .map(|&n| n as u64)
        .sum();
    let journeys = log.traces.len() as u64;
    println!(
        "{{\"seconds\": [{seconds}], \"sums\": {{\"events\": {}, \"journeys\": {journeys}}}}}",
        steps + journeys
    );
}
