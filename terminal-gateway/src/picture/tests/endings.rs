//! When a picture is given up.

use crate::picture::{Progress, Rate};
use wire_protocol::picture::PictureEnd;

#[test]
fn a_terminal_has_fifteen_seconds_to_begin_and_ten_to_go_on() {
    let mut progress = Progress::asked(1_000);
    assert_eq!((progress.until_ms(), progress.ended(true, 15_999)), (16_000, None));
    assert_eq!(progress.ended(true, 16_000), Some(PictureEnd::Silent));
    assert_eq!(progress.ended(false, 16_000), Some(PictureEnd::Offline), "its line has ended too");
    progress.frame(true, 15_000);
    assert_eq!((progress.until_ms(), progress.ended(true, 24_999)), (25_000, None));
    assert_eq!(progress.ended(true, 25_000), Some(PictureEnd::Silent));
    progress.closed();
    assert_eq!(progress.ended(true, 25_000), Some(PictureEnd::Stopped), "it hung up");
    progress.frame(true, 24_000);
    assert_eq!(progress.ended(true, 34_000), Some(PictureEnd::Silent), "and came again");
}

#[test]
fn frames_of_which_nothing_can_be_shown_end_as_another_codec() {
    let mut progress = Progress::asked(0);
    for second in 1..16 {
        progress.frame(false, second * 1_000);
    }
    assert_eq!(
        (progress.until_ms(), progress.ended(true, 16_000)),
        (16_000, Some(PictureEnd::OtherCodec))
    );
    progress.frame(true, 15_900);
    assert_eq!(progress.ended(true, 16_000), None);
    let mut silent = Progress::asked(0);
    silent.frame(false, 1_000);
    assert_eq!(silent.ended(true, 11_000), Some(PictureEnd::Silent));
}

#[test]
fn eight_megabits_a_second_may_come_for_ever_and_more_not_for_long() {
    let mut rate = Rate::default();
    assert!((0..600).all(|second| rate.take(1_000_000, second * 1_000)));
    let mut rate = Rate::default();
    assert!(rate.take(4_000_000, 0), "a burst");
    let until = (1..100).find(|second| !rate.take(2_000_000, second * 1_000));
    assert_eq!(until, Some(1), "twice as much, after a burst");
    let mut rate = Rate::default();
    let until = (1..100).find(|second| !rate.take(2_000_000, second * 1_000));
    assert_eq!(until, Some(4), "twice as much, for some seconds");
    assert!(Rate::default().take(0, u64::MAX));
}
