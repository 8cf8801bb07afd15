//! A live picture from a vehicle's camera: asked for by a dispatcher, sent by the terminal's side, shown in the console.
//!
//! The server tells the vehicle's link what it would like to see ([`crate::agent::ServerMessage::Camera`]). The sender
//! opens a WebSocket of its own at `/ws/picture/source?picture=NAME`, with the key of its link in `Authorization: Bearer`,
//! and sends the picture as fragmented MP4. A console looks on at `/ws/picture?vehicle=V&channel=N`. On both sockets a
//! text frame is a [`PictureNews`], and a binary frame is one byte of [`FragmentKind`] followed by whole MP4 boxes.
//! Nothing of it is stored, and it shares no socket with orders and presses.

/// Largest binary frame of a picture, in bytes.
pub const MAX_FRAGMENT_BYTES: usize = 1024 * 1024;

/// Cameras are numbered from 1 to this.
pub const MAX_CHANNEL: u8 = 32;

wire! {
    /// What the vehicle's camera is to send.
    pub struct PictureWanted {
        /// Names the socket that is to be opened.
        pub picture: String,
        /// Which camera, from 1.
        pub channel: u8,
    }

    /// What is told of a picture beside the picture itself.
    #[serde(tag = "type")]
    pub enum PictureNews {
        /// It was asked for and has not come yet.
        Waiting,
        /// It begins, perhaps anew: the start of the file and then whole fragments follow.
        Begins {
            /// As RFC 6381 names it, such as `avc1.64001f`.
            codec: String,
        },
        /// It has ended, or will not come.
        Ended {
            /// Why.
            reason: PictureEnd,
        },
    }
}

words! {
    /// Why a picture ends or does not come.
    PictureEnd {
        /// The camera stopped by itself.
        Stopped,
        /// The terminal said that it cannot.
        Refused,
        /// It sent nothing for a while.
        Silent,
        /// It sends in a form that browsers do not show (H.265 and older ones).
        OtherCodec,
        /// It sends more than is passed on.
        TooLarge,
        /// The vehicle has no line on which to ask for it.
        Offline,
        /// As many pictures are shown as may be at one time.
        TooMany,
        /// The vehicle's terminal has no camera, or its pictures are switched off.
        NoCamera,
        /// Another camera of the vehicle is looked through.
        InUse,
        /// It was shown for as long as one look may last.
        TimeUp,
        /// It could not be written down who looks, so nothing is shown.
        NotRecorded,
    }
}

/// The first byte of a binary frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FragmentKind {
    /// `ftyp` and `moov`: what a player needs before anything else.
    Start,
    /// `moof` and `mdat` that begin with a picture which needs no earlier one.
    Key,
    /// `moof` and `mdat` that follow the one before.
    Further,
}

impl FragmentKind {
    /// As it stands in the frame.
    pub const fn byte(self) -> u8 {
        match self {
            FragmentKind::Start => 0,
            FragmentKind::Key => 1,
            FragmentKind::Further => 2,
        }
    }

    /// What a frame begins with; nothing for what is no fragment.
    pub fn of(frame: &[u8]) -> Option<FragmentKind> {
        match frame {
            [0, _, ..] => Some(FragmentKind::Start),
            [1, _, ..] => Some(FragmentKind::Key),
            [2, _, ..] => Some(FragmentKind::Further),
            _ => None,
        }
    }
}
