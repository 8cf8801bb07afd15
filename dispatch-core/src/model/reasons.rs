//! The reason tables. Which table applies is decided by the command, so a wrong reason cannot be written.

use serde::{Deserialize, Serialize};

macro_rules! reason_table {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every row of the table, in the order screens list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    };
}

reason_table!(/// Why an incident waits (挂起原因).
SuspendReason {
    /// No suitable vehicle is free.
    AwaitingVehicle,
    /// The caller is to ring back or be rung back.
    AwaitingCaller,
    /// Police, fire or rescue must act first.
    AwaitingOtherService,
    /// Anything else; the note says what.
    Other,
});
reason_table!(/// Why a call is refused (拒绝原因).
RefuseReason {
    /// Outside the area served.
    OutOfArea,
    /// Not a medical matter.
    NotMedical,
    /// The caller does not accept the conditions.
    ConditionsNotAccepted,
    /// Anything else; the note says what.
    Other,
});
reason_table!(/// Why an incident is cancelled (撤销原因); 27 % of runs end so.
CancelReason {
    /// The caller cancelled.
    CallerCancelled,
    /// The patient went by other means.
    WentByThemselves,
    /// Nobody was there on arrival.
    GoneOnArrival,
    /// A nuisance call.
    Nuisance,
    /// The same incident is already open under another number.
    Duplicate,
    /// Another service dealt with it.
    DealtWithByOthers,
    /// Anything else; the note says what.
    Other,
});
reason_table!(/// Why a task ended before its normal end (异常结束原因).
AbortReason {
    /// The incident was cancelled.
    IncidentCancelled,
    /// The vehicle broke down.
    VehicleBreakdown,
    /// The vehicle had a road accident.
    RoadAccident,
    /// The road could not be passed.
    RoadBlocked,
    /// Nobody was there on arrival (空车).
    GoneOnArrival,
    /// The patient refused to be carried.
    PatientRefused,
    /// The crew could not go.
    CrewUnable,
    /// The order was sent by mistake.
    SentByMistake,
    /// Anything else; the note says what.
    Other,
});
reason_table!(/// Why a vehicle is taken from one incident to another (改派原因).
DivertReason {
    /// The other patient is in greater danger.
    HigherPriority,
    /// It is nearer than any other.
    Nearer,
    /// It has what the other patient needs.
    BetterEquipped,
    /// Anything else; the note says what.
    Other,
});
reason_table!(/// Why a vehicle is paused (暂停调用原因).
PauseReason {
    /// Refuelling.
    Fuel,
    /// A meal.
    Meal,
    /// Repair.
    Repair,
    /// Disinfection.
    Disinfection,
    /// Restocking drugs and materials.
    Restock,
    /// Anything else; the note says what.
    Other,
});

reason_table!(/// Why a suggested move is not made.
MoveIgnoreReason {
    /// The crew needs its rest.
    CrewNeedsRest,
    /// Another vehicle will be free there soon.
    OthersSoonFree,
    /// Few calls are to be expected there now.
    FewCallsExpected,
    /// Weather or road speak against the way.
    RoadOrWeather,
    /// Anything else; the note says what.
    Other,
});

/// A reason from a table with the words that go with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasoned<R> {
    /// The row of the table.
    pub reason: R,
    /// The dispatcher's own words; may be empty.
    #[serde(default)]
    pub note: String,
}

impl<R> From<R> for Reasoned<R> {
    fn from(reason: R) -> Self {
        Self { reason, note: String::new() }
    }
}
