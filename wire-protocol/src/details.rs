//! What is told along the way of a task and of its call, and how it is put right.

use crate::change::Change;
use crate::vocabulary::Priority;

/// A set of changes that has, behind fields of its own, those of what was told of patients. They stand beside the
/// others in the message, not in an object of their own, so that a problem names the field as it was sent.
macro_rules! with_patient_changes {
    ($(#[$attribute:meta])* pub struct $name:ident { $($fields:tt)* }) => {
        wire! {
            $(#[$attribute])*
            pub struct $name {
                $($fields)*
                /// Patients at the scene in all, counted there; `null` when nobody knows.
                #[serde(default, skip_serializing_if = "Change::is_keep")]
                #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>, required = false))]
                pub counted_at_scene: Change<u16>,
                /// Treated at the scene; `null` when nobody knows.
                #[serde(default, skip_serializing_if = "Change::is_keep")]
                #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>, required = false))]
                pub treated_at_scene: Change<u16>,
                /// Refused to be carried; `null` when nobody knows.
                #[serde(default, skip_serializing_if = "Change::is_keep")]
                #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>, required = false))]
                pub refused_transport: Change<u16>,
                /// Dead at the scene; `null` when nobody knows.
                #[serde(default, skip_serializing_if = "Change::is_keep")]
                #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>, required = false))]
                pub dead_at_scene: Change<u16>,
                /// Not found, or gone on arrival; `null` when nobody knows.
                #[serde(default, skip_serializing_if = "Change::is_keep")]
                #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>, required = false))]
                pub not_found: Change<u16>,
                /// Handed over to others who carry them; `null` when nobody knows.
                #[serde(default, skip_serializing_if = "Change::is_keep")]
                #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>, required = false))]
                pub carried_by_others: Change<u16>,
            }
        }

        impl $name {
            /// What changes of what was told of patients.
            pub fn patient_changes(&self) -> PatientChanges {
                PatientChanges {
                    counted_at_scene: self.counted_at_scene,
                    treated_at_scene: self.treated_at_scene,
                    refused_transport: self.refused_transport,
                    dead_at_scene: self.dead_at_scene,
                    not_found: self.not_found,
                    carried_by_others: self.carried_by_others,
                }
            }
        }
    };
}

wire! {
    /// What a crew may tell along with a milestone.
    #[derive(Default)]
    pub struct MilestoneDetails {
        /// Hospital headed for or reached.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hospital: Option<String>,
        /// Patients carried.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub patients_carried: Option<u16>,
        /// Kilometres driven.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub distance_km: Option<f64>,
        /// How many patients there are, and what became of those not carried.
        #[serde(default, skip_serializing_if = "PatientsTold::is_silent")]
        pub patients: PatientsTold,
    }

    /// How many patients there are, and what became of those not carried; what is absent was not told.
    #[derive(Copy, Default)]
    pub struct PatientsTold {
        /// Patients at the scene in all, counted there; overrules what callers said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub counted_at_scene: Option<u16>,
        /// Treated at the scene; no transport needed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub treated_at_scene: Option<u16>,
        /// Refused to be carried.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub refused_transport: Option<u16>,
        /// Dead at the scene.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dead_at_scene: Option<u16>,
        /// Not found, or gone on arrival.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub not_found: Option<u16>,
        /// Handed over to others who carry them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub carried_by_others: Option<u16>,
    }

    /// Why a vehicle with a running task is not on its way, by its crew's word.
    #[derive(Copy)]
    pub enum NotComing {
        /// It had gone off duty, or paused, before the order was given.
        Away,
        /// It has a patient of another task, or may have.
        OtherPatient,
    }

    /// To what an incident may be lowered since a call that raised it no longer counts.
    #[derive(Copy)]
    pub struct LowerTo {
        /// The priority it had, or that other calls still tell of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub priority: Option<Priority>,
        /// How many vehicles it wanted, or other calls still do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vehicles_wanted: Option<u16>,
    }
}

with_patient_changes! {
    /// What is put right of what a task told; what is absent stays.
    #[derive(Default)]
    pub struct DetailChanges {
        /// Hospital headed for or reached; `null` when nobody knows.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, required = false))]
        pub hospital: Change<String>,
        /// Patients carried; `null` when nobody knows.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>, required = false))]
        pub patients_carried: Change<u16>,
        /// Kilometres driven; `null` when nobody knows.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>, required = false))]
        pub distance_km: Change<f64>,
    }
}

with_patient_changes! {
    /// What changes of what was told of patients; what is absent stays.
    #[derive(Copy, Default)]
    pub struct PatientChanges {}
}

impl PatientsTold {
    /// Whether nothing was told.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }
}

impl PatientChanges {
    /// Whether nothing changes.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
