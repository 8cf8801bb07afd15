//! Every reason for which the server ends an agent's link, with its stable code.

use crate::live::link;
use wire_protocol::agent::ServerMessage;

/// Why a link ends. Where the terminal can still be told, it gets the code and the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum CloseReason {
    #[error("the link was closed by the terminal or lost")]
    Lost,
    #[error("no hello came in time; send it first on every link")]
    NoHello,
    #[error("this server speaks another version of the protocol; update the terminal")]
    Protocol,
    #[error("the outbox must be named with 1 to 40 letters, digits or any of - _ . :")]
    BadOutbox,
    #[error("another link of this vehicle took over")]
    Replaced,
    #[error("a frame was too large")]
    TooLarge,
    #[error("the link carried something that is no WebSocket frame, or one far too large")]
    Unreadable,
    #[error("only text frames are understood")]
    NotText,
    #[error("too many frames were no message of this protocol")]
    BadFrames,
    #[error("a frame carried too many fixes")]
    TooManyFixes,
    #[error("frames come faster than any terminal has reason to send")]
    Flood,
    #[error("nothing was heard for too long")]
    Silent,
    #[error("the terminal does not read what it is sent")]
    NotReading,
    #[error("the server has no room for another vehicle")]
    FleetFull,
    #[error(
        "no centre has this vehicle; it has to be added to the region folder. The terminal tries again within two minutes"
    )]
    NotEnrolled,
    #[error("the server is stopping; connect again in a moment")]
    Stopping,
    #[error("the journal was set back; connect again to learn what it holds")]
    SetBack,
}

impl link::CloseReason for CloseReason {
    const LOST: Self = Self::Lost;
    const NO_FIRST_MESSAGE: Self = Self::NoHello;
    const FLOOD: Self = Self::Flood;
    const SILENT: Self = Self::Silent;
    const NOT_READING: Self = Self::NotReading;

    fn code(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::NoHello => "no_hello",
            Self::Protocol => "protocol_version",
            Self::BadOutbox => "bad_outbox",
            Self::Replaced => "replaced",
            Self::TooLarge => "frame_too_large",
            Self::Unreadable => "unreadable_frame",
            Self::NotText => "not_text",
            Self::BadFrames => "bad_frames",
            Self::TooManyFixes => "too_many_fixes",
            Self::Flood => "flood",
            Self::Silent => "silent",
            Self::NotReading => "not_reading",
            Self::FleetFull => "fleet_full",
            Self::NotEnrolled => "not_enrolled",
            Self::Stopping => "server_stopping",
            Self::SetBack => "journal_set_back",
        }
    }

    /// Nothing where there is nobody to tell.
    fn last_words(self) -> Option<String> {
        if matches!(self, Self::Lost | Self::NotReading) {
            return None;
        }
        let (code, message) = (self.code().to_owned(), self.to_string());
        serde_json::to_string(&ServerMessage::Closing { code, message }).ok()
    }
}
