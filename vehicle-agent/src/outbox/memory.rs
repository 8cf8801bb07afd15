//! An outbox without a disk, for simulated vehicles only: a power cut loses it. The binary never
//! uses it.

use super::{Change, Outbox, OutboxContent, OutboxError};

/// Holds everything in memory. Cloning it is what a test does to look at the "disk".
#[derive(Clone, Debug)]
pub struct MemoryOutbox {
    content: OutboxContent,
}

impl MemoryOutbox {
    /// An empty outbox with this name; names must differ between vehicles' lives.
    pub fn new(id: impl Into<String>) -> Self {
        Self { content: OutboxContent::empty(id.into()) }
    }

    /// What it holds.
    pub fn content(&self) -> &OutboxContent {
        &self.content
    }

    /// Applies changes at once; the same as `apply` without the form of a future.
    pub fn apply_now(&mut self, changes: &[Change]) {
        let content = &mut self.content;
        for change in changes {
            match change {
                Change::AddAct(act) => {
                    content.last_act_number = content.last_act_number.max(act.number);
                    content.acts.push(act.clone());
                }
                Change::AddFix(fix) => {
                    content.last_fix_number = content.last_fix_number.max(fix.number);
                    content.fixes.push(fix.clone());
                }
                Change::ForgetActs { through } => content.acts.retain(|act| act.number > *through),
                Change::ForgetFixes(ranges) => content.fixes.retain(|fix| {
                    !ranges.iter().any(|[first, last]| (*first..=*last).contains(&fix.number))
                }),
                Change::RememberDuty(duty) => content.duty = Some((**duty).clone()),
                Change::RememberRoute(route) => content.route = Some((**route).clone()),
            }
        }
    }
}

impl Outbox for MemoryOutbox {
    async fn load(&mut self) -> Result<OutboxContent, OutboxError> {
        Ok(self.content.clone())
    }

    async fn apply(&mut self, changes: &[Change]) -> Result<(), OutboxError> {
        self.apply_now(changes);
        Ok(())
    }
}
