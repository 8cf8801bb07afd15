//! What a crew pressed reaches its centre without a gap: only a journal that was set back has one, and only then does a
//! terminal number anew because its centre is behind.

use super::Violation;
use dispatch_core::model::{Event, Recorded, RenewalCause, TerminalTrouble};

/// Whether gaps can be.
#[derive(Debug, Default)]
pub(crate) struct Gaps {
    was_set_back: bool,
}

impl Gaps {
    /// Looks at an event.
    ///
    /// # Errors
    /// A gap, or a terminal that had to number anew because of one, that nothing explains.
    pub(crate) fn event(&self, recorded: &Recorded) -> Result<(), Violation> {
        let Event::TerminalTroubleNoted { vehicle, trouble } = &recorded.event else {
            return Ok(());
        };
        let is_gap = match trouble {
            TerminalTrouble::ActsMissing { .. } => true,
            TerminalTrouble::OutboxRenewed { cause, .. } => *cause == RenewalCause::CentreBehind,
            TerminalTrouble::NumberUsedTwice { .. }
            | TerminalTrouble::PressRepeated
            | TerminalTrouble::StorageFailing
            | TerminalTrouble::StorageRecovered
            | TerminalTrouble::ReceiverDateWrong
            | TerminalTrouble::ReceiverDateRight
            | TerminalTrouble::LinksTakeTurns { .. } => false,
        };
        if is_gap && !self.was_set_back {
            let what = format!("{vehicle}, and no journal was set back: {trouble:?}");
            return Err(Violation::new("gaps", what));
        }
        Ok(())
    }

    /// A journal was set back: what it lost is missing from now on.
    pub(crate) fn set_back(&mut self) {
        self.was_set_back = true;
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::recorded;
    use super::*;

    fn noted(trouble: TerminalTrouble) -> Recorded {
        recorded(1, Event::TerminalTroubleNoted { vehicle: "YC-01-1".into(), trouble })
    }

    fn renewed(cause: RenewalCause) -> Recorded {
        let (previous, outbox) = (Some("o".into()), "p".into());
        noted(TerminalTrouble::OutboxRenewed {
            outbox,
            previous,
            terminal_through: 3,
            centre_through: 2,
            moved: 1,
            cause,
        })
    }

    #[test]
    fn a_gap_is_seen_unless_a_journal_was_set_back() {
        let missing = |outbox: &str| TerminalTrouble::ActsMissing {
            outbox: outbox.into(),
            from: 2,
            through: 3,
            passed_over: false,
        };
        let mut gaps = Gaps::default();
        assert_eq!(gaps.event(&noted(TerminalTrouble::PressRepeated)), Ok(()));
        assert_eq!(gaps.event(&renewed(RenewalCause::TerminalBehind)), Ok(()), "a tablet set back");
        assert_eq!(gaps.event(&noted(missing("o"))).unwrap_err().invariant, "gaps");
        assert!(gaps.event(&renewed(RenewalCause::CentreBehind)).is_err());
        gaps.set_back();
        assert_eq!(gaps.event(&noted(missing("o"))), Ok(()));
        assert_eq!(gaps.event(&renewed(RenewalCause::CentreBehind)), Ok(()));
    }
}
