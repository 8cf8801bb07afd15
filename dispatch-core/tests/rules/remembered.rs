//! What a centre remembers of presses and of terminals' numbers: bounded, and none recorded twice.

use crate::numbering::{Centre, VEHICLE};
use dispatch_core::state::{REMEMBERED_NUMBERS, REMEMBERED_OUTBOXES, REMEMBERED_PRESSES};

#[test]
fn what_is_remembered_is_bounded() {
    let mut centre = Centre::new();
    for n in 0..2 * REMEMBERED_PRESSES {
        centre.press(&format!("box-{}", n % 50), 1 + n as u64 / 50, &format!("n{n}"), true);
    }
    let marks = &centre.state.vehicles[VEHICLE].outboxes;
    assert!(marks.len() <= REMEMBERED_OUTBOXES + REMEMBERED_PRESSES);
    assert!(marks.iter().map(|mark| mark.presses.len()).sum::<usize>() <= REMEMBERED_PRESSES);
}

/// A centre that is restored again and again is brought the same presses under new numbers each time.
#[test]
fn presses_that_come_again_under_new_numbers_push_none_out() {
    let mut centre = Centre::new();
    for n in 0..REMEMBERED_PRESSES {
        centre.press("first", 1 + n as u64, &format!("n{n}"), true);
    }
    let kept = REMEMBERED_PRESSES / 2;
    for time in 0..20 {
        for n in 0..kept {
            centre.press(&format!("again-{time}"), 1 + n as u64, &format!("n{n}"), true);
        }
    }
    let marks = &centre.state.vehicles[VEHICLE].outboxes;
    assert!(marks.iter().map(|mark| mark.presses.len()).sum::<usize>() <= REMEMBERED_NUMBERS);
    for n in 0..REMEMBERED_PRESSES {
        centre.press("last", 1 + n as u64, &format!("n{n}"), true);
        assert_eq!(centre.times_recorded(&format!("n{n}")), 1, "n{n}");
    }
}

/// A tablet from the drawer whose numbers are forgotten brings its newest presses again: they are known.
#[test]
fn a_press_of_a_forgotten_outbox_is_known_when_it_comes_again() {
    let mut centre = Centre::new();
    centre.press("first", 1, "a", true);
    for n in 0..2 * REMEMBERED_OUTBOXES {
        centre.press(&format!("box-{n}"), 1, &format!("n{n}"), true);
    }
    assert_eq!(centre.through("first"), 0, "its numbers are forgotten");
    assert_eq!(centre.press("renewed", 1, "a", true), "terminal_trouble_noted");
    assert_eq!(centre.through("renewed"), 1, "its new number is counted");
    assert_eq!(centre.times_recorded("a"), 1);
}
