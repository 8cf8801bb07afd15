//! Amendments of calls and numbers, and an order given over a crew out of touch.

use dispatch_core::model::*;

/// What is amended beside the facts: set, and taken back.
pub(crate) fn all() -> [(String, Event); 2] {
    let set = IncidentChanges {
        source: Some(IncidentSource::Police),
        test: Some(false),
        vehicles_wanted: Some(2),
        patient_count: Some(3),
        call: Some(CallChanges {
            call_id: Some("yinchuan-7.c2".into()),
            caller_number: Change::Set("13995010003".to_owned()),
            contact_name: Change::Set("张伟".to_owned()),
            contact_phone: Change::Set("13995010002".to_owned()),
            patient_name: Change::Set("王芳".to_owned()),
            patient_sex: Change::Set(Sex::Female),
            patient_age_years: Change::Set(67),
            patient_count: Some(2),
            stretcher: Some(true),
            special_needs: Some("电梯停用".to_owned()),
        }),
        ..IncidentChanges::default()
    };
    let cleared = IncidentChanges {
        call: Some(CallChanges {
            call_id: Some("yinchuan-7.c1".into()),
            caller_number: Change::Clear,
            contact_name: Change::Clear,
            contact_phone: Change::Clear,
            patient_name: Change::Clear,
            patient_sex: Change::Clear,
            patient_age_years: Change::Clear,
            ..CallChanges::default()
        }),
        ..IncidentChanges::default()
    };
    [("call", set), ("call-cleared", cleared)].map(|(name, changes)| {
        let changes = Box::new(changes);
        let event = Event::IncidentAmended { incident: "yinchuan-7".into(), changes };
        (format!("{}-{name}", event.kind()), event)
    })
}

/// An abort over a crew out of touch.
pub(crate) fn out_of_touch(by: Provenance) -> (String, Recorded) {
    let confirmed = vec![Confirmation::CrewOutOfTouch { vehicles: vec!["YC-01-1".into()] }];
    let reason = AbortReason::RoadBlocked.into();
    let event = Event::TaskAborted { task: "yinchuan-7.t1".into(), reason };
    let name = format!("{}-out-of-touch", event.kind());
    (name, Recorded { version: 42, provenance: Provenance { confirmed, ..by }, event })
}
