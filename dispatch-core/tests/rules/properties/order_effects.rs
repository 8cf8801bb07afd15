//! The table of events says what each may change in orders: no more than that is compared when crews are told of
//! changes, so a row that says too little would keep a change from them.

use super::lives;
use dispatch_core::model::*;
use dispatch_core::{CentreState, apply};
use std::collections::{BTreeMap, BTreeSet};

/// Lives looked at, of two centres each.
const LIVES: usize = 600;

/// A kind of event, and a part of an order that it changed.
type Change = (&'static str, OrderPart);

#[test]
fn no_event_changes_more_of_an_order_than_its_row_says() {
    let (mut changed, mut untold) = (BTreeSet::new(), BTreeSet::new());
    for (centre, life) in lives::short().take(LIVES) {
        let mut state = CentreState::new(centre);
        for recorded in &life {
            let (told, more) = changes(&mut state, recorded);
            changed.extend(told);
            untold.extend(more);
        }
    }
    assert!(untold.is_empty(), "changed and not in the row: {untold:?}");
    assert!(changed.contains(&("task_created", OrderPart::WithVehicles)), "{changed:?}");
    assert!(changed.contains(&("incident_amended", OrderPart::Scene)), "{changed:?}");
}

/// What an event changes in any order: as its row says, and otherwise.
fn changes(state: &mut CentreState, recorded: &Recorded) -> (Vec<Change>, Vec<Change>) {
    let event = &recorded.event;
    let before: BTreeMap<_, _> =
        state.incidents.iter().map(|(id, it)| (id.clone(), it.order_sheet())).collect();
    let Subjects { incident, task, vehicle } = event.subjects();
    let its_own = incident.map(IncidentId::as_str).or_else(|| task?.incident());
    let of_task = || Some(&state.task(task?)?.1.vehicle);
    let on_now = vehicle.or_else(of_task).and_then(|vehicle| state.running_task_of(vehicle));
    let on_now = on_now.map(|(incident, _)| incident.id.clone());
    apply(state, recorded);
    let may_change = |id: &IncidentId, part: OrderPart| match event.order_effect() {
        OrderEffect::Nothing => false,
        OrderEffect::WhoComes | OrderEffect::AnyPart if its_own != Some(id.as_str()) => {
            part == OrderPart::WithVehicles && on_now.as_ref() == Some(id)
        }
        OrderEffect::WhoComes => part == OrderPart::WithVehicles,
        OrderEffect::AnyPart => true,
    };
    let still_there =
        before.iter().filter_map(|(id, sheet)| Some((sheet, state.incidents.get(id)?)));
    let parts = still_there.flat_map(|(sheet, incident)| {
        let parts = sheet.parts_changed(&incident.order_sheet()).into_iter();
        parts.map(|part| (may_change(&incident.id, part), (event.kind(), part)))
    });
    let (told, untold): (Vec<_>, Vec<_>) = parts.partition(|(may, _)| *may);
    let change = |(_, change)| change;
    (told.into_iter().map(change).collect(), untold.into_iter().map(change).collect())
}
