//! What a terminal holds for as long as it is connected. A future keeps room for all that it ever does, so that a rare
//! step which is awaited in place costs its bytes ten thousand times.

use super::line::Line;
use super::tcp::{self, Outgoing};
use super::vehicle::Vehicle;

/// Bytes of the future that a function makes.
fn bytes_of<A, F>(_: impl FnOnce(A) -> F) -> usize {
    size_of::<F>()
}

/// The same of one with three arguments.
fn bytes_of_three<A, B, C, F>(_: impl FnOnce(A, B, C) -> F) -> usize {
    size_of::<F>()
}

#[test]
fn a_connection_and_its_line_hold_no_room_for_what_they_do_once() {
    let line = bytes_of(Line::<Outgoing>::run);
    assert!(line <= 2_048, "a line's future has {line} bytes");
    let connection = bytes_of_three(tcp::serve);
    assert!(connection <= 1_280, "a connection's future has {connection} bytes");
    let vehicle = size_of::<Vehicle>();
    assert!(vehicle <= 512, "a vehicle has {vehicle} bytes");
}
