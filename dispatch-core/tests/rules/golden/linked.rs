//! A further call about an incident, and the same call as an incident of its own.

use crate::region;
use dispatch_core::model::*;

/// The call with its own words, and what takes it apart.
pub(crate) fn all(details: &CallDetails) -> [(String, Event); 2] {
    let incident: IncidentId = "yinchuan-7".into();
    let call_id: CallId = "yinchuan-7.c2".into();
    let facts = region::facts("正源北街 12 号楼");
    let said = CallerWords { facts, vehicles_wanted: Some(2) };
    let taken = Event::CallTaken {
        incident: incident.clone(),
        call_id: call_id.clone(),
        details: Box::new(details.clone()),
        said: Some(Box::new(said)),
    };
    let separated = Event::CallSeparated { incident, call_id, to: "yinchuan-8".into() };
    [(format!("{}-linked", taken.kind()), taken), (separated.kind().to_owned(), separated)]
}
