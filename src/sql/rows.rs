//! Rows that come back and are no rows of a tally.

/// Where customers came from, were, and went, and how often: a row of `triples`. It tells whether customers remember.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TripleRow {
    /// Where they came from; `None` where the journey began.
    pub from: Option<String>,
    /// Its channel.
    pub from_channel: Option<String>,
    /// Where they were.
    pub at: String,
    /// Its channel.
    pub at_channel: Option<String>,
    /// The result of the promise there.
    pub promise: Option<String>,
    /// Where they went; `None` where the journey ended.
    pub to: Option<String>,
    /// Its channel.
    pub to_channel: Option<String>,
    /// How the journey ended, where it did.
    pub outcome: Option<String>,
    /// How often.
    pub count: u64,
}

/// How often a way took about so long: a row of `waits`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct WaitRow {
    /// Where customers came from.
    pub from: String,
    /// Its channel.
    pub from_channel: Option<String>,
    /// Where they went.
    pub to: String,
    /// Its channel.
    pub to_channel: Option<String>,
    /// The class of the wait: class c holds waits from ceil(2^(c/16)) ms to below ceil(2^((c+1)/16)) ms; -1 holds waits of
    /// nothing, and the last one, 752, those of four thousand years and more.
    pub class: i32,
    /// How often.
    pub count: u64,
}

/// A counted figure, with the sums that its standard error needs: a row of `figures`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FigureRow {
    /// Which figure, by its key in reports.
    pub figure: String,
    /// Of what: a touchpoint, a promise, an outcome.
    pub of_1: Option<String>,
    /// And of what else: a channel, an outcome.
    pub of_2: Option<String>,
    /// And of what else: an outcome.
    pub of_3: Option<String>,
    /// The sum of A over all journeys.
    pub a: f64,
    /// The sum of B.
    pub b: f64,
    /// How many journeys B is of.
    pub journeys: u64,
    /// Of how many clusters: customers where they are known, else journeys.
    pub clusters: u64,
    /// The sum over clusters of A squared.
    pub aa: f64,
    /// The sum over clusters of A times B.
    pub ab: f64,
    /// The sum over clusters of B squared.
    pub bb: f64,
}

impl FigureRow {
    /// The figure, A over B; `None` where B is 0.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        (self.b > 0.0).then(|| self.a / self.b)
    }

    /// Its standard error over clusters, `sqrt(C/(C-1) * sum (A_c - f B_c)^2) / sum B`; `None` where there are fewer than two
    /// clusters.
    ///
    /// ```
    /// # #[cfg(feature = "serde")] {
    /// use customer_journey::sql::FigureRow;
    /// // 30 of 100 journeys end so: the error of a share, sqrt(.3 * .7 / 99).
    /// let row: FigureRow = serde_json::from_str(
    ///     r#"{"figure": "outcome", "of_1": "churn", "of_2": null, "of_3": null, "a": 30, "b": 100, "journeys": 100, "clusters": 100,
    ///         "aa": 30, "ab": 30, "bb": 100}"#)?;
    /// assert_eq!(row.value(), Some(0.3));
    /// assert!((row.standard_error().unwrap() - (0.21_f64 / 99.0).sqrt()).abs() < 1e-15);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        let figure = self.value()?;
        if self.clusters < 2 {
            return None;
        }
        let clusters = self.clusters as f64;
        let squares = self.aa - 2.0 * figure * self.ab + figure * figure * self.bb;
        // Sums of squares that cancel may leave a little below nothing.
        Some((clusters / (clusters - 1.0) * squares.max(0.0)).sqrt() / self.b)
    }
}

/// How many rows and journeys deserve a look: a row of `checks`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CheckRow {
    /// What was looked for.
    pub check: String,
    /// How many rows.
    pub rows: u64,
    /// Of how many journeys.
    pub journeys: u64,
}
