//! Closed lists of labels: each label of the core is the same on the wire, in both directions.

use super::{FromWire, ToWire};
use dispatch_core::{fleet, model};
use wire_protocol::vocabulary as wire;

macro_rules! same_labels {
    ($($module:ident::$name:ident { $($word:ident),+ $(,)? })+) => {
        $(impl ToWire for $module::$name {
            type Wire = wire::$name;

            fn to_wire(&self) -> wire::$name {
                match self {
                    $(Self::$word => wire::$name::$word),+
                }
            }
        }

        impl FromWire for wire::$name {
            type Core = $module::$name;

            fn to_core(self) -> $module::$name {
                match self {
                    $(Self::$word => $module::$name::$word),+
                }
            }
        })+
    };
}

same_labels! {
    model::VehicleState {
        TaskAssigned, OrderReceived, ToScene, AtScene, PatientOnBoard, AtHospital,
        AvailableOnRoad, AvailableAtStation, OffDuty, Paused,
    }
    model::Milestone {
        Created, OrderReceived, Departed, AtScene, LeftScene, AtHospital, Finished, BackAtStation,
    }
    model::OrderPart {
        Kind, Priority, Scene, Waiting, Destination, Complaint, Appointment, Contact, Patient,
        PatientCount, Stretcher, SpecialNeeds, Notes, WithVehicles,
    }
    model::VehicleKind { Basic, IntensiveCare, NegativePressure, Neonatal, Command }
    model::Priority { Critical, Severe, Urgent, NonUrgent }
    model::IncidentKind {
        Illness, Injury, TrafficAccident, Maternity, Poisoning, Transfer, Standby, MassCasualty, Other,
    }
    model::IncidentSource { Phone, App, Police, Fire, TrafficPolice, Hospital }
    model::AccidentLevel { Ordinary, General, Larger, Major, ExtraMajor }
    model::Hazard {
        Infection, Violence, Fire, HazardousSubstance, Electricity, Traffic, Collapse, Water, Other,
    }
    model::PlaceSource { AddressSearch, MapClick, PhoneLocation, CallerWords, OtherService }
    model::Sex { Male, Female, Unknown }
    model::VehicleCheck {
        Driving, Tyres, LightsAndSiren, Communication, Stretcher, Oxygen, Defibrillator, Ventilator,
        Monitor, Suction, Drugs, Consumables, Protection, Cleanliness,
    }
    model::CrewRole { Driver, Doctor, Nurse, StretcherBearer }
    model::Shift { Day, Evening, Night, FullDay }
    model::CrewNeed { AnotherVehicle, IntensiveCare, Police, FireBrigade }
    model::MessageFrom { Centre, Crew }
    model::SuspendReason { AwaitingVehicle, AwaitingCaller, AwaitingOtherService, Other }
    model::RefuseReason { OutOfArea, NotMedical, ConditionsNotAccepted, Other }
    model::CancelReason {
        CallerCancelled, WentByThemselves, GoneOnArrival, Nuisance, Duplicate, DealtWithByOthers, Other,
    }
    model::AbortReason {
        IncidentCancelled, VehicleBreakdown, RoadAccident, RoadBlocked, GoneOnArrival,
        PatientRefused, CrewUnable, SentByMistake, Other,
    }
    model::DivertReason { HigherPriority, Nearer, BetterEquipped, Other }
    model::PauseReason { Fuel, Meal, Repair, Disinfection, Restock, Other }
    model::MoveAdvice { Off, Advise }
    model::MoveIgnoreReason { CrewNeedsRest, OthersSoonFree, FewCallsExpected, RoadOrWeather, Other }
    fleet::FixQuality { Fresh, Late, Suspect, Frozen }
}

/// A wire word as the text it has in JSON, e.g. `at_scene`.
pub(crate) fn word<W: serde::Serialize>(word: W) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}
