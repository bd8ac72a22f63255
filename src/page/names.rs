//! What people call touchpoints, one name for each: reports know ids, readers know labels.

use std::collections::BTreeMap;

use super::clean::clean;
use crate::journey::Journey;

/// The names of a journey's touchpoints by their ids. Where several have the same label, the id stands behind it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    pub(crate) fn of(journey: &Journey) -> Self {
        let mut bearers = BTreeMap::<String, usize>::new();
        for touchpoint in journey.touchpoints() {
            *bearers.entry(clean(touchpoint.label())).or_default() += 1;
        }
        let named = journey.touchpoints().map(|touchpoint| {
            let label = touchpoint.label();
            let is_alone = bearers.get(&clean(label)) == Some(&1);
            let name = if label == touchpoint.id || (is_alone && !label.trim().is_empty()) {
                label.to_owned()
            } else if clean(label).trim().is_empty() {
                touchpoint.id.clone()
            } else {
                format!("{label} ({})", touchpoint.id)
            };
            (touchpoint.id.clone(), name)
        });
        Self(named.collect())
    }

    /// The name, or the id of what is not on the map.
    pub(crate) fn of_id<'s>(&'s self, id: &'s str) -> &'s str {
        self.0.get(id).map_or(id, String::as_str)
    }
}
