//! Words between a crew and its centre, and what became of a call for help.

use super::ToWire;
use dispatch_core::model::{Message, Messages};
use dispatch_core::state::Vehicle;
use wire_protocol::message::{MessageView, SosView};

/// The messages that are kept of a vehicle, oldest first.
pub(super) fn messages(messages: &Messages) -> Vec<MessageView> {
    let one = |it: &Message| MessageView {
        number: it.number,
        from: it.from.to_wire(),
        centre: it.centre.to_wire(),
        at: it.at.0,
        need: it.need.map(|need| need.to_wire()),
        text: it.text.clone(),
        seen_at: it.seen_at.to_wire(),
    };
    messages.kept.iter().map(one).collect()
}

/// The last call for help as its crew sees it.
pub(super) fn sos(vehicle: &Vehicle) -> Option<SosView> {
    let answer = vehicle.sos_answer.as_ref();
    (vehicle.sos.is_some() || answer.is_some()).then(|| SosView {
        since: vehicle.sos.to_wire(),
        answered_at: answer.map(|it| it.at.0),
        note: answer.map(|it| it.note.clone()).unwrap_or_default(),
    })
}
