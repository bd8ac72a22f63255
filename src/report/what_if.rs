//! A journey with some things done differently, beside itself.

use crate::flow::{Flow, FlowError};
use crate::journey::{Change, Invalid};

/// A journey with some things done differently: its whole new flow, and what is different.
///
/// Made by [`Flow::what_if`].
#[derive(Debug)]
pub struct WhatIf<'a> {
    before: &'a Flow,
    changes: Vec<Change>,
    flow: Flow,
}

/// Why there is no flow of the journey with its changes.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WhatIfError {
    /// The changes can not be made.
    #[error(transparent)]
    Changes(#[from] Invalid),
    /// They can be made, and the journey has no flow any more.
    #[error("with these changes: {0}")]
    Flow(#[from] FlowError),
}

impl Flow {
    /// The journey with some things done differently: everything asked of it anew, and the difference.
    ///
    /// [`Journey::with_changes`](crate::Journey::with_changes) says what the changes mean. They are made at once, so
    /// that their order makes no difference. Takes the time of a [`flow`](crate::Journey::flow) of the changed
    /// journey; the difference is computed when it is asked for.
    ///
    /// ```
    /// use customer_journey::{Change, Channel, Journey, Outcome, Phase, Promise, PromiseResult, Touchpoint};
    /// let flow = Journey::builder("Delivery")
    ///     .touchpoint(Touchpoint::new("delivery", Phase::During, Channel::Post)
    ///         .promise(Promise::new("on time").kept(80.0).broken(20.0))
    ///         .feels(0.5).feels_when_broken(-0.5)
    ///         .ends_when(PromiseResult::Kept, Outcome::Loyalty, 1.0)
    ///         .ends_when(PromiseResult::Broken, Outcome::Churn, 1.0))
    ///     .build()?
    ///     .flow()?;
    /// let what_if = flow.what_if(&[Change::keep_rate("delivery", 0.9), Change::lift("delivery")])?;
    /// assert!((what_if.flow().probability(&Outcome::Churn) - 0.1).abs() < 1e-12);
    ///
    /// let comparison = what_if.comparison();
    /// let hurt = comparison.figure("hurt", &[]).unwrap();
    /// assert_eq!((hurt.a, hurt.b), (Some(0.1), Some(0.0)));
    /// println!("{comparison}");
    /// # Ok::<(), customer_journey::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`WhatIfError::Changes`] with every problem of the changes, and [`WhatIfError::Flow`] where the changed journey
    /// has no flow, such as a transition removed that was the only way out of a loop.
    pub fn what_if(&self, changes: &[Change]) -> Result<WhatIf<'_>, WhatIfError> {
        Ok(WhatIf {
            before: self,
            changes: changes.to_vec(),
            flow: self.journey().with_changes(changes)?.flow()?.modelled(),
        })
    }
}

impl WhatIf<'_> {
    /// The flow of the changed journey, for every question; of the map alone, as nobody has counted what did not happen.
    #[must_use]
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The flow of the changed journey, to be kept.
    #[must_use]
    pub fn into_flow(self) -> Flow {
        self.flow
    }

    /// The flow of the journey as it is.
    pub(crate) fn before(&self) -> &Flow {
        self.before
    }

    /// What was done differently, as it was asked for.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }
}
