//! What is known of an incident's patients, and what speaks against closing it.

use crate::details::PatientsTold;
use crate::origin::OriginView;

wire! {
    /// How many patients an incident has, and how many are accounted for.
    pub struct PatientsView {
        /// Reported: the most any call told, or the count at the scene.
        pub reported: u16,
        /// Carried, or told to need no transport.
        pub accounted: u16,
        /// Counted at the scene, when somebody did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub counted_at_scene: Option<u16>,
        /// Who counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub counted_by: Option<OriginView>,
        /// What dispatchers told besides the crews, and can put right.
        #[serde(default, skip_serializing_if = "PatientAccount::is_silent")]
        pub account: PatientAccount,
    }

    /// What dispatchers told of patients besides the crews.
    #[derive(Copy, Default)]
    pub struct PatientAccount {
        /// Patients carried whom no crew told of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub carried: Option<u16>,
        /// How many there are, and what became of those not carried.
        #[serde(default, skip_serializing_if = "PatientsTold::is_silent")]
        pub patients: PatientsTold,
    }

    /// What speaks against closing an incident.
    #[serde(tag = "doubt")]
    pub enum ClosingDoubt {
        /// More patients were reported than are accounted for.
        PatientsUnaccounted {
            /// How many were reported.
            reported: u16,
            /// How many are accounted for.
            accounted: u16,
        },
        /// A task ended early and no vehicle was sent after it.
        NotReplaced {
            /// Which.
            task: String,
        },
        /// A call came after the last vehicle had left.
        CallAfterDeparture {
            /// Which.
            call_id: String,
        },
        /// Fewer vehicles came than were wanted.
        FewerThanWanted {
            /// How many were wanted.
            wanted: u16,
            /// How many came.
            came: u16,
        },
        /// It was reopened by hand and closes only by hand.
        Reopened,
    }
}

impl PatientAccount {
    /// Whether nothing was told.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }
}
