use crate::journey::FixKind;

/// What fixes cost, and how many may be chosen.
///
/// ```
/// use customer_journey::analysis::FixOptions;
/// use customer_journey::FixKind;
/// let options = FixOptions::new()
///     .cost("notice", FixKind::KeepPromise, 40_000.0)
///     .cost_of_others(FixKind::Listen, 5_000.0)
///     .limit(3);
/// # let _ = options;
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[must_use]
pub struct FixOptions {
    costs: Vec<(String, FixKind, f64)>,
    of_others: Vec<(FixKind, f64)>,
    limit: Option<usize>,
}

impl FixOptions {
    /// No fix has a stated cost, and a plan may have as many as its money buys.
    pub fn new() -> Self {
        Self::default()
    }

    /// States what one fix at one touchpoint costs; the last statement counts.
    pub fn cost(mut self, id: impl Into<String>, fix: FixKind, cost: f64) -> Self {
        self.costs.push((id.into(), fix, cost));
        self
    }

    /// States what a kind of fix costs at all touchpoints for which nothing else is stated.
    pub fn cost_of_others(mut self, fix: FixKind, cost: f64) -> Self {
        self.of_others.push((fix, cost));
        self
    }

    /// Sets how many fixes a plan may have at most.
    pub fn limit(mut self, fixes: usize) -> Self {
        self.limit = Some(fixes);
        self
    }

    pub(super) fn most(&self) -> usize {
        self.limit.unwrap_or(usize::MAX)
    }

    /// What a fix costs, if that is stated with a number that can be a cost.
    pub(super) fn cost_of(&self, id: &str, fix: FixKind) -> Option<f64> {
        let here = |&&(ref known, kind, cost): &&(String, FixKind, f64)| {
            known == id && kind == fix && is_cost(cost)
        };
        let anywhere = |&&(kind, cost): &&(FixKind, f64)| kind == fix && is_cost(cost);
        let stated = self.costs.iter().rev().find(here).map(|&(_, _, cost)| cost);
        stated.or_else(|| {
            self.of_others
                .iter()
                .rev()
                .find(anywhere)
                .map(|&(_, cost)| cost)
        })
    }

    /// The statements that fit no fix, in words.
    pub(super) fn unused(&self, fixable: &[(&str, FixKind)]) -> Vec<String> {
        let mut unused = Vec::new();
        for (id, fix, cost) in &self.costs {
            if !is_cost(*cost) {
                unused.push(format!(
                    "{id}, {fix}: {cost} is no cost, which is a number from 0"
                ));
            } else if !fixable.contains(&(id.as_str(), *fix)) {
                unused.push(format!("{id}, {fix}: there is nothing of the kind to fix"));
            }
        }
        for (fix, cost) in self.of_others.iter().filter(|(_, cost)| !is_cost(*cost)) {
            unused.push(format!(
                "{fix}: {cost} is no cost, which is a number from 0"
            ));
        }
        unused
    }
}

fn is_cost(cost: f64) -> bool {
    cost.is_finite() && cost >= 0.0
}
