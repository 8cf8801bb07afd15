//! Every reason for which a console's link ends, with its stable code.

/// Why a console's link ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Ending {
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

impl Ending {
    /// The stable code.
    pub(super) const fn code(self) -> &'static str {
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
}
