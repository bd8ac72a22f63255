use std::fmt;

/// What a figure must keep to.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Bound {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
    /// Less than this.
    Below(f64),
    /// More than this.
    Above(f64),
}

impl Bound {
    /// Whether a figure keeps to it; one that is not a number never does.
    #[must_use]
    pub fn holds(self, figure: f64) -> bool {
        match self {
            Self::AtMost(bound) => figure <= bound,
            Self::AtLeast(bound) => figure >= bound,
            Self::Below(bound) => figure < bound,
            Self::Above(bound) => figure > bound,
        }
    }

    /// The number.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::AtMost(bound)
            | Self::AtLeast(bound)
            | Self::Below(bound)
            | Self::Above(bound) => bound,
        }
    }

    /// Why it cannot bound a share.
    pub(super) fn no_share(self) -> Option<String> {
        no_share(self.value())
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::AtMost(_) => "at most",
            Self::AtLeast(_) => "at least",
            Self::Below(_) => "less than",
            Self::Above(_) => "more than",
        }
    }

    /// Whether it is broken by too much, and not by too little.
    pub(super) fn is_upper(self) -> bool {
        matches!(self, Self::AtMost(_) | Self::Below(_))
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.words(), self.value())
    }
}

/// Why a number cannot be the bound of a share.
pub(super) fn no_share(bound: f64) -> Option<String> {
    let meant = if (1.0..=100.0).contains(&bound) {
        format!("; for {bound} of 100 write {}", bound / 100.0)
    } else {
        String::new()
    };
    let is_share = (0.0..=1.0).contains(&bound);
    (!is_share).then(|| format!("the bound is {bound}, and a share is between 0 and 1{meant}"))
}
