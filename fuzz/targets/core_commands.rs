//! The rules under any orders: two centres live through whatever is asked of them, by people and by
//! crews, with any clocks and any texts. Nothing panics, what must hold holds after every command, every
//! event reads back from its stored form, and the journal folds to the same state.
#![no_main]

#[path = "../../dispatch-core/tests/rules/invariants.rs"]
mod invariants;
#[path = "core_commands/life.rs"]
mod life;
#[path = "core_commands/orders.rs"]
mod orders;
#[path = "../../dispatch-core/tests/rules/region.rs"]
mod region;
#[path = "core_commands/texts.rs"]
mod texts;
#[path = "../../dispatch-core/tests/rules/world.rs"]
mod world;

use libfuzzer_sys::arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;

/// More commands only take longer; a task's whole life is eight.
const MOST_COMMANDS: usize = 120;

fuzz_target!(|bytes: &[u8]| {
    let mut u = Unstructured::new(bytes);
    let mut life = life::Life::begin();
    for _ in 0..MOST_COMMANDS {
        if u.is_empty() || life.next(&mut u).is_err() {
            break;
        }
    }
    life.folds_to_the_same();
});
