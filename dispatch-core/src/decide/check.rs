//! Fields of a command: present, not too long, on the globe. Checked before anything is decided.

use crate::model::*;
use crate::rules::Limits;
use crate::text::is_blank;

pub(super) fn facts(facts: &IncidentFacts, limits: &Limits) -> Result<(), Rejection> {
    scene(&facts.scene, limits)?;
    around_the_scene(facts, limits)
}

fn around_the_scene(facts: &IncidentFacts, limits: &Limits) -> Result<(), Rejection> {
    facts.waiting.as_ref().map_or(Ok(()), |waiting| place("waiting", waiting, limits))?;
    destination(facts.destination.as_ref(), limits)?;
    needs(&facts.needs, limits)?;
    text("complaint", &facts.complaint, limits.text_chars)
}

/// What a further caller said: the place may be without words, where it was only "the same place".
pub(super) fn said(said: &IncidentFacts, limits: &Limits) -> Result<(), Rejection> {
    place("scene", &said.scene, limits)?;
    around_the_scene(said, limits)
}

fn needs(needs: &VehicleNeeds, limits: &Limits) -> Result<(), Rejection> {
    equipment(&needs.equipment, limits)
}

fn equipment(codes: &[String], limits: &Limits) -> Result<(), Rejection> {
    if codes.len() > limits.equipment_codes {
        return Err(bad("equipment", "has too many codes"));
    }
    codes.iter().try_for_each(|code| required("equipment", code, limits.name_chars))
}

pub(super) fn changes(changes: &IncidentChanges, limits: &Limits) -> Result<(), Rejection> {
    let call = changes.call.as_ref().filter(|call| !call.is_nothing());
    if (IncidentChanges { call: call.cloned(), ..changes.clone() }) == IncidentChanges::default() {
        return Err(bad("changes", "must change something"));
    }
    changes.vehicles_wanted.map_or(Ok(()), |wanted| vehicles_wanted(wanted, limits))?;
    patient_count(changes.patient_count, limits)?;
    call.map_or(Ok(()), |call| call_changes(call, limits))?;
    changes.scene.as_ref().map_or(Ok(()), |new| scene(new, limits))?;
    let new_address = changes.scene_address.as_deref();
    new_address.map_or(Ok(()), |new| required("scene_address", new, limits.address_chars))?;
    point("scene_point", changes.scene_point.as_set(), limits)?;
    changes.waiting.as_set().map_or(Ok(()), |waiting| place("waiting", waiting, limits))?;
    let new_address = changes.waiting_address.as_set().map(String::as_str);
    optional("waiting_address", new_address, limits.address_chars)?;
    point("waiting_point", changes.waiting_point.as_set(), limits)?;
    destination(changes.destination.as_set(), limits)?;
    changes.needs.as_set().map_or(Ok(()), |new| needs(new, limits))?;
    optional("complaint", changes.complaint.as_deref(), limits.text_chars)
}

fn call_changes(call: &CallChanges, limits: &Limits) -> Result<(), Rejection> {
    patient_count(call.patient_count, limits)?;
    age(call.patient_age_years.as_set().copied(), limits)?;
    for (field, change) in [
        ("caller_number", &call.caller_number),
        ("contact_name", &call.contact_name),
        ("contact_phone", &call.contact_phone),
        ("patient_name", &call.patient_name),
    ] {
        optional(field, change.as_set().map(String::as_str), limits.name_chars)?;
    }
    optional("special_needs", call.special_needs.as_deref(), limits.text_chars)
}

fn patient_count(patients: Option<u16>, limits: &Limits) -> Result<(), Rejection> {
    match patients {
        Some(0) => Err(bad("patient_count", "must be at least 1")),
        Some(told) if told > limits.patients_per_call => {
            Err(bad("patient_count", "is more than one call can tell of"))
        }
        Some(_) | None => Ok(()),
    }
}

fn age(years: Option<u8>, limits: &Limits) -> Result<(), Rejection> {
    if years.is_some_and(|age| age > limits.age_years) {
        return Err(bad("patient_age_years", "is more than anybody has lived"));
    }
    Ok(())
}

pub(super) fn call_details(details: &CallDetails, limits: &Limits) -> Result<(), Rejection> {
    patient_count(Some(details.patient_count), limits)?;
    age(details.patient.age_years, limits)?;
    let short = limits.name_chars;
    optional("seat", details.seat.as_deref(), short)?;
    optional("caller_number", details.caller_number.as_deref(), short)?;
    optional("contact_name", details.contact_name.as_deref(), short)?;
    optional("contact_phone", details.contact_phone.as_deref(), short)?;
    optional("patient_name", details.patient.name.as_deref(), short)?;
    text("special_needs", &details.special_needs, limits.text_chars)
}

pub(super) fn outcome(outcome: &CallOutcome, limits: &Limits) -> Result<(), Rejection> {
    match outcome {
        CallOutcome::Suspended(reason) => note(&reason.note, limits),
        CallOutcome::Refused(reason) => note(&reason.note, limits),
        CallOutcome::Cancelled(reason) => note(&reason.note, limits),
        CallOutcome::Reassigned(reason) => note(&reason.note, limits),
        CallOutcome::Open
        | CallOutcome::Dispatched
        | CallOutcome::Consultation
        | CallOutcome::Nuisance
        | CallOutcome::Repeat => Ok(()),
    }
}

pub(super) fn milestone_details(
    details: &MilestoneDetails,
    limits: &Limits,
) -> Result<(), Rejection> {
    optional("hospital", details.hospital.as_ref().map(HospitalId::as_str), limits.name_chars)?;
    if details.patients_carried.is_some_and(|carried| carried > limits.patients_carried) {
        return Err(bad("patients_carried", "is more than a vehicle can carry"));
    }
    patients(&details.patients, limits)?;
    if details.distance_km.is_some_and(|km| !(0.0..=limits.task_km).contains(&km)) {
        return Err(bad("distance_km", "is further than one task can lead"));
    }
    Ok(())
}

pub(super) fn patients(patients: &PatientsTold, limits: &Limits) -> Result<(), Rejection> {
    patients.fields().into_iter().try_for_each(|(field, told)| self::told(field, told, limits))
}

pub(super) fn told(
    field: &'static str,
    patients: Option<u16>,
    limits: &Limits,
) -> Result<(), Rejection> {
    if patients.is_some_and(|patients| patients > limits.patients_per_call) {
        return Err(bad(field, "is more patients than one incident has"));
    }
    Ok(())
}

pub(super) fn vehicles_wanted(vehicles: u16, limits: &Limits) -> Result<(), Rejection> {
    if vehicles == 0 {
        return Err(bad("vehicles", "must be at least 1"));
    }
    if usize::from(vehicles) > limits.tasks_per_incident {
        return Err(bad("vehicles", "is more than an incident can have"));
    }
    Ok(())
}

pub(super) fn offer(offer: &OfferRecord, limits: &Limits) -> Result<(), Rejection> {
    text("method", &offer.method, limits.name_chars)?;
    if offer.offered.len() > limits.offered_vehicles {
        return Err(bad("offered", "lists too many vehicles"));
    }
    Ok(())
}

pub(super) fn crew(crew: &[CrewMember], limits: &Limits) -> Result<(), Rejection> {
    if crew.len() > limits.crew_members {
        return Err(bad("crew", "has too many members"));
    }
    crew.iter().try_for_each(|member| {
        text("person", member.person.as_str(), limits.name_chars)?;
        required("name", &member.name, limits.name_chars)
    })
}

pub(super) fn vehicle(
    vehicle: &VehicleId,
    record: &VehicleRecord,
    limits: &Limits,
) -> Result<(), Rejection> {
    required("vehicle", vehicle.as_str(), limits.name_chars)?;
    required("station", record.station.as_str(), limits.name_chars)?;
    text("plate", &record.plate, limits.name_chars)?;
    text("call_sign", &record.call_sign, limits.name_chars)?;
    equipment(&record.equipment, limits)
}

pub(super) fn note(note: &str, limits: &Limits) -> Result<(), Rejection> {
    text("note", note, limits.text_chars)
}

/// What is written to or by a crew; it may say nothing where something else does.
pub(super) fn message(words: &str, limits: &Limits) -> Result<(), Rejection> {
    text("text", words, limits.message_chars)
}

pub(super) fn required(
    field: &'static str,
    value: &str,
    most_chars: usize,
) -> Result<(), Rejection> {
    if is_blank(value) {
        return Err(bad(field, "must not be empty"));
    }
    text(field, value, most_chars)
}

pub(super) const fn bad(field: &'static str, problem: &'static str) -> Rejection {
    Rejection::BadField { field, problem }
}

fn scene(scene: &Place, limits: &Limits) -> Result<(), Rejection> {
    required("scene", &scene.address, limits.address_chars)?;
    place("scene", scene, limits)
}

/// A place whose words may still be missing.
fn place(field: &'static str, place: &Place, limits: &Limits) -> Result<(), Rejection> {
    text(field, &place.address, limits.address_chars)?;
    position(field, place.position, place.error_radius_m, limits)
}

/// The position of a place without its words.
fn point(
    field: &'static str,
    point: Option<&PlacePoint>,
    limits: &Limits,
) -> Result<(), Rejection> {
    let Some(point) = point else { return Ok(()) };
    position(field, Some(point.position), point.error_radius_m, limits)
}

fn position(
    field: &'static str,
    position: Option<Wgs84>,
    error_radius_m: Option<u32>,
    limits: &Limits,
) -> Result<(), Rejection> {
    if error_radius_m.is_some_and(|radius| radius > limits.error_radius_m) {
        return Err(bad(field, "has an error radius larger than a region"));
    }
    match position {
        Some(Wgs84 { lon, lat }) if Wgs84::checked(lon, lat).is_none() => {
            Err(bad(field, "has a position that is not on the globe"))
        }
        Some(at) if at.is_unset() => {
            Err(bad(field, "has a position of 0, 0, which stands for none"))
        }
        Some(_) | None => Ok(()),
    }
}

fn destination(hospital: Option<&HospitalId>, limits: &Limits) -> Result<(), Rejection> {
    optional("destination", hospital.map(HospitalId::as_str), limits.name_chars)
}

fn optional(field: &'static str, value: Option<&str>, most_chars: usize) -> Result<(), Rejection> {
    value.map_or(Ok(()), |value| text(field, value, most_chars))
}

fn text(field: &'static str, value: &str, most_chars: usize) -> Result<(), Rejection> {
    if value.chars().count() > most_chars {
        return Err(bad(field, "is too long"));
    }
    Ok(())
}
