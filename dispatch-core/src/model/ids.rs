//! Names of things. Each kind of name is a type of its own, so that one cannot stand for another.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Wraps a name that the edge has already checked.
            pub fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id_type!(/// A dispatch centre (120 中心), e.g. `yinchuan`. Each centre has one journal.
    CentreId);
id_type!(/// A station (急救分站), e.g. `YC-01`.
    StationId);
id_type!(/// An ambulance, e.g. `YC-01-1`.
    VehicleId);
id_type!(/// A hospital of the region's list.
    HospitalId);
id_type!(/// A person who signs in, or a member of a crew.
    PersonId);
id_type!(/// An incident (事件): `<centre>-<n>`, n counting up from 1 in that centre's journal; `<centre>-<n>r<k>`
    /// when it was opened after the journal's k-th set-back, so that no number ever means two emergencies.
    IncidentId);
id_type!(/// A call about an incident (受理): `<incident>.c<n>`.
    CallId);
id_type!(/// One vehicle's task for one incident (任务): `<incident>.t<n>`.
    TaskId);
id_type!(/// The outbox of one terminal; a replaced terminal has a new one and numbers again from 1.
    OutboxId);
id_type!(/// A name the sender gives a command so that sending it twice records it once.
    CommandId);

impl TaskId {
    /// The number of its incident, which is the first part of its own; nothing when it is no task's number.
    pub fn incident(&self) -> Option<&str> {
        let (incident, own) = self.0.rsplit_once('.')?;
        own.starts_with('t').then_some(incident)
    }
}
