//! What is told of patients who are not carried to a hospital, in the terms of the run report (院前急救病历).

use super::Change;
use serde::{Deserialize, Serialize};

/// How many patients there are, and what became of those who were not carried. What is absent was not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PatientsTold {
    /// Patients at the scene in all, counted there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_at_scene: Option<u16>,
    /// Treated at the scene; no transport needed (现场处置).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treated_at_scene: Option<u16>,
    /// Refused to be carried (拒绝送医).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused_transport: Option<u16>,
    /// Dead at the scene (现场死亡).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead_at_scene: Option<u16>,
    /// Not found, or gone on arrival (空车).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_found: Option<u16>,
    /// Handed over to others who carry them: another service, the police, a private car (他人送医).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried_by_others: Option<u16>,
}

impl PatientsTold {
    /// Whether nothing was told.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// Patients accounted for without being carried.
    pub fn not_carried(&self) -> u32 {
        let Self {
            counted_at_scene: _,
            treated_at_scene,
            refused_transport,
            dead_at_scene,
            not_found,
            carried_by_others,
        } = self;
        [treated_at_scene, refused_transport, dead_at_scene, not_found, carried_by_others]
            .into_iter()
            .map(|told| u32::from(told.unwrap_or(0)))
            .sum()
    }

    /// What is told now, and what was told before where nothing is told now.
    pub(crate) fn or(&self, before: &Self) -> Self {
        PatientChanges::from(self).applied_to(before)
    }

    /// The fields with their wire names.
    pub fn fields(&self) -> [(&'static str, Option<u16>); 6] {
        [
            ("counted_at_scene", self.counted_at_scene),
            ("treated_at_scene", self.treated_at_scene),
            ("refused_transport", self.refused_transport),
            ("dead_at_scene", self.dead_at_scene),
            ("not_found", self.not_found),
            ("carried_by_others", self.carried_by_others),
        ]
    }
}

/// Changes to what was told of patients; what is absent stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PatientChanges {
    /// Patients at the scene in all.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub counted_at_scene: Change<u16>,
    /// Treated at the scene.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub treated_at_scene: Change<u16>,
    /// Refused to be carried.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub refused_transport: Change<u16>,
    /// Dead at the scene.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub dead_at_scene: Change<u16>,
    /// Not found.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub not_found: Change<u16>,
    /// Carried by others.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub carried_by_others: Change<u16>,
}

impl PatientChanges {
    /// Whether nothing changes.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Whether anything is told by it, and not only taken back.
    pub fn tells(&self) -> bool {
        self.fields().iter().any(|(_, change)| change.as_set().is_some())
    }

    /// What stands after the changes.
    pub fn applied_to(&self, before: &PatientsTold) -> PatientsTold {
        PatientsTold {
            counted_at_scene: self.counted_at_scene.applied_to(before.counted_at_scene),
            treated_at_scene: self.treated_at_scene.applied_to(before.treated_at_scene),
            refused_transport: self.refused_transport.applied_to(before.refused_transport),
            dead_at_scene: self.dead_at_scene.applied_to(before.dead_at_scene),
            not_found: self.not_found.applied_to(before.not_found),
            carried_by_others: self.carried_by_others.applied_to(before.carried_by_others),
        }
    }

    /// The fields with their wire names.
    pub fn fields(&self) -> [(&'static str, Change<u16>); 6] {
        [
            ("counted_at_scene", self.counted_at_scene),
            ("treated_at_scene", self.treated_at_scene),
            ("refused_transport", self.refused_transport),
            ("dead_at_scene", self.dead_at_scene),
            ("not_found", self.not_found),
            ("carried_by_others", self.carried_by_others),
        ]
    }
}

impl From<&PatientsTold> for PatientChanges {
    /// What was told is set; what was not told stays.
    fn from(told: &PatientsTold) -> Self {
        let set = |told: Option<u16>| told.map_or(Change::Keep, Change::Set);
        Self {
            counted_at_scene: set(told.counted_at_scene),
            treated_at_scene: set(told.treated_at_scene),
            refused_transport: set(told.refused_transport),
            dead_at_scene: set(told.dead_at_scene),
            not_found: set(told.not_found),
            carried_by_others: set(told.carried_by_others),
        }
    }
}
