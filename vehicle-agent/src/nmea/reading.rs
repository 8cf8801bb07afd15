//! What one sentence says, in our own units. Plain data between `sentence` and `assembler`.

/// The kinds of sentence that are read, as bits of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Rmc = 1,
    Gga = 2,
    Gns = 4,
    Gll = 8,
}

/// How far a position may be trusted, by the receiver itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FixValidity {
    /// Measured, or carried on from a measurement.
    Measured,
    /// Typed in or simulated.
    NotMeasured,
    /// No position.
    Void,
}

/// A sentence with a position, or with the news that there is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct PositionReading {
    pub(super) kind: Kind,
    /// Milliseconds since midnight UTC.
    pub(super) time_of_day_ms: Option<i64>,
    /// Days since 1970-01-01.
    pub(super) date_days: Option<i64>,
    pub(super) validity: FixValidity,
    /// WGS-84 degrees north and east, not yet checked.
    pub(super) lat_lon: Option<(f64, f64)>,
    pub(super) speed_mps: Option<f32>,
    pub(super) heading_deg: Option<f32>,
    pub(super) satellites: Option<u8>,
    pub(super) hdop: Option<f32>,
}

/// What one good sentence says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reading {
    Position(PositionReading),
    Course { speed_mps: Option<f32>, heading_deg: Option<f32> },
    Date { time_of_day_ms: Option<i64>, date_days: i64 },
    Nothing,
}

/// Why a line was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineRefusal {
    Ais,
    Unsupported,
    UnknownTalker,
    BadChecksum,
    NoChecksum,
    Malformed,
}
