//! Live pictures: asked for, refused, ended.

use super::*;

fn asked(channel: u8) -> Input {
    let address = "10.0.0.1".to_owned();
    Input::Camera(Some(Arc::new(CameraAsked { address, tcp_port: 8_810, channel })))
}

fn refused(played: &mut Played, told: &[Output], result: u8) -> Vec<Output> {
    let serial = sent(told).last().expect("something was told").header.serial;
    let mut body = serial.to_be_bytes().to_vec();
    body.extend([0x91, 0x01, result]);
    played.say(0x0001, &body)
}

#[test]
fn a_picture_is_asked_for_and_ended_on_the_terminals_line() {
    let mut played = Played::known(Edition::Y2019, "");
    let told = played.happens(asked(2));
    assert_eq!(messages(&told), [0x9101]);
    assert_eq!(
        sent(&told)[0].body,
        [b"\x0810.0.0.1".as_slice(), &[0x22, 0x6a, 0, 0, 2, 1, 1]].concat()
    );
    assert_eq!(refused(&mut played, &told, 0), [], "it does as it is told");
    let other = played.happens(asked(3));
    assert_eq!(messages(&other), [0x9102, 0x9101], "the one before ends first");
    assert_eq!(sent(&other)[0].body, [2, 0, 0, 1]);
    assert_eq!(messages(&played.happens(asked(3))), [0x9102, 0x9101], "the same, begun anew");
    let ended = played.happens(Input::Camera(None));
    assert_eq!((messages(&ended), &sent(&ended)[0].body[..1]), (vec![0x9102], &[3][..]));
    assert_eq!(played.happens(Input::Camera(None)), [], "once");
}

#[test]
fn a_terminal_that_answers_with_a_failure_will_not_send() {
    for result in [1, 2, 3] {
        let mut played = Played::known(Edition::Y2013, "");
        let told = played.happens(asked(5));
        assert_eq!(refused(&mut played, &told, result), [Output::CameraRefused(5)]);
        assert_eq!(played.happens(Input::Camera(None)), [], "there is nothing to end");
        assert_eq!(refused(&mut played, &told, result), [], "and it is told once");
    }
}

#[test]
fn a_stranger_is_asked_for_no_picture() {
    let mut played = Played::new(Edition::Y2013, "");
    assert_eq!(played.happens(asked(1)), []);
    played.authenticate();
    assert_eq!(messages(&played.happens(asked(1))), [0x9101]);
}
