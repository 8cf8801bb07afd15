//! Random lives that are the same at every run, for those who need some journals.

use super::moves;
use super::player::Player;
use dispatch_core::model::{CentreId, Recorded};
use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// Moves of a short life.
const FEW_MOVES: usize = 80;
/// Lives given at most: enough to meet what is rare.
const MOST_LIVES: usize = 2_000;

/// The journals of short lives, each with its centre.
pub(crate) fn short() -> impl Iterator<Item = (CentreId, Vec<Recorded>)> {
    let mut runner = TestRunner::deterministic();
    let lives = vec(moves::any_move(), FEW_MOVES);
    (0..MOST_LIVES).flat_map(move |_| {
        let mut player = Player::new();
        for one in &lives.new_tree(&mut runner).expect("a life").current() {
            player.play(one);
        }
        let centres = std::mem::take(&mut player.world.centres).into_iter();
        centres.map(|(name, centre)| (name, centre.journal))
    })
}
