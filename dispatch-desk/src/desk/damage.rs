//! Centres whose journal holds events that cannot be taken over. They stand still, and say why; the others go on.

use super::envelope::{CommandError, other_centre};
use super::worker::{DeskTask, Troubles, Waiting};
use crate::journal::LoadError;
use dispatch_core::model::CentreId;

/// The centre whose journal is damaged.
fn damaged(error: &LoadError) -> Option<&CentreId> {
    match error {
        LoadError::Damaged { centre, .. } | LoadError::Undecodable { centre, .. } => Some(centre),
        LoadError::Failed(_) => None,
    }
}

/// What stands in the way of each centre, in words.
pub(super) fn told(found: &[LoadError]) -> Troubles {
    let told = found.iter().filter_map(|error| Some((damaged(error)?.clone(), error.to_string())));
    told.inspect(|(_, error)| tracing::error!(error, "the centre cannot record anything")).collect()
}

impl DeskTask {
    /// Notes what stands in the way of a centre, and has it told.
    pub(super) fn mark_damaged(&mut self, error: &LoadError) {
        let Some(centre) = damaged(error) else { return };
        let why = error.to_string();
        let is_new = self.troubles.send_if_modified(|troubles| {
            troubles.insert(centre.clone(), why.clone()).as_ref() != Some(&why)
        });
        if is_new {
            tracing::error!(%error, "the centre cannot record anything");
        }
    }

    /// A centre whose journal could be read to its end. Hand-overs that waited for it are completed with the next command.
    pub(super) fn mark_whole(&mut self, centre: &CentreId) {
        let stood_still = self.troubles.send_if_modified(|it| it.remove(centre).is_some());
        self.hand_overs_due |= stood_still;
    }

    pub(super) fn is_damaged(&self, centre: &CentreId) -> bool {
        self.troubles.borrow().contains_key(centre)
    }

    /// Answers the commands of centres that stand still; gives the others.
    pub(super) fn refuse_damaged(&self, batch: Vec<Waiting>) -> Vec<Waiting> {
        let troubles = self.troubles.borrow();
        if troubles.is_empty() {
            return batch;
        }
        let mut others = Vec::with_capacity(batch.len());
        for waiting in batch {
            let envelope = &waiting.envelope;
            let centres = [Some(&envelope.centre), other_centre(&envelope.command)];
            let why = centres.into_iter().flatten().find_map(|centre| troubles.get(centre));
            match why {
                // One who no longer listens needs no answer.
                Some(why) => drop(waiting.reply.send(Err(CommandError::NotRecorded(why.clone())))),
                None => others.push(waiting),
            }
        }
        others
    }
}
