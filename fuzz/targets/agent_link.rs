//! The vehicle's side of the link under any frames, presses, cuts, failing disks and power cuts.
//! It never panics, and no command is lost: what the crew was told is stored stays until the server said
//! that it has it, and reaches a server that answers, in order and word for word.
//!
//! The input is a script, one step a line, its first letter saying what happens; frames and presses
//! are the JSON that follows. So the golden files are scripts already, and findings can be read.
#![no_main]

use helan_fuzz::vehicle::Vehicle;
use libfuzzer_sys::fuzz_target;

/// More steps only take longer; every state of the link is some tens of steps away.
const MAX_STEPS: usize = 200;

fuzz_target!(|script: &str| {
    let mut vehicle = Vehicle::new();
    for line in script.lines().take(MAX_STEPS) {
        let mut letters = line.chars();
        let Some(step) = letters.next() else { continue };
        vehicle.step(step, letters.as_str());
        vehicle.nothing_is_lost();
    }
    vehicle.everything_arrives();
});
