//! Every reason for which a console's link ends, with its stable code.

use crate::live::feed::encode_text;
use crate::live::link;
use wire_protocol::console::FeedMessage;

/// Why a console's link ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum CloseReason {
    #[error("the link was closed by the console or lost")]
    Lost,
    #[error("the link carried something that is no WebSocket frame, or one far too large")]
    Unreadable,
    #[error("no subscription came in time; send it first on every link")]
    NoSubscription,
    #[error("this server speaks another version of the protocol; reload the page")]
    Protocol,
    #[error("a frame was too large")]
    TooLarge,
    #[error("a frame was no message of this protocol")]
    BadFrame,
    #[error("frames come faster than any console has reason to send")]
    Flood,
    #[error("nothing was heard for too long")]
    Silent,
    #[error("the console cannot keep up with the feed; connect again")]
    TooSlow,
    #[error("the session has ended; sign in again")]
    SignedOut,
    #[error("the server is stopping; connect again in a moment")]
    Stopping,
}

impl link::CloseReason for CloseReason {
    const LOST: Self = Self::Lost;
    const NO_FIRST_MESSAGE: Self = Self::NoSubscription;
    const FLOOD: Self = Self::Flood;
    const SILENT: Self = Self::Silent;
    const NOT_READING: Self = Self::TooSlow;

    fn code(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Unreadable => "unreadable_frame",
            Self::NoSubscription => "no_subscription",
            Self::Protocol => "protocol_version",
            Self::TooLarge => "frame_too_large",
            Self::BadFrame => "bad_frame",
            Self::Flood => "flood",
            Self::Silent => "silent",
            Self::TooSlow => "too_slow",
            Self::SignedOut => "signed_out",
            Self::Stopping => "server_stopping",
        }
    }

    /// Tried for every ending: a console that lags may still read why.
    fn last_words(self) -> Option<String> {
        let (code, message) = (self.code().to_owned(), self.to_string());
        Some(encode_text(&FeedMessage::Closing { code, message }))
    }
}
