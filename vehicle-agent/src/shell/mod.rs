//! The one task that drives a vehicle's session: bytes to the parser, fixes and presses to the link,
//! what the link wants to socket and disk. Decides nothing itself.

mod agent;
mod ask;
mod clock;
mod dating;
mod handle;
mod picture_source;
mod servers;
mod settings;
mod socket;
mod told_time;

pub use agent::{Agent, AgentError};
pub use ask::AnswerBounds;
pub use clock::Clock;
pub(crate) use clock::steady_ms;
pub use dating::FixDating;
pub use handle::{AgentHandle, NotReported, PressFailed};
pub use picture_source::{PictureRefused, PictureSource};
pub use servers::servers_of_outbox;
pub use settings::{
    AgentSettings, EncryptionError, FixTimes, KeyError, ServerUrl, ServerUrlError, VehicleKey,
};
