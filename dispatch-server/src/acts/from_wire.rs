//! Closed word lists: each word on the wire is the same word in the core.

use dispatch_core::model;
use wire_protocol::vocabulary as wire;

/// A wire type that has a twin in the core.
pub(crate) trait FromWire: Copy {
    /// The twin.
    type Core;

    /// The twin of the same meaning.
    fn to_core(self) -> Self::Core;
}

macro_rules! same_words {
    ($($name:ident { $($word:ident),+ $(,)? })+) => {
        $(impl FromWire for wire::$name {
            type Core = model::$name;

            fn to_core(self) -> model::$name {
                match self {
                    $(Self::$word => model::$name::$word),+
                }
            }
        })+
    };
}

same_words! {
    Milestone {
        Created, OrderReceived, Departed, AtScene, LeftScene, AtHospital, Finished, BackAtStation,
    }
    Priority { Critical, Severe, Urgent, NonUrgent }
    IncidentKind {
        Illness, Injury, TrafficAccident, Maternity, Poisoning, Transfer, Standby, MassCasualty, Other,
    }
    IncidentSource { Phone, App, Police, Fire, TrafficPolice, Hospital }
    AccidentLevel { Ordinary, General, Larger, Major, ExtraMajor }
    PlaceSource { AddressSearch, MapClick, PhoneLocation, CallerWords, OtherService }
    Sex { Male, Female, Unknown }
    VehicleKind { Basic, IntensiveCare, NegativePressure, Neonatal, Command }
    CrewRole { Driver, Doctor, Nurse, StretcherBearer }
    SuspendReason { AwaitingVehicle, AwaitingCaller, AwaitingOtherService, Other }
    RefuseReason { OutOfArea, NotMedical, ConditionsNotAccepted, Other }
    CancelReason {
        CallerCancelled, WentByThemselves, GoneOnArrival, Nuisance, Duplicate, DealtWithByOthers, Other,
    }
    AbortReason {
        IncidentCancelled, VehicleBreakdown, RoadAccident, RoadBlocked, GoneOnArrival,
        PatientRefused, CrewUnable, SentByMistake, Other,
    }
    RedirectReason { HigherPriority, Nearer, BetterEquipped, Other }
    PauseReason { Fuel, Meal, Repair, Disinfection, Restock, Other }
}

impl FromWire for wire_protocol::acts::PatientsTold {
    type Core = model::PatientsTold;

    fn to_core(self) -> model::PatientsTold {
        let Self {
            counted_at_scene,
            treated_at_scene,
            refused_transport,
            dead_at_scene,
            not_found,
            carried_by_others,
        } = self;
        model::PatientsTold {
            counted_at_scene,
            treated_at_scene,
            refused_transport,
            dead_at_scene,
            not_found,
            carried_by_others,
        }
    }
}
