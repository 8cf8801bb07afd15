//! What a terminal tells of itself in its hello, held against what the centre has of it.

use dispatch_core::model::{OutboxId, RenewalCause, TerminalTrouble};
use wire_protocol::agent::{PreviousOutbox, RenewalReason, TerminalReport};

/// What follows from a terminal's report on how its acts are numbered.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Findings {
    /// To be noted in the journal.
    pub(super) troubles: Vec<TerminalTrouble>,
    /// Why the terminal has to open a new outbox at once.
    pub(super) renumber: Option<RenewalReason>,
}

/// Compares. `recorded` is how far this server has the acts of the terminal's outbox, and `previously`
/// how far those of the one before. A server that lags sees too little, so a gap is only noted here: the
/// journal decides about it.
pub(super) fn compare(
    outbox: &OutboxId,
    report: &TerminalReport,
    recorded: u64,
    previously: u64,
) -> Findings {
    let mut findings = Findings::default();
    if let Some(previous) = &report.previous {
        findings.troubles.push(renewed(outbox, previous, previously));
    }
    let confirmed = report.first_act.saturating_sub(1);
    if report.last_act < recorded {
        findings.renumber = Some(RenewalReason::TerminalBehind);
    } else if confirmed > recorded {
        findings.troubles.push(TerminalTrouble::ActsMissing {
            outbox: outbox.clone(),
            from: recorded + 1,
            through: confirmed,
            passed_over: false,
        });
    }
    findings
}

fn renewed(outbox: &OutboxId, previous: &PreviousOutbox, centre_through: u64) -> TerminalTrouble {
    let PreviousOutbox { outbox: old, acts_through, last_act: _, moved, reason } = previous;
    TerminalTrouble::OutboxRenewed {
        outbox: outbox.clone(),
        previous: (!old.is_empty()).then(|| OutboxId::from(old.as_str())),
        terminal_through: *acts_through,
        centre_through,
        moved: *moved,
        cause: match reason {
            RenewalReason::CentreBehind => RenewalCause::CentreBehind,
            RenewalReason::TerminalBehind => RenewalCause::TerminalBehind,
            RenewalReason::NumberUsedTwice => RenewalCause::NumberUsedTwice,
            RenewalReason::OutboxDamaged => RenewalCause::OutboxDamaged,
        },
    }
}
