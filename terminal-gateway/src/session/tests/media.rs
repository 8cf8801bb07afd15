//! Recordings: kept before they are answered, and once.

use super::*;

fn picture() -> Vec<u8> {
    // Number 9, a JPEG of the second camera, and where it was made.
    let mut body = vec![0, 0, 0, 9, 0, 0, 0, 2];
    body.extend([0; 28]);
    body.extend([0xff, 0xd8, 1, 2, 3]);
    body
}

#[test]
fn a_recording_is_answered_once_it_is_on_disk_and_kept_once() {
    let mut played = Played::known(Edition::Y2019, "");
    let outputs = played.say_as(0x0801, 40, &picture());
    let [Output::KeepMedia { ask, upload }] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!((upload.event.id, upload.event.channel), (9, 2));
    assert_eq!(upload.data, [0xff, 0xd8, 1, 2, 3]);
    let (ask, id) = (*ask, upload.event.id);
    assert_eq!(played.say_as(0x0801, 40, &picture()), [], "once more, while it is on its way");
    let kept = played.happens(Input::MediaKept { ask, id, how: MediaResult::Kept });
    assert_eq!(kept.len(), 2, "the answer of recordings, and the general one");
    let again = played.say_as(0x0801, 40, &picture());
    assert!(matches!(&again[..], [Output::Send(_)]), "answered again, kept once: {again:?}");
    assert_eq!(played.session.facts().counters.media, 1);

    let outputs = played.say_as(0x0801, 41, &picture());
    let [Output::KeepMedia { ask, .. }] = &outputs[..] else { panic!("{outputs:?}") };
    let how = MediaResult::NotStored;
    let failed = played.happens(Input::MediaKept { ask: *ask, id, how });
    assert!(matches!(&failed[..], [Output::Send(_)]), "it has to come again");
    let outputs = played.say_as(0x0801, 41, &picture());
    assert!(matches!(&outputs[..], [Output::KeepMedia { .. }]), "and is taken then: {outputs:?}");
}
