//! Bodies of messages: what terminals say (`Said`) and what they are told (`Tell`).
//!
//! | file | messages |
//! |---|---|
//! | `said` | all that terminals say, by message id |
//! | `registration` | 0x0100, 0x0102, 0x0107 |
//! | `location`, `items`, `backfill` | 0x0200, 0x0201, 0x0704 |
//! | `driver_card`, `keys`, `media` | 0x0702; 0x0301, 0x0302, 0x0303; 0x0800, 0x0801 |
//! | `tell` | all that terminals are told |

mod backfill;
mod driver_card;
mod items;
mod keys;
mod location;
mod media;
mod registration;
mod said;
mod tell;
#[cfg(test)]
mod tests;

pub use backfill::Backfill;
pub use driver_card::DriverCard;
pub use items::Items;
pub use keys::{MenuChoice, QuestionAnswer};
pub use location::{Alarms, Location, Status};
pub use media::{MediaEvent, MediaUpload};
pub use registration::{Attributes, Authentication, Registration};
pub use said::{Answer, Said};
pub use tell::{Key, Outcome, Parameter, Tell, TextFlags};
