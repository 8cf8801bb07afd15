use super::*;
use proptest::prelude::*;

const NOBODY: f64 = 3600.0;

fn settings(busy: f64) -> CoverageSettings {
    CoverageSettings::checked(busy, NOBODY).expect("good settings")
}

fn cell(weight: f64) -> Cell {
    Cell { weight, target_seconds: 720.0 }
}

/// Two towns of 3 and 1 parts of the demand; one vehicle in each, 20 minutes apart.
#[test]
fn the_next_patient_gets_the_nearest_vehicle_that_is_not_busy() {
    let cells = [cell(3.0), cell(1.0)];
    let (here, there): ([f32; 2], [f32; 2]) = ([100.0, 1200.0], [1200.0, 200.0]);
    let found = Coverage::of(&cells, &[&here, &there], &settings(0.5)).expect("there is demand");
    // Town one: half 100, a quarter 1200, a quarter nobody; town two alike with 200.
    assert_eq!(found.cells[0].expected_seconds, 50.0 + 300.0 + 900.0);
    assert_eq!(found.cells[1].expected_seconds, 100.0 + 300.0 + 900.0);
    assert_eq!(found.expected_seconds, 0.75 * 1250.0 + 0.25 * 1300.0);
    assert_eq!(found.covered, 0.5, "each town has one vehicle within target, half its time free");
    assert_eq!(found.reached, 1.0);
    // Without the first, town one waits for the second: 600 + 1800; town two loses its reserve: 100 + 1800.
    assert_eq!(found.lost_seconds[0], 0.75 * (2400.0 - 1250.0) + 0.25 * (1900.0 - 1300.0));
    assert!(found.lost_seconds[0] > found.lost_seconds[1]);
}

#[test]
fn an_area_that_nobody_reaches_counts_the_time_of_nobody() {
    let nowhere = [f32::INFINITY, f32::NAN];
    let found = Coverage::of(&[cell(1.0), cell(1.0)], &[&nowhere], &settings(0.3));
    let found = found.expect("there is demand");
    assert_eq!((found.expected_seconds, found.covered, found.reached), (NOBODY, 0.0, 0.0));
    assert_eq!(found.lost_seconds, [0.0]);
    assert!(found.cells[0].nearest_seconds.is_infinite());
}

#[test]
fn of_no_demand_nothing_is_said() {
    assert_eq!(Coverage::of(&[], &[], &settings(0.3)), None);
    assert_eq!(Coverage::of(&[cell(0.0)], &[&[1.0]], &settings(0.3)), None);
    assert_eq!(CoverageCounts::new(&[cell(0.0)], &settings(0.3)).covered(), 0.0);
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    assert!(CoverageSettings::checked(-0.1, 60.0).is_err());
    assert!(CoverageSettings::checked(0.95, 60.0).is_err());
    assert!(CoverageSettings::checked(f64::NAN, 60.0).is_err());
    assert!(CoverageSettings::checked(0.3, 0.0).is_err());
    assert!(CoverageSettings::checked(0.3, f64::INFINITY).is_err());
}

#[test]
fn the_second_vehicle_of_a_full_town_is_moved_to_the_empty_one() {
    let cells = [cell(3.0), cell(1.0)];
    let (full, empty): ([f32; 2], [f32; 2]) = ([100.0, 1200.0], [1200.0, 200.0]);
    let to_bases = [0.0, 1100.0];
    let movers = [Mover { times: &full, to_bases: &to_bases }; 3];
    let bases: [Times<'_>; 2] = [&full, &empty];
    let best = |most| best_relocation(&cells, &movers, &bases, &settings(0.5), most, |_, _| true);
    let found = best(1200.0).expect("a move pays");
    assert_eq!((found.mover, found.base, found.drive_seconds), (0, 1, 1100.0));
    // Three cover seven eighths of the first town; two cover three quarters, and the other half of the second.
    assert_eq!(found.covered_before, 0.75 * 0.875);
    assert_eq!(found.covered_after, 0.75 * 0.75 + 0.25 * 0.5);
    assert_eq!(best(1000.0), None, "too far to be moved");
    let kept = Mover { times: &full, to_bases: &[] };
    assert_eq!(
        best_relocation(&cells, &[kept; 3], &bases, &settings(0.5), 1200.0, |_, _| true),
        None,
        "one that must stay is not moved"
    );
}

#[test]
fn ground_belongs_to_its_nearest_station_and_is_reached_or_not() {
    let cells = [cell(3.0), cell(1.0), cell(1.0)];
    let bases: [Times<'_>; 2] = [&[10.0, 10.0, f32::INFINITY], &[20.0, 5.0, f32::INFINITY]];
    let nearest = nearest_base(3, &bases);
    assert_eq!(nearest, [Some(0), Some(1), None]);
    let reached = reached_by_base(&cells, &nearest, 3, |cell| u32::from(cell == 0));
    assert_eq!(reached, [Some(1.0), Some(0.0), None]);
}

fn row(cells: usize) -> impl Strategy<Value = Vec<f32>> {
    let time = prop_oneof![8 => 0.0f32..5000.0, 1 => Just(f32::INFINITY), 1 => Just(600.0)];
    proptest::collection::vec(time, cells)
}

fn area() -> impl Strategy<Value = (Vec<Cell>, Vec<Vec<f32>>, f64)> {
    (1usize..8).prop_flat_map(|cells| {
        let weights = proptest::collection::vec((0.1f64..9.0).prop_map(cell), cells);
        (weights, proptest::collection::vec(row(cells), 0..40), 0.0f64..0.9)
    })
}

fn rows(free: &[Vec<f32>]) -> Vec<Times<'_>> {
    free.iter().map(Vec::as_slice).collect()
}

proptest! {
    /// What is said to be lost is what the model says without the vehicle, for fleets larger than are reckoned with.
    #[test]
    fn what_a_vehicle_is_worth_is_the_difference_without_it((cells, free, busy) in area()) {
        let settings = settings(busy);
        let all = Coverage::of(&cells, &rows(&free), &settings).expect("demand");
        for (vehicle, lost) in all.lost_seconds.iter().enumerate() {
            let mut others = free.clone();
            others.remove(vehicle);
            let without = Coverage::of(&cells, &rows(&others), &settings).expect("demand");
            let grown = without.expected_seconds - all.expected_seconds;
            prop_assert!((grown - lost).abs() < 1e-6, "{grown} against {lost}");
            prop_assert!(*lost >= 0.0);
        }
    }

    /// The kept counts and the whole sum are one function.
    #[test]
    fn counting_up_and_down_says_what_the_whole_sum_says((cells, free, busy) in area()) {
        let settings = settings(busy);
        let mut counts = CoverageCounts::new(&cells, &settings);
        free.iter().for_each(|times| counts.add(times));
        let all = Coverage::of(&cells, &rows(&free), &settings).expect("demand");
        prop_assert!((counts.covered() - all.covered).abs() < 1e-9);
        for times in &free {
            let (before, loss) = (counts.covered(), counts.loss(times));
            counts.remove(times);
            prop_assert!((before - counts.covered() - loss).abs() < 1e-9);
            prop_assert!((counts.gain(times) - loss).abs() < 1e-9);
            counts.add(times);
        }
    }

    /// The best move is at least as good as every other, and its figures are those of the moved fleet.
    #[test]
    fn no_other_move_covers_more((cells, free, busy) in area(), stations in 1usize..4) {
        let settings = settings(busy);
        let bases: Vec<Vec<f32>> = free.iter().take(stations).cloned().collect();
        let to_bases = vec![60.0; bases.len()];
        let movers: Vec<Mover<'_>> =
            free.iter().map(|times| Mover { times, to_bases: &to_bases }).collect();
        let best = best_relocation(&cells, &movers, &rows(&bases), &settings, 600.0, |_, _| true);
        let covered = |free: &[Vec<f32>]| {
            Coverage::of(&cells, &rows(free), &settings).expect("demand").covered
        };
        let before = covered(&free);
        for vehicle in 0..free.len() {
            for base in &bases {
                let mut moved = free.clone();
                moved[vehicle].clone_from(base);
                let after = covered(&moved);
                let most = best.map_or(before, |best| best.covered_after);
                prop_assert!(after <= most + 1e-6, "{after} above {most}");
            }
        }
        if let Some(best) = best {
            let mut moved = free.clone();
            moved[best.mover].clone_from(&bases[best.base]);
            prop_assert!((covered(&moved) - best.covered_after).abs() < 1e-9);
        }
    }
}
