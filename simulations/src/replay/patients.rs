//! What a dispatcher says of an incident's patients as the record ends it.

use crate::incidents::Outcome;
use wire_protocol::closing::PatientsView;
use wire_protocol::commands::{Change, PatientChanges};

/// Accounts for every reported patient of whom nothing is known yet: by what the record says became of them, and where it
/// says that they were carried and no crew here carried them, as not found.
pub(super) fn accounted(outcome: Outcome, known: Option<&PatientsView>) -> PatientChanges {
    let missing = known.map_or(1, |known| known.reported.saturating_sub(known.accounted));
    if missing == 0 {
        return PatientChanges::default();
    }
    let told = known.map(|known| known.account.patients).unwrap_or_default();
    let all = |before: Option<u16>| Change::Set(before.unwrap_or(0).saturating_add(missing));
    match outcome {
        Outcome::TreatedAtScene => {
            PatientChanges { treated_at_scene: all(told.treated_at_scene), ..Default::default() }
        }
        Outcome::RefusedTransport => {
            PatientChanges { refused_transport: all(told.refused_transport), ..Default::default() }
        }
        Outcome::DeadAtScene => {
            PatientChanges { dead_at_scene: all(told.dead_at_scene), ..Default::default() }
        }
        Outcome::Carried | Outcome::NobodyThere | Outcome::Cancelled => {
            PatientChanges { not_found: all(told.not_found), ..Default::default() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire_protocol::closing::PatientAccount;

    fn view(reported: u16, accounted: u16, treated: Option<u16>) -> PatientsView {
        let mut account = PatientAccount::default();
        account.patients.treated_at_scene = treated;
        PatientsView { reported, accounted, counted_at_scene: None, counted_by: None, account }
    }

    #[test]
    fn everybody_is_accounted_for_and_nobody_twice() {
        let three = accounted(Outcome::TreatedAtScene, Some(&view(4, 1, Some(1))));
        assert_eq!(three.treated_at_scene, Change::Set(4), "the one told before stays told");
        let carried = accounted(Outcome::Carried, Some(&view(2, 1, None)));
        assert_eq!(carried.not_found, Change::Set(1), "one of two was carried");
        assert_eq!(accounted(Outcome::Carried, Some(&view(2, 2, None))), PatientChanges::default());
        assert_eq!(accounted(Outcome::DeadAtScene, None).dead_at_scene, Change::Set(1));
    }
}
