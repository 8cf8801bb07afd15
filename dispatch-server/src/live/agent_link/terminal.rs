//! What a terminal tells of itself in its hello, held against what the centre has of it.

use dispatch_core::model::{OutboxId, RenewalCause, TerminalTrouble};
use wire_protocol::agent::{PreviousOutbox, RenewalReason, TerminalReport};

/// What follows from a terminal's report on how its commands are numbered.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Findings {
    /// To be noted in the journal.
    pub(super) troubles: Vec<TerminalTrouble>,
    /// Why the terminal has to open a new outbox at once.
    pub(super) renumber: Option<RenewalReason>,
}

/// The outboxes of which has to be known how far they are recorded, to compare.
pub(super) fn outboxes(outbox: &OutboxId, report: &TerminalReport) -> Vec<OutboxId> {
    let previous = report.previous.iter();
    let earlier = previous.flat_map(|previous| {
        let confirmed = previous.confirmed.iter().map(|mark| mark.outbox.as_str());
        [previous.outbox.as_str()].into_iter().chain(confirmed)
    });
    std::iter::once(outbox.clone()).chain(earlier.map(OutboxId::from)).collect()
}

/// Compares. `recorded` is how far this server has the commands of an outbox. A server that lags sees too little, so a gap is only noted here: the
/// journal decides about it.
pub(super) fn compare(
    outbox: &OutboxId,
    report: &TerminalReport,
    recorded: impl Fn(&OutboxId) -> u64,
) -> Findings {
    let mut findings = Findings::default();
    if let Some(previous) = &report.previous {
        let centre_through = recorded(&OutboxId::from(previous.outbox.as_str()));
        findings.troubles.push(renewed(outbox, previous, centre_through));
    }
    if report.last_command < recorded(outbox) {
        findings.renumber = Some(RenewalReason::TerminalBehind);
        return findings;
    }
    let confirmed = report.first_command.saturating_sub(1);
    let earlier = report.previous.as_ref().and_then(|previous| previous.confirmed.as_ref());
    let earlier = earlier.map(|mark| (OutboxId::from(mark.outbox.as_str()), mark.through));
    for (outbox, confirmed) in [(outbox.clone(), confirmed)].into_iter().chain(earlier) {
        let recorded = recorded(&outbox);
        if confirmed > recorded {
            let (from, through) = (recorded + 1, confirmed);
            let passed_over = false;
            findings.troubles.push(TerminalTrouble::ActsMissing {
                outbox,
                from,
                through,
                passed_over,
            });
            break;
        }
    }
    findings
}

fn renewed(outbox: &OutboxId, previous: &PreviousOutbox, centre_through: u64) -> TerminalTrouble {
    let PreviousOutbox {
        outbox: old,
        commands_through,
        last_command: _,
        moved,
        reason,
        confirmed: _,
    } = previous;
    TerminalTrouble::OutboxRenewed {
        outbox: outbox.clone(),
        previous: (!old.is_empty()).then(|| OutboxId::from(old.as_str())),
        terminal_through: *commands_through,
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
