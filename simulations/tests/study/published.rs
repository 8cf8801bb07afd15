//! The Auckland model that JEMSS.jl ships, where its files are at hand: a check against what another simulator gave.

use simulations::study::coverage::Coverage;
use simulations::study::figures::Figure;
use simulations::study::jemss::{Options, import};
use simulations::study::policy::{MoveUp, Policy};
use simulations::study::run::{Extent, run};
use simulations::study::statistics::Estimate;
use simulations::study::travel::Travel;
use std::path::PathBuf;
use std::sync::Arc;

/// The folder of the model, by `HELAN_EMS_AUCKLAND`; without it the test says that it has not looked.
fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("HELAN_EMS_AUCKLAND").map(PathBuf::from);
    named.filter(|folder| folder.is_dir())
}

#[test]
fn the_nearest_vehicle_is_late_as_often_as_another_simulator_found() {
    let Some(folder) = folder() else {
        println!("not looked at: HELAN_EMS_AUCKLAND names no folder of the Auckland model");
        return;
    };
    let system = import(&folder, &Options::default()).unwrap_or_else(|it| panic!("{it}")).system;
    let travel = Travel::new(&system);
    let dmexclp = Policy {
        name: "dmexclp".into(),
        move_up: MoveUp::Dmexclp,
        coverage: Some(Arc::new(Coverage::new(&travel, 0.3))),
        ..Policy::nearest()
    };
    let extent = Extent { seed: 1, replications: 3, days: 60, training: false };
    let policies = vec![Policy::nearest(), dmexclp];
    let results = run(&travel, policies, extent, &|| false, &mut |_, _| {}).expect("runs");
    let late = |at: usize| -> Vec<f64> {
        results.series[at].figures.iter().map(|it| it.get(Figure::LateUrgent)).collect()
    };
    let nearest = Estimate::of(&late(0)).mean;
    assert!((46.5..48.9).contains(&nearest), "{nearest}");
    let change = Estimate::relative(&late(1), &late(0)).mean;
    assert!((-0.065..-0.02).contains(&change), "{change}");
}
