//! Names of what the tables hold.

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Command,
    Fix,
    Undated,
    /// A fix that the server has.
    Sent,
}

impl Kind {
    pub(super) fn number(self) -> i64 {
        match self {
            Self::Command => 1,
            Self::Fix => 2,
            Self::Undated => 3,
            Self::Sent => 4,
        }
    }
}

/// What is remembered once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Duty,
    Route,
    Time,
    Previous,
    Confirmed,
    Salvaged,
}

impl What {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Route => "route",
            Self::Time => "time",
            Self::Previous => "previous",
            Self::Confirmed => "confirmed",
            Self::Salvaged => "salvaged",
        }
    }
}
