//! What must hold of every centre after every command, whatever happened.

use crate::world::World;
use dispatch_core::CentreState;
use dispatch_core::model::*;
use dispatch_core::state::{
    Duty, HelpStanding, Incident, IncidentStage, NotComing, Task, TaskEnd, Vehicle,
};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn hold(world: &World) {
    let ever = vehicles_that_ever_were(world);
    for centre in world.centres.values() {
        stays_say_what_belongs_here(&centre.state, &ever);
        vehicles_and_tasks_agree(&centre.state);
        incidents_are_sound(&centre.state);
        versions_have_no_gaps(&centre.journal);
        assert_eq!(centre.state.version, centre.journal.len() as u64);
    }
    every_vehicle_is_in_one_place(world);
}

/// Those that are somewhere, and those that the players enrol and retire.
fn vehicles_that_ever_were(world: &World) -> BTreeSet<VehicleId> {
    let here = world.centres.values().flat_map(|centre| centre.state.vehicles.keys().cloned());
    let names =
        world.centres.keys().flat_map(|centre| (0..5).map(move |n| format!("{centre}-v{n}")));
    here.chain(names.map(VehicleId::new)).collect()
}

/// Never two running tasks on one vehicle, and what a vehicle does is what its task says.
fn vehicles_and_tasks_agree(state: &CentreState) {
    let mut busy = BTreeMap::new();
    for task in state.incidents.values().flat_map(|incident| incident.running_tasks()) {
        let other = busy.insert(&task.vehicle, task);
        assert!(other.is_none(), "{} is on two tasks", task.vehicle);
    }
    for vehicle in state.vehicles.values() {
        match &vehicle.duty {
            Duty::OnTask { task, stage } => {
                let running = busy.remove(&vehicle.id).expect("a busy vehicle has a running task");
                assert_eq!((&running.id, running.stage()), (task, Some(*stage)));
                assert_eq!(vehicle.latest_task.as_ref(), Some(task));
            }
            Duty::AvailableOnRoad { .. }
            | Duty::AvailableAtStation
            | Duty::OffDuty
            | Duty::Paused { .. } => assert!(!busy.contains_key(&vehicle.id)),
        }
        let other = vehicle.standing_report().filter(|it| vehicle.running_task() != Some(&it.task));
        let task = vehicle.running_task().and_then(|task| state.task(task));
        let not_coming = task.and_then(|(_, task)| task.not_coming);
        assert_eq!(vehicle.away.is_some(), not_coming == Some(NotComing::Away), "{}", vehicle.id);
        let held = not_coming == Some(NotComing::OtherPatient);
        let is_no_help = held || vehicle.away.is_some();
        assert!(other.is_none() || task.is_none() || is_no_help, "{} is elsewhere", vehicle.id);
        assert!(!held || other.is_some(), "{} is held up by nothing", vehicle.id);
        if let Some(next) = &vehicle.follow_on {
            assert!(vehicle.running_task().is_some(), "only a busy vehicle is promised");
            let incident = &state.incidents[&next.incident];
            assert!(incident.promised.iter().any(|it| it.vehicle == vehicle.id));
        }
        moves_are_of_free_vehicles(vehicle);
        if let Some(last) = vehicle.task_to_return_from() {
            let (_, task) = state.task(&last).expect("a task to return from is remembered");
            assert_eq!(task.end, TaskEnd::Finished);
            assert_eq!(task.milestones.latest(), Milestone::Finished);
        }
    }
    assert!(busy.is_empty(), "a running task has its vehicle here");
}

/// What is suggested or given as a move never stands beside a task or a day off.
fn moves_are_of_free_vehicles(vehicle: &Vehicle) {
    let is_busy = match &vehicle.duty {
        Duty::OnTask { .. } | Duty::OffDuty => true,
        Duty::AvailableOnRoad { .. } | Duty::AvailableAtStation | Duty::Paused { .. } => false,
    };
    assert!(!is_busy || vehicle.moving.is_none(), "{} is busy and moved", vehicle.id);
    let is_idle = matches!(vehicle.duty, Duty::Paused { .. }) || is_busy;
    assert!(!is_idle || vehicle.suggested.is_none(), "{} is suggested", vehicle.id);
    let at_own = matches!(vehicle.duty, Duty::AvailableAtStation);
    assert!(!(at_own && vehicle.is_standing_by()), "{} is at two stations", vehicle.id);
}

fn incidents_are_sound(state: &CentreState) {
    for incident in state.incidents.values() {
        let runs = incident.running_tasks().next().is_some();
        match &incident.stage {
            IncidentStage::Open => help_is_what_it_says(incident),
            IncidentStage::Suspended { .. }
            | IncidentStage::Refused { .. }
            | IncidentStage::Cancelled { .. }
            | IncidentStage::Closed { .. } => assert!(!runs, "{} is served", incident.id),
        }
        assert_eq!(incident.first_dispatch_at.is_some(), !incident.tasks.is_empty());
        assert!(!incident.calls.is_empty());
        assert!(incident.calls[0].separated_to.is_none(), "{} lost its call", incident.id);
        for promised in &incident.promised {
            assert!(!incident.stage.is_over(), "{} is over and promised a vehicle", incident.id);
            let next = state.vehicles[&promised.vehicle].follow_on.as_ref();
            assert_eq!(next.map(|next| &next.incident), Some(&incident.id));
        }
        for (n, task) in incident.tasks.iter().enumerate() {
            assert_eq!(task.id.as_str(), format!("{}.t{}", incident.id, n + 1));
            let report = state.vehicles.get(&task.vehicle).and_then(|it| it.report.as_ref());
            milestones_are_in_order(task, report.is_some_and(|it| it.task == task.id));
        }
    }
}

/// A vehicle belongs to a centre exactly while one of its stays there is open, and two of them never overlap.
fn stays_say_what_belongs_here(state: &CentreState, ever: &BTreeSet<VehicleId>) {
    for vehicle in ever {
        let stays: Vec<_> = state.stays(vehicle).collect();
        let is_here = state.vehicles.contains_key(vehicle);
        assert_eq!(stays.last().is_some_and(|stay| stay.to.is_none()), is_here, "{vehicle}");
        for (one, next) in stays.iter().zip(stays.iter().skip(1)) {
            assert!(one.to.is_some_and(|to| one.from <= to && to <= next.from), "{stays:?}");
        }
    }
}

/// Fewer vehicles than wanted is waiting; a task that nobody received is no help under way; an incident
/// without a vehicle on it never looks as if one were.
fn help_is_what_it_says(incident: &Incident) {
    let since = incident.reopening().map_or(0, |reopening| reopening.version);
    let came = incident.tasks.iter().filter(|task| {
        let runs =
            task.end == TaskEnd::Running && task.lapsed_at.is_none() && task.not_coming.is_none();
        task.created_in > since && (runs || task.end == TaskEnd::Finished)
    });
    let came = u16::try_from(came.count()).expect("few tasks");
    let standing = incident.standing().expect("an open incident stands somehow");
    let asks = matches!(standing, HelpStanding::Waiting | HelpStanding::ToDecide);
    if came < incident.vehicles_wanted {
        assert!(incident.waits_for_vehicle() && asks, "{} has {came} vehicles", incident.id);
    }
    let heard = |task: &Task| {
        task.device_receipt.is_some()
            || task.milestones.iter().any(|(m, _)| m != Milestone::Created)
    };
    assert!(incident.tasks.iter().all(|task| !task.is_under_way() || heard(task)));
    let mut running = incident.coming_tasks().peekable();
    assert!(asks || running.peek().is_some(), "{} is served by nobody", incident.id);
    assert!(standing != HelpStanding::UnderWay || running.all(heard), "{} waits", incident.id);
}

fn milestones_are_in_order(task: &Task, reported: bool) {
    let times: Vec<_> = task.milestones.iter().map(|(_, stamp)| stamp.at()).collect();
    assert!(times.is_sorted(), "{}: {times:?}", task.id);
    assert!(task.milestones.get(Milestone::Created).is_some());
    let finished = task.milestones.get(Milestone::Finished).is_some();
    assert!(finished || task.end != TaskEnd::Finished);
    assert!(!finished || task.end == TaskEnd::Finished || reported, "{} finished", task.id);
}

fn versions_have_no_gaps(journal: &[Recorded]) {
    assert!(journal.iter().map(|event| event.version).eq(1..=journal.len() as u64));
}

/// What tells a hand-over from others; its times change when a wrong clock is set right on the way.
pub(crate) fn name_of(transfer: &VehicleTransfer) -> (&CentreId, &VehicleId, u64) {
    (&transfer.from, &transfer.vehicle, transfer.number)
}

/// Here, there or on the way, but never twice and never nowhere.
fn every_vehicle_is_in_one_place(world: &World) {
    let mut in_service = BTreeSet::new();
    let mut arrived = Vec::new();
    for recorded in world.centres.values().flat_map(|centre| &centre.journal) {
        // Only the home centre enrols and retires a vehicle, so one journal has both, in order.
        if let Event::VehicleEnrolled { vehicle, .. } = &recorded.event {
            in_service.insert(vehicle);
        } else if let Event::VehicleRetired { vehicle } = &recorded.event {
            in_service.remove(vehicle);
        } else if let Event::VehicleTakenOver { transfer } = &recorded.event {
            arrived.push(name_of(transfer));
        }
    }
    let mut places: Vec<&VehicleId> = Vec::new();
    for centre in world.centres.values() {
        let on_the_way =
            centre.state.transfers_out.values().filter(|h| !arrived.contains(&name_of(h)));
        places.extend(centre.state.vehicles.keys().chain(on_the_way.map(|h| &h.vehicle)));
    }
    places.sort();
    assert!(places.iter().eq(&in_service), "{places:?} instead of {in_service:?}");
}
