//! What is told of patients who are not carried to a hospital, in the terms of the run report (院前急救病历).

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
        Self {
            counted_at_scene: self.counted_at_scene.or(before.counted_at_scene),
            treated_at_scene: self.treated_at_scene.or(before.treated_at_scene),
            refused_transport: self.refused_transport.or(before.refused_transport),
            dead_at_scene: self.dead_at_scene.or(before.dead_at_scene),
            not_found: self.not_found.or(before.not_found),
            carried_by_others: self.carried_by_others.or(before.carried_by_others),
        }
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
