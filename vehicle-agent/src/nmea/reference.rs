//! Clock of the caller, by which dates of a receiver are completed and corrected.

/// The caller's clock, as far as it can be relied on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Reference {
    /// There is none: a recording is read as it is, and positions without a date are dropped.
    #[default]
    None,
    /// It will be set: positions without a date are given without one.
    Awaited,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Told(i64),
}

impl Reference {
    pub(super) fn ms(self) -> Option<i64> {
        match self {
            Self::Told(ms) => Some(ms),
            Self::None | Self::Awaited => None,
        }
    }
}
