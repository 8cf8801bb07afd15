//! What is known of an incident, its places and its calls, as the wire spells it.

use super::ToWire;
use dispatch_core::model::{
    CallDetails, CallOutcome, CrewMember, IncidentFacts, MilestoneDetails, Origin, PatientsTold,
    Place, VehicleNeeds, Wgs84,
};
use wire_protocol::{commands, views::OriginView};

impl ToWire for Wgs84 {
    type Wire = commands::Position;

    fn to_wire(&self) -> commands::Position {
        commands::Position { lon: self.lon, lat: self.lat }
    }
}

impl ToWire for Place {
    type Wire = commands::Place;

    fn to_wire(&self) -> commands::Place {
        let Self { address, position, source, error_radius_m, measured_at } = self;
        commands::Place {
            address: address.clone(),
            position: position.to_wire(),
            source: source.to_wire(),
            error_radius_m: *error_radius_m,
            measured_at: measured_at.to_wire(),
        }
    }
}

impl ToWire for VehicleNeeds {
    type Wire = commands::VehicleNeeds;

    fn to_wire(&self) -> commands::VehicleNeeds {
        commands::VehicleNeeds { kind: self.kind.to_wire(), equipment: self.equipment.clone() }
    }
}

impl ToWire for IncidentFacts {
    type Wire = commands::IncidentFacts;

    fn to_wire(&self) -> commands::IncidentFacts {
        commands::IncidentFacts {
            kind: self.kind.to_wire(),
            priority: self.priority.to_wire(),
            source: self.source.to_wire(),
            accident_level: self.accident_level.to_wire(),
            scene: self.scene.to_wire(),
            waiting: self.waiting.to_wire(),
            destination: self.destination.to_wire(),
            complaint: self.complaint.clone(),
            appointment_at: self.appointment_at.to_wire(),
            test: self.test,
            needs: (!self.needs.is_nothing()).then(|| self.needs.to_wire()),
            hazards: self.hazards.iter().map(ToWire::to_wire).collect(),
        }
    }
}

impl ToWire for CallDetails {
    type Wire = commands::CallDetails;

    fn to_wire(&self) -> commands::CallDetails {
        commands::CallDetails {
            rang_at: self.rang_at.to_wire(),
            began_at: self.began_at.to_wire(),
            seat: self.seat.clone(),
            caller_number: self.caller_number.clone(),
            contact_name: self.contact_name.clone(),
            contact_phone: self.contact_phone.clone(),
            patient_name: self.patient.name.clone(),
            patient_sex: self.patient.sex.to_wire(),
            patient_age_years: self.patient.age_years,
            patient_count: self.patient_count,
            stretcher: self.stretcher,
            special_needs: self.special_needs.clone(),
        }
    }
}

impl ToWire for CallOutcome {
    type Wire = commands::CallOutcome;

    fn to_wire(&self) -> commands::CallOutcome {
        type Wire = commands::CallOutcome;
        match self {
            Self::Open => Wire::Open,
            Self::Dispatched => Wire::Dispatched,
            Self::Suspended(why) => {
                Wire::Suspended { reason: why.reason.to_wire(), note: why.note.clone() }
            }
            Self::Refused(why) => {
                Wire::Refused { reason: why.reason.to_wire(), note: why.note.clone() }
            }
            Self::Cancelled(why) => {
                Wire::Cancelled { reason: why.reason.to_wire(), note: why.note.clone() }
            }
            Self::Reassigned(why) => {
                Wire::Reassigned { reason: why.reason.to_wire(), note: why.note.clone() }
            }
            Self::Consultation => Wire::Consultation,
            Self::Nuisance => Wire::Nuisance,
            Self::Repeat => Wire::Repeat,
        }
    }
}

impl ToWire for CrewMember {
    type Wire = commands::CrewMember;

    fn to_wire(&self) -> commands::CrewMember {
        commands::CrewMember {
            person: self.person.to_wire(),
            name: self.name.clone(),
            role: self.role.to_wire(),
            shift: self.shift.to_wire(),
        }
    }
}

impl ToWire for MilestoneDetails {
    type Wire = commands::MilestoneDetails;

    fn to_wire(&self) -> commands::MilestoneDetails {
        commands::MilestoneDetails {
            hospital: self.hospital.to_wire(),
            patients_carried: self.patients_carried,
            distance_km: self.distance_km,
            patients: self.patients.to_wire(),
        }
    }
}

impl ToWire for PatientsTold {
    type Wire = commands::PatientsTold;

    fn to_wire(&self) -> commands::PatientsTold {
        let Self {
            counted_at_scene,
            treated_at_scene,
            refused_transport,
            dead_at_scene,
            not_found,
            carried_by_others,
        } = *self;
        commands::PatientsTold {
            counted_at_scene,
            treated_at_scene,
            refused_transport,
            dead_at_scene,
            not_found,
            carried_by_others,
        }
    }
}

impl ToWire for Origin {
    type Wire = OriginView;

    fn to_wire(&self) -> OriginView {
        match self {
            Self::Person { person } => OriginView::Person { person: person.to_wire() },
            Self::CrewTerminal { vehicle, outbox: _, number: _ } => {
                OriginView::CrewTerminal { vehicle: vehicle.to_wire() }
            }
            Self::Automatic { rule } => OriginView::Automatic { rule: rule.clone() },
        }
    }
}
