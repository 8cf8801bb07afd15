//! What a crew can do at a terminal, and by which of its keys.

use crate::jt808::body::Key;
use serde::Deserialize;
use std::str::FromStr;
use vehicle_agent::link::ScreenState;
use wire_protocol::agent::CrewCommand;
use wire_protocol::message::{CrewNeed, MessageFrom, MessageView};
use wire_protocol::vocabulary::{Milestone, PauseReason};

/// What pressing a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Acknowledge what is new: the order, its changes, the next order, a move.
    Acknowledge,
    /// On the way.
    Departed,
    /// At the scene.
    AtScene,
    /// Patient on board.
    LeftScene,
    /// At the hospital.
    AtHospital,
    /// Done.
    Finished,
    /// Back at the station.
    ReturnedToStation,
    /// Whatever the one big button of our own terminal would be.
    Next,
    /// The latest milestone was pressed by mistake.
    Undo,
    /// On duty.
    OnDuty,
    /// Off duty.
    OffDuty,
    /// Not to be sent for a while.
    Pause,
    /// The pause is over.
    Resume,
    /// Another vehicle is needed.
    AnotherVehicle,
    /// An intensive care vehicle is needed.
    IntensiveCare,
    /// The police are needed.
    Police,
    /// The fire brigade is needed.
    FireBrigade,
    /// Help!
    Sos,
}

/// A key of a terminal, by what it sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// 0x0301 with this number.
    Event(u8),
    /// 0x0303 with this number.
    Menu(u8),
    /// 0x0900 of this kind whose data begins so.
    Passthrough {
        /// Kind of the device.
        kind: u8,
        /// How its data begins.
        begins: Vec<u8>,
    },
    /// 0x0702, card put in.
    CardIn,
    /// 0x0702, card taken out.
    CardOut,
}

/// The keys that are set on terminals that have a menu or events, in order of their numbers from 1.
pub const STANDARD_KEYS: [(Deed, &str); 8] = [
    (Deed::Acknowledge, "接收命令"),
    (Deed::Departed, "出车"),
    (Deed::AtScene, "到达现场"),
    (Deed::LeftScene, "病人上车"),
    (Deed::AtHospital, "到达医院"),
    (Deed::Finished, "任务完成"),
    (Deed::ReturnedToStation, "返回站中"),
    (Deed::Undo, "撤销"),
];

/// The standard keys as a terminal is told them.
pub fn standard_keys() -> Vec<Key> {
    let keys = (1..).zip(STANDARD_KEYS);
    keys.map(|(number, (_, name))| Key { number, name: name.to_owned() }).collect()
}

/// What a key of the standard set means.
pub fn standard_deed(number: u8) -> Option<Deed> {
    let place = usize::from(number).checked_sub(1)?;
    STANDARD_KEYS.get(place).map(|(deed, _)| *deed)
}

impl FromStr for KeySource {
    type Err = String;

    /// `event 3`, `menu 2`, `passthrough f1 0a01`, `card in`, `card out`.
    fn from_str(text: &str) -> Result<KeySource, String> {
        let wrong = || {
            format!(
                "{text:?} is no key; write `event 3`, `menu 2`, `passthrough f1 0a01`, `card in` or `card out`"
            )
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            ["event", number] => number.parse().map(KeySource::Event).map_err(|_| wrong()),
            ["menu", number] => number.parse().map(KeySource::Menu).map_err(|_| wrong()),
            ["card", "in"] => Ok(KeySource::CardIn),
            ["card", "out"] => Ok(KeySource::CardOut),
            ["passthrough", kind, begins] => {
                let kind = u8::from_str_radix(kind, 16).map_err(|_| wrong())?;
                let begins = hex(begins).ok_or_else(wrong)?;
                Ok(KeySource::Passthrough { kind, begins })
            }
            _ => Err(wrong()),
        }
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|it| it.to_digit(16).map(|it| it as u8)).collect();
    let digits = digits?;
    digits.len().is_multiple_of(2).then(|| digits.chunks(2).map(|it| it[0] << 4 | it[1]).collect())
}

impl Deed {
    /// The command that this is now; `None` when there is nothing it could be about.
    pub fn command(self, shown: &ScreenState) -> Option<CrewCommand> {
        match self {
            Deed::Acknowledge => acknowledgement(shown),
            Deed::Departed => milestone(shown, Milestone::Departed),
            Deed::AtScene => milestone(shown, Milestone::AtScene),
            Deed::LeftScene => milestone(shown, Milestone::LeftScene),
            Deed::AtHospital => milestone(shown, Milestone::AtHospital),
            Deed::Finished => milestone(shown, Milestone::Finished),
            Deed::ReturnedToStation => Some(CrewCommand::ReturnedToStation),
            Deed::Next => shown.next.as_ref().map(|next| next.command()),
            Deed::Undo => {
                let undo = shown.undo.as_ref()?;
                Some(CrewCommand::Undo { task: undo.task.clone(), milestone: undo.milestone })
            }
            Deed::OnDuty => Some(CrewCommand::OnDuty),
            Deed::OffDuty => Some(CrewCommand::OffDuty),
            Deed::Pause => {
                Some(CrewCommand::Pause { reason: PauseReason::Other, note: String::new() })
            }
            Deed::Resume => Some(CrewCommand::Resume),
            Deed::AnotherVehicle => asks_for(CrewNeed::AnotherVehicle),
            Deed::IntensiveCare => asks_for(CrewNeed::IntensiveCare),
            Deed::Police => asks_for(CrewNeed::Police),
            Deed::FireBrigade => asks_for(CrewNeed::FireBrigade),
            Deed::Sos => Some(CrewCommand::Sos),
        }
    }
}

fn asks_for(need: CrewNeed) -> Option<CrewCommand> {
    Some(CrewCommand::WriteToCentre { need: Some(need), text: String::new() })
}

fn milestone(shown: &ScreenState, milestone: Milestone) -> Option<CrewCommand> {
    let task = shown.order.as_ref()?.task.clone();
    Some(CrewCommand::Milestone { task, milestone, details: Default::default() })
}

/// What a crew says that it has seen, the most pressing first.
fn acknowledgement(shown: &ScreenState) -> Option<CrewCommand> {
    if let Some(order) = &shown.order {
        if order.reached.iter().all(|reached| reached.milestone == Milestone::Created) {
            return milestone(shown, Milestone::OrderReceived);
        }
        if let Some(through) = order.changes.iter().map(|change| change.version).max() {
            return Some(CrewCommand::AcknowledgeChange { task: order.task.clone(), through });
        }
    }
    if let Some(next) = shown.following.as_ref().filter(|next| !next.acknowledged) {
        return Some(CrewCommand::AcknowledgeNext { incident: next.incident.clone() });
    }
    if let Some(to) = shown.move_to.as_ref().filter(|to| !to.acknowledged) {
        return Some(CrewCommand::AcknowledgeMove { station: to.station.clone() });
    }
    let through = unread(shown).map(|it| it.number).max()?;
    Some(CrewCommand::ReadMessages { through })
}

/// What the centre wrote and the crew has not read.
pub fn unread(shown: &ScreenState) -> impl Iterator<Item = &MessageView> {
    shown.messages.iter().filter(|it| it.from == MessageFrom::Centre && it.seen_at.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_what_is_none_is_told_in_words() {
        assert_eq!("event 3".parse(), Ok(KeySource::Event(3)));
        assert_eq!("menu 255".parse(), Ok(KeySource::Menu(255)));
        assert_eq!("card in".parse(), Ok(KeySource::CardIn));
        assert_eq!("card out".parse(), Ok(KeySource::CardOut));
        let passthrough = KeySource::Passthrough { kind: 0xf1, begins: vec![0x0a, 0x01] };
        assert_eq!("passthrough F1 0a01".parse(), Ok(passthrough));
        for wrong in ["", "event", "event 256", "key 1", "passthrough f1 0a0", "passthrough g0 00"]
        {
            let refused = wrong.parse::<KeySource>().expect_err(wrong);
            assert!(refused.contains("is no key; write `event 3`"), "{refused}");
        }
    }

    #[test]
    fn the_standard_keys_count_from_one() {
        assert_eq!(standard_deed(0), None);
        assert_eq!(standard_deed(1), Some(Deed::Acknowledge));
        assert_eq!(standard_deed(8), Some(Deed::Undo));
        assert_eq!(standard_deed(9), None);
        assert_eq!(standard_keys()[1], Key { number: 2, name: "出车".to_owned() });
    }
}
