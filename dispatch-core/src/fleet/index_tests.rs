//! The index against a plain list: whatever moved, and however old the tree, the answers are equal.

use super::{FleetIndex, Near};
use proptest::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

const SLOTS: u32 = 200;

#[derive(Clone, Debug)]
enum Step {
    Place(u32, [f64; 2]),
    Drive(u32, [f64; 2]),
    Remove(u32),
    Refresh,
}

fn step() -> impl Strategy<Value = Step> {
    let point = || [-5000.0..5000.0, -5000.0..5000.0];
    prop_oneof![
        4 => (0..SLOTS, point()).prop_map(|(slot, to)| Step::Place(slot, to)),
        // Whole hundreds of metres, so that equal distances come up.
        2 => (0..SLOTS, [-20..20, -20..20])
            .prop_map(|(slot, to)| Step::Place(slot, to.map(|hundred| f64::from(hundred) * 100.0))),
        8 => (0..SLOTS, [-150.0..150.0, -150.0..150.0]).prop_map(|(slot, by)| Step::Drive(slot, by)),
        1 => (0..SLOTS).prop_map(Step::Remove),
        1 => Just(Step::Refresh),
    ]
}

/// Carries the commands out on the index and on a plain list.
fn fleet_after(steps: &[Step]) -> (FleetIndex, Vec<Option<[f64; 2]>>) {
    let index = FleetIndex::with_capacity(SLOTS);
    let mut list = vec![None; SLOTS as usize];
    for step in steps {
        match *step {
            Step::Place(slot, to) => index.place(slot, to).unwrap(),
            Step::Drive(slot, [dx, dy]) => {
                if let Some([x, y]) = index.position(slot) {
                    index.place(slot, [x + dx, y + dy]).unwrap();
                }
            }
            Step::Remove(slot) => index.remove(slot),
            Step::Refresh => index.refresh(),
        }
        match *step {
            Step::Place(slot, _) | Step::Drive(slot, _) | Step::Remove(slot) => {
                list[slot as usize] = index.position(slot);
            }
            Step::Refresh => {}
        }
    }
    (index, list)
}

fn ranked(list: &[Option<[f64; 2]>], to: [f64; 2]) -> Vec<Near> {
    let mut all: Vec<Near> = (0..)
        .zip(list)
        .filter_map(|(slot, point)| {
            let [x, y] = (*point)?;
            Some(Near { slot, distance_m: ((x - to[0]).powi(2) + (y - to[1]).powi(2)).sqrt() })
        })
        .collect();
    all.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then(a.slot.cmp(&b.slot)));
    all
}

proptest! {
    #[test]
    fn the_nearest_are_those_of_a_plain_list(
        steps in prop::collection::vec(step(), 0..300),
        to in [-6000.0..6000.0, -6000.0..6000.0],
        k in 0usize..12,
        odd_only in any::<bool>(),
    ) {
        let (index, list) = fleet_after(&steps);
        let keep = |slot: u32| !odd_only || slot % 2 == 1;
        let expected: Vec<Near> =
            ranked(&list, to).into_iter().filter(|near| keep(near.slot)).take(k).collect();
        prop_assert_eq!(index.look().nearest(to, k, keep), expected);
    }

    #[test]
    fn ties_go_to_the_lower_slot(steps in prop::collection::vec(step(), 0..400), k in 1usize..12) {
        let (index, list) = fleet_after(&steps);
        let expected: Vec<Near> = ranked(&list, [0.0, 0.0]).into_iter().take(k).collect();
        prop_assert_eq!(index.look().nearest([0.0, 0.0], k, |_| true), expected);
    }

    #[test]
    fn a_box_holds_those_of_a_plain_list(
        steps in prop::collection::vec(step(), 0..300),
        corner in [-6000.0..6000.0, -6000.0..6000.0],
        size in [0.0..4000.0, 0.0..4000.0],
    ) {
        let (index, list) = fleet_after(&steps);
        let far = [corner[0] + size[0], corner[1] + size[1]];
        let expected: Vec<u32> = (0..SLOTS)
            .filter(|&slot| list[slot as usize].is_some_and(|[x, y]| {
                corner[0] <= x && x <= far[0] && corner[1] <= y && y <= far[1]
            }))
            .collect();
        prop_assert_eq!(index.look().within(corner, far), expected);
    }

    #[test]
    fn the_walk_meets_each_vehicle_once_and_keeps_its_promise(
        steps in prop::collection::vec(step(), 0..300),
    ) {
        let (index, list) = fleet_after(&steps);
        let look = index.look();
        let met: Vec<_> = look.outwards([100.0, -100.0]).collect();
        let mut slots: Vec<u32> = met.iter().map(|met| met.slot).collect();
        slots.sort_unstable();
        let present: Vec<u32> = (0..SLOTS).filter(|&slot| list[slot as usize].is_some()).collect();
        prop_assert_eq!(slots, present);
        let mut nearest_to_come = f64::INFINITY;
        for met in met.iter().rev() {
            let [x, y] = met.metres;
            nearest_to_come = nearest_to_come.min((x - 100.0).hypot(y + 100.0));
            prop_assert!(met.at_least_m <= nearest_to_come + 1e-6);
        }
    }
}

#[test]
fn a_whole_fleet_signs_on_one_by_one_and_all_are_found() {
    let index = FleetIndex::with_capacity(3000);
    for slot in 0..3000 {
        index.place(slot, [f64::from(slot % 50) * 1000.0, f64::from(slot / 50) * 1000.0]).unwrap();
    }
    assert_eq!(index.look().within([0.0, 0.0], [1e6, 1e6]).len(), 3000);
    assert_eq!(index.look().nearest([7001.0, 3001.0], 1, |_| true)[0].slot, 3 * 50 + 7);
}

#[test]
fn what_cannot_be_placed_is_refused_in_words() {
    let index = FleetIndex::with_capacity(2);
    let told = |result: Result<(), super::CannotPlace>| result.unwrap_err().to_string();
    assert_eq!(told(index.place(2, [0.0, 0.0])), "slot 2 is beyond the 2 slots of the index");
    assert_eq!(told(index.place(0, [f64::NAN, 0.0])), "the point is off the plane");
    assert_eq!(index.look().nearest([0.0, 0.0], 8, |_| true), []);
}

/// Each vehicle drives and jumps about inside a square of its own; whoever asks at the middle of a
/// square must always find its own vehicle first, however the trees are swapped meanwhile.
#[test]
fn readers_see_every_vehicle_while_writers_move_it() {
    const SIDE: u32 = 12;
    const SQUARE_M: f64 = 4000.0;
    const REACH_M: f64 = SQUARE_M / 4.0;
    const ROUNDS: u32 = 200;
    let middle = |slot: u32| [f64::from(slot % SIDE) * SQUARE_M, f64::from(slot / SIDE) * SQUARE_M];
    let index = FleetIndex::with_capacity(SIDE * SIDE);
    index.load((0..SIDE * SIDE).map(|slot| (slot, middle(slot)))).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut asked = 0u32;
            while !done.load(Ordering::Relaxed) || asked < 1000 {
                let slot = asked % (SIDE * SIDE);
                let found = index.look().nearest(middle(slot), 1, |_| true);
                assert_eq!(found[0].slot, slot, "after {asked} questions");
                asked += 1;
            }
        });
        for round in 0..ROUNDS {
            for slot in 0..SIDE * SIDE {
                let turn =
                    f64::from(round.wrapping_mul(2_654_435_761).wrapping_add(slot) % 628) / 100.0;
                let [x, y] = middle(slot);
                // Mostly short moves, sometimes a jump across the square that makes a stray.
                let reach = if (round + slot) % 7 == 0 { REACH_M } else { REACH_M / 20.0 };
                index.place(slot, [x + reach * turn.cos(), y + reach * turn.sin()]).unwrap();
            }
        }
        done.store(true, Ordering::Relaxed);
        reader.join().unwrap();
    });
}
