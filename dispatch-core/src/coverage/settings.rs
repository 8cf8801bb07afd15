//! What the coverage model goes by.

/// Settings of the coverage model, as data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoverageSettings {
    busy_share: f64,
    uncovered_seconds: f64,
}

/// Settings with which the model would answer nonsense.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum BadCoverageSettings {
    /// A share of time.
    #[error(
        "the busy share {0} must be from 0 to 0.9: the share of its time in which a free vehicle is taken"
    )]
    BusyShare(f64),
    /// A time.
    #[error("{0} seconds for a patient whom no vehicle reaches must be above 0 and finite")]
    UncoveredSeconds(f64),
}

impl CoverageSettings {
    /// A busy share above this leaves nothing that could be called cover.
    const MOST_BUSY: f64 = 0.9;

    /// `busy_share` is the chance that a vehicle which is free now is taken when the next call comes (q of
    /// MEXCLP, Daskin 1983); `uncovered_seconds` counts for a patient whom no free vehicle reaches sooner.
    ///
    /// # Errors
    /// When the model would answer nonsense with them.
    pub fn checked(busy_share: f64, uncovered_seconds: f64) -> Result<Self, BadCoverageSettings> {
        if !(0.0..=Self::MOST_BUSY).contains(&busy_share) {
            return Err(BadCoverageSettings::BusyShare(busy_share));
        }
        if !(uncovered_seconds > 0.0 && uncovered_seconds.is_finite()) {
            return Err(BadCoverageSettings::UncoveredSeconds(uncovered_seconds));
        }
        Ok(Self { busy_share, uncovered_seconds })
    }

    /// The chance, from 0 to 0.9, that a vehicle which is free now is taken when the next call comes.
    pub const fn busy_share(&self) -> f64 {
        self.busy_share
    }

    /// Seconds counted where no free vehicle comes sooner: help from a neighbouring centre, or the next that gets free.
    pub const fn uncovered_seconds(&self) -> f64 {
        self.uncovered_seconds
    }
}

impl Default for CoverageSettings {
    /// A third of the time busy, as the studies of the field take it, and an hour where nobody comes.
    fn default() -> Self {
        Self { busy_share: 0.3, uncovered_seconds: 3600.0 }
    }
}
