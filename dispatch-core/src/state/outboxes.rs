//! What a centre remembers of a vehicle's terminals, so that every press is recorded once whatever
//! became of the numbers at either end.

use crate::model::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// How many terminals' outboxes are remembered per vehicle, the one used longest ago making room. A
/// tablet that is reset to an image opens one at every boot; a month of that leaves room for a spare.
/// A forgotten outbox is no dead end: its terminal is asked to open a new one. What was pressed in it stays
/// remembered as long as any press does, since the terminal brings its newest presses again.
pub const REMEMBERED_OUTBOXES: usize = 32;

/// How many presses are remembered per vehicle, over all its outboxes: two to four shifts of a busy crew.
pub const REMEMBERED_PRESSES: usize = 128;

/// How many numbers are remembered of them: a terminal whose centre was set back brings the same presses again under
/// new numbers, time after time, and none of that may push a press out.
pub const REMEMBERED_NUMBERS: usize = 4 * REMEMBERED_PRESSES;

/// How many commands a terminal may have under way without an answer. Below that distance from the mark an
/// command that cannot be looked up any more is taken for a repeat, above it for a press of a terminal that
/// was set back.
const MOST_UNANSWERED: u64 = 64;

/// How many retired vehicles' outboxes are remembered: more than a province takes out of service in
/// decades.
const REMEMBERED_RETIRED: usize = 2_048;

/// Where a press stands against what is recorded of its outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutboxStanding {
    /// It follows what is recorded.
    Next,
    /// It is recorded.
    Recorded,
    /// Its number was passed long ago or its record forgotten; most likely it is recorded.
    RecordedPerhaps,
    /// It was recorded under another number, and its number here is the next one.
    RecordedElsewhere,
    /// Another press has its number.
    NumberTaken,
    /// Commands before it are missing.
    Gap {
        /// The number that would follow.
        expected: u64,
    },
}

/// The highest command number recorded from this outbox; 0 when none was.
pub(crate) fn commands_recorded(marks: &[OutboxMark], outbox: &OutboxId) -> u64 {
    mark(marks, outbox).map_or(0, |mark| mark.number)
}

/// Whether the outbox is known at all.
pub(crate) fn knows(marks: &[OutboxMark], outbox: &OutboxId) -> bool {
    mark(marks, outbox).is_some()
}

fn mark<'a>(marks: &'a [OutboxMark], outbox: &OutboxId) -> Option<&'a OutboxMark> {
    marks.iter().find(|mark| mark.outbox == *outbox)
}

pub(crate) fn standing(
    marks: &[OutboxMark],
    outbox: &OutboxId,
    number: u64,
    name: Option<&CommandId>,
) -> OutboxStanding {
    let recorded = commands_recorded(marks, outbox);
    let expected = recorded.saturating_add(1);
    let is_known = name.map(digest).is_some_and(|digest| is_recorded(marks, digest));
    if number == 0 {
        return OutboxStanding::Gap { expected };
    }
    match (is_known, number == expected) {
        (true, true) => return OutboxStanding::RecordedElsewhere,
        (true, false) => return OutboxStanding::Recorded,
        (false, true) => return OutboxStanding::Next,
        (false, false) => {}
    }
    if number > expected {
        return OutboxStanding::Gap { expected };
    }
    if name.is_none() {
        return OutboxStanding::Recorded;
    }
    let presses = mark(marks, outbox).map_or(&[][..], |mark| &mark.presses);
    let is_taken = presses.iter().any(|press| press.number == number);
    if is_taken || number.saturating_add(MOST_UNANSWERED) <= recorded {
        OutboxStanding::NumberTaken
    } else {
        OutboxStanding::RecordedPerhaps
    }
}

fn is_recorded(marks: &[OutboxMark], digest: u64) -> bool {
    marks.iter().any(|mark| mark.presses.iter().any(|press| press.digest == digest))
}

/// Remembers a press. Only the next number moves the mark: one that came out of order stands for
/// itself alone. One that is recorded under another number takes this one as well: whatever else comes with it,
/// from a clone of the tablet, is another press.
pub(crate) fn remember(
    marks: &mut Vec<OutboxMark>,
    outbox: &OutboxId,
    number: u64,
    name: Option<&CommandId>,
) {
    let digest = name.map(digest);
    if let Some(digest) = digest {
        use_press(marks, digest);
    }
    let mark = use_outbox(marks, outbox);
    let has = |digest| mark.presses.iter().any(|it| (it.number, it.digest) == (number, digest));
    let is_new = digest.is_some_and(|digest| !has(digest));
    if number == mark.number.saturating_add(1) {
        mark.number = number;
    }
    if let Some(digest) = digest.filter(|_| is_new) {
        mark.presses.push(PressMark { number, digest });
    }
    make_room(marks);
}

/// A terminal opened this outbox in place of another, which stays remembered.
pub(crate) fn renew(marks: &mut Vec<OutboxMark>, outbox: &OutboxId, previous: Option<&OutboxId>) {
    if let Some(previous) = previous.filter(|previous| knows(marks, previous)) {
        use_outbox(marks, previous);
    }
    use_outbox(marks, outbox);
    make_room(marks);
}

/// Goes on behind commands that are missing.
pub(crate) fn pass_over(marks: &mut Vec<OutboxMark>, outbox: &OutboxId, through: u64) {
    let mark = use_outbox(marks, outbox);
    mark.number = mark.number.max(through);
    make_room(marks);
}

/// Puts an outbox last, as the one used last.
fn use_outbox<'a>(marks: &'a mut Vec<OutboxMark>, outbox: &OutboxId) -> &'a mut OutboxMark {
    let at = marks.iter().position(|mark| mark.outbox == *outbox);
    let mark = match at {
        Some(at) => marks.remove(at),
        None => OutboxMark { outbox: outbox.clone(), number: 0, presses: Vec::new() },
    };
    marks.push_mut(mark)
}

/// A press that comes again and again, from a tablet reset to an image, is not forgotten before
/// presses that come once.
fn use_press(marks: &mut Vec<OutboxMark>, digest: u64) {
    let holds = |mark: &OutboxMark| mark.presses.iter().any(|press| press.digest == digest);
    let Some(at) = marks.iter().position(holds) else { return };
    let mut mark = marks.remove(at);
    if let Some(at) = mark.presses.iter().position(|press| press.digest == digest) {
        let press = mark.presses.remove(at);
        mark.presses.push(press);
    }
    marks.push(mark);
}

fn make_room(marks: &mut Vec<OutboxMark>) {
    let surplus = marks.len().saturating_sub(REMEMBERED_OUTBOXES);
    marks.iter_mut().take(surplus).for_each(|mark| mark.number = 0);
    forget_presses(marks);
    let mut oldest = marks.len().saturating_sub(REMEMBERED_OUTBOXES);
    marks.retain(|mark| {
        let is_forgotten = oldest > 0;
        oldest = oldest.saturating_sub(1);
        !(is_forgotten && mark.presses.is_empty())
    });
}

/// Forgets the oldest numbers of presses that have another one, then the presses used longest ago.
fn forget_presses(marks: &mut [OutboxMark]) {
    let digests = || marks.iter().flat_map(|mark| mark.presses.iter().map(|press| press.digest));
    let mut times: BTreeMap<u64, usize> = BTreeMap::new();
    let mut numbers = digests().count();
    if numbers <= REMEMBERED_PRESSES {
        return;
    }
    digests().for_each(|digest| *times.entry(digest).or_default() += 1);
    let mut presses = times.len();
    for mark in marks {
        mark.presses.retain(|press| {
            let Some(left) = times.get_mut(&press.digest) else { return true };
            let is_last = *left == 1;
            let is_too_many =
                if is_last { presses > REMEMBERED_PRESSES } else { numbers > REMEMBERED_NUMBERS };
            if is_too_many {
                *left -= 1;
                numbers -= 1;
                presses -= usize::from(is_last);
            }
            !is_too_many
        });
    }
}

/// FNV-1a: the same on every machine and for ever, as the fold must be. It only has to tell a hundred
/// presses of one vehicle apart, whose names are digests already.
fn digest(name: &CommandId) -> u64 {
    name.as_str().bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Vehicles that left service: one that is enrolled again goes on where it was, and what is still pressed on
/// its terminal is answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Retired(VecDeque<RetiredVehicle>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct RetiredVehicle {
    id: VehicleId,
    record: VehicleRecord,
    outboxes: Vec<OutboxMark>,
}

impl Retired {
    pub(crate) fn keep(
        &mut self,
        id: &VehicleId,
        record: VehicleRecord,
        outboxes: Vec<OutboxMark>,
    ) {
        self.take(id);
        self.0.push_back(RetiredVehicle { id: id.clone(), record, outboxes });
        if self.0.len() > REMEMBERED_RETIRED {
            self.0.pop_front();
        }
    }

    pub(crate) fn take(&mut self, vehicle: &VehicleId) -> Vec<OutboxMark> {
        let at = self.0.iter().position(|retired| retired.id == *vehicle);
        at.and_then(|at| self.0.remove(at)).map(|retired| retired.outboxes).unwrap_or_default()
    }

    /// What a vehicle that left service was.
    pub(crate) fn record(&self, vehicle: &VehicleId) -> Option<&VehicleRecord> {
        self.0.iter().find(|retired| retired.id == *vehicle).map(|retired| &retired.record)
    }

    pub(crate) fn outboxes(&self, vehicle: &VehicleId) -> Option<&[OutboxMark]> {
        self.0.iter().find(|retired| retired.id == *vehicle).map(|retired| &*retired.outboxes)
    }

    pub(crate) fn outboxes_mut(&mut self, vehicle: &VehicleId) -> Option<&mut Vec<OutboxMark>> {
        let found = self.0.iter_mut().find(|retired| retired.id == *vehicle);
        found.map(|retired| &mut retired.outboxes)
    }
}
