//! What must be true afterwards, whatever happened: held against the journals and the position history alone.

use crate::gear::{Acknowledged, Book, Fixes, Journals, Reported};
use dispatch_core::model::{Event, Milestone, TaskId, VehicleId};
use std::collections::BTreeMap;

/// Every acknowledged command is there exactly once, and the commands of a desk in the order in which it made them; a command
/// that was refused is not there.
/// What is not there is told to `lost`, for a journal that went back.
pub(crate) fn commands(journals: &Journals, books: &[Book], mut lost: impl FnMut(&Acknowledged)) {
    let recorded = journals.commands();
    for book in books {
        let mut last: BTreeMap<&str, u64> = BTreeMap::new();
        for command in &book.acknowledged {
            let versions = recorded.get(&(command.centre.as_str(), command.command_id.as_str()));
            let Some(versions) = versions else {
                lost(command);
                continue;
            };
            let (first, end) = (versions[0], versions[versions.len() - 1]);
            let in_one_piece = end - first + 1 == versions.len() as u64;
            assert!(in_one_piece, "{} is there twice: {versions:?}", command.command_id);
            assert!(
                end <= command.version,
                "{} was acknowledged before it was there",
                command.command_id
            );
            let before = last.insert(&command.centre, end).unwrap_or(0);
            assert!(before < first, "{} stands before a command made earlier", command.command_id);
        }
        for (command_id, code) in &book.refused {
            let is_there = recorded.keys().any(|(_, recorded)| recorded == command_id);
            assert!(!is_there, "{command_id} was refused ({code}) and is recorded all the same");
        }
    }
}

/// No vehicle was ever on two tasks, in whichever journals: told from the events alone, without the core.
pub(crate) fn tasks(journals: &Journals) {
    let mut tasks = 0;
    for (centre, events) in &journals.0 {
        let mut vehicle_of: BTreeMap<&TaskId, &VehicleId> = BTreeMap::new();
        let mut on: BTreeMap<&VehicleId, &TaskId> = BTreeMap::new();
        for event in events {
            match step(&event.event) {
                Step::Begins(task, vehicle) => {
                    vehicle_of.insert(task, vehicle);
                    let other = on.insert(vehicle, task);
                    assert_eq!(other, None, "{vehicle} at version {} of {centre}", event.version);
                    tasks += 1;
                }
                Step::RunsAgain(task) => {
                    let vehicle = vehicle_of[task];
                    let other = on.insert(vehicle, task);
                    assert_eq!(other, None, "{vehicle} at version {} of {centre}", event.version);
                }
                Step::Ends(task) => on.retain(|_, running| *running != task),
                Step::Other => {}
            }
        }
    }
    assert!(tasks > 0, "nobody was sent anywhere");
}

/// A lost command where nothing may be lost.
pub(crate) fn nothing(command: &Acknowledged) {
    panic!("{} was lost", command.command_id);
}

/// Every numbered command of the outbox that a terminal has now is in a journal once and in the order of pressing; and
/// so is, by its name, each that it still knows as confirmed. Every fix is in the position history once, and all of
/// them are where no history went back.
pub(crate) fn reports(
    journals: &Journals,
    fixes: &BTreeMap<String, Fixes>,
    reported: &[Reported],
    all_fixes: bool,
) {
    let (numbers, presses) = (journals.crew_numbers(), journals.presses());
    for terminal in reported {
        let Reported { vehicle, outbox, commands, fixes: measured, confirmed } = terminal;
        let recorded = numbers.get(outbox).cloned().unwrap_or_default();
        let pressed: Vec<u64> = (1..=*commands).collect();
        assert_eq!(recorded, pressed, "the commands of {vehicle}");
        for press in confirmed {
            assert_eq!(presses.get(press), Some(&1), "{press} of {vehicle}");
        }
        let stored = fixes.get(outbox).copied().unwrap_or_default();
        assert_eq!(stored.rows, stored.numbers, "fixes of {vehicle} are there once");
        let expected = Fixes { rows: *measured, numbers: *measured, highest: *measured };
        assert!(
            !all_fixes || stored == expected,
            "the fixes of {vehicle}: {stored:?} {expected:?}"
        );
    }
}

/// What an event means for tasks.
enum Step<'a> {
    Begins(&'a TaskId, &'a VehicleId),
    RunsAgain(&'a TaskId),
    Ends(&'a TaskId),
    Other,
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else happens leaves tasks as they are"
)]
fn step(event: &Event) -> Step<'_> {
    match event {
        Event::TaskCreated { task, vehicle, .. } => Step::Begins(task, vehicle),
        Event::TaskAborted { task, .. }
        | Event::TaskRedirected { task, .. }
        | Event::MilestoneReached { task, milestone: Milestone::Finished, .. } => Step::Ends(task),
        Event::MilestoneUndone { task, milestone: Milestone::Finished } => Step::RunsAgain(task),
        _ => Step::Other,
    }
}
