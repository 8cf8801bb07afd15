//! What was put right of a task, as a line of the log tells it.

use super::log_entry::Details;
use dispatch_core::model::{Change, TaskCorrection};

impl Details {
    pub(super) fn tell_correction(&mut self, correction: &TaskCorrection) {
        let changes = &correction.changes;
        self.put_change("hospital", &changes.hospital, ToString::to_string);
        self.put_change("distance_km", &changes.distance_km, ToString::to_string);
        let numbers: [(&str, &Change<u16>); 6] = [
            ("patients_carried", &changes.patients_carried),
            ("treated_at_scene", &changes.treated_at_scene),
            ("refused_transport", &changes.refused_transport),
            ("dead_at_scene", &changes.dead_at_scene),
            ("not_found", &changes.not_found),
            ("carried_by_others", &changes.carried_by_others),
        ];
        for (name, change) in numbers {
            self.put_change(name, change, ToString::to_string);
        }
        self.put_words("note", &correction.note);
    }
}
