//! Words between a centre and the crew of a vehicle.

use super::{CentreId, Timestamp};
use serde::{Deserialize, Serialize};

/// Help of whose kind a crew asks for; a message that is about none only tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrewNeed {
    /// Another vehicle (增援车辆).
    AnotherVehicle,
    /// An intensive care vehicle (监护型增援).
    IntensiveCare,
    /// The police (110).
    Police,
    /// The fire brigade (119).
    FireBrigade,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageFrom {
    /// A dispatcher.
    Centre,
    /// The crew.
    Crew,
}

/// What is done with words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageAct {
    /// A dispatcher writes to the crew.
    Send {
        /// The words.
        text: String,
    },
    /// The crew has read what the centre wrote.
    Read {
        /// Every message up to this number.
        through: u64,
    },
    /// The crew writes to the centre, or asks for help of others.
    Write {
        /// What it asks for; nothing when it only tells.
        need: Option<CrewNeed>,
        /// The words; may be empty where something is asked for.
        text: String,
    },
    /// A dispatcher has seen what the crew wrote, and answers.
    Answer {
        /// Every message up to this number.
        through: u64,
        /// The answer in words; may be empty: that it was seen is one.
        text: String,
    },
}

/// One message, as it is kept while it may still be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its number on this vehicle, from 1; it goes along when the vehicle is lent.
    pub number: u64,
    /// Who wrote it.
    pub from: MessageFrom,
    /// The centre it was written at, or to.
    pub centre: CentreId,
    /// When it was written.
    pub at: Timestamp,
    /// What the crew asks for, where it asks for something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<CrewNeed>,
    /// The words; may be empty where something is asked for.
    pub text: String,
    /// Since when the other side has seen it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Timestamp>,
}

/// The latest messages of a vehicle, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messages {
    /// How many there ever were: the number of the last.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub written: u64,
    /// Those that are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Message>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// A call for help that a dispatcher has dealt with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SosAnswer {
    /// When.
    pub at: Timestamp,
    /// What was done, in words.
    pub note: String,
}

/// Messages kept of a vehicle; the journal has them all. What the other side has not seen goes last.
const MOST_KEPT: usize = 20;

impl Messages {
    /// Whether nothing was ever written.
    pub const fn is_empty(&self) -> bool {
        self.written == 0
    }

    /// What the other side has not seen of what one side wrote.
    pub fn unseen(&self, from: MessageFrom) -> impl DoubleEndedIterator<Item = &Message> {
        self.kept.iter().filter(move |it| it.from == from && it.seen_at.is_none())
    }

    /// Writes one down. The oldest that was seen makes room for it; where none was, the oldest.
    pub(crate) fn write(&mut self, message: Message) {
        self.written += 1;
        self.kept.push(Message { number: self.written, ..message });
        if self.kept.len() > MOST_KEPT {
            let seen = self.kept.iter().position(|it| it.seen_at.is_some());
            self.kept.remove(seen.unwrap_or(0));
        }
    }

    /// The other side has seen all that one side wrote through a number.
    pub(crate) fn see(&mut self, from: MessageFrom, through: u64, at: Timestamp) {
        for it in self.kept.iter_mut().filter(|it| it.from == from && it.number <= through) {
            it.seen_at.get_or_insert(at);
        }
    }
}
