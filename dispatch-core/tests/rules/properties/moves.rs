//! What may be tried next: picks without names, so that they fit any state, legal moves more often.

use dispatch_core::model::*;
use proptest::prelude::*;
use proptest::sample::select;

/// One thing to try. Numbers pick one of what there is then; the seventh of three is the first.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub(crate) centre: u8,
    pub(crate) what: What,
    pub(crate) pick: u16,
    pub(crate) other: u16,
    /// Seconds since the last move.
    pub(crate) pause_seconds: i64,
    /// Seconds by which the presser's clock or link lies behind (negative) or ahead.
    pub(crate) clock_seconds: i64,
    pub(crate) by_crew: bool,
    pub(crate) named: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    Call(CallOutcome),
    CallAgain(CallOutcome),
    Amend,
    Suspend,
    ResumeIncident,
    Refuse,
    Cancel,
    Close,
    Reopen,
    Want,
    Account,
    Resend,
    Lapse,
    Note,
    Send {
        vehicles: usize,
        only_free: bool,
    },
    Divert,
    Receipt,
    /// The next milestone, or one further on.
    Advance {
        skip: usize,
    },
    AnyMilestone(Milestone),
    Correct {
        milestone: Milestone,
        back_seconds: i64,
    },
    UndoLatest,
    Undo(Milestone),
    Abort(AbortReason),
    PauseVehicle,
    ResumeVehicle,
    OffDuty,
    OnDuty,
    Return,
    Crew,
    Sos,
    ClearSos,
    Log,
    Watch,
    /// Words between a crew and its centre.
    Words(Words),
    /// A crew presses about any task, ended ones above all.
    LatePress(Milestone),
    /// A crew had gone off duty, or paused, before it was sent.
    Gone,
    /// And is back.
    Back,
    Settle {
        keep: bool,
    },
    SeeRefused,
    Promise,
    SeenNext,
    SeenChange,
    WithdrawNext,
    Separate,
    ChangeOutcome(CallOutcome),
    CorrectDetails,
    Advice(MoveAdvice),
    SuggestMove,
    EndSuggestion(SuggestionEnd),
    AcceptMove,
    IgnoreMove,
    GiveMove,
    SeenMove,
    WithdrawMove,
    VehicleTransfer,
    TakeOver,
    Confirm,
    AmendVehicle,
    Enrol,
    Retire,
    /// The clock was ahead and is set right.
    ClockSetRight,
    TerminalTrouble,
    /// Positions show something of a movement.
    Seen,
    SetBack,
    /// The same message again: an old hand-over that was on the wire for long.
    LateTakeOver,
}

/// What is done with words.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Words {
    Send,
    Read,
    Write(Option<CrewNeed>),
    Answer,
}

pub(crate) fn any_move() -> impl Strategy<Value = Move> {
    let pause = prop_oneof![8 => 0..120_i64, 4 => 120..1800_i64, 1 => 86_400..400_000_i64];
    let clock = prop_oneof![6 => Just(0_i64), 3 => -900..10_i64, 1 => -1_000_000..1_000_000_i64];
    let picks = (any::<u16>(), any::<u16>());
    let origin = (any::<bool>(), prop::bool::weighted(0.7));
    (prop_oneof![4 => Just(0_u8), 1 => Just(1_u8)], what(), picks, pause, clock, origin).prop_map(
        |(centre, what, (pick, other), pause_seconds, clock_seconds, (by_crew, named))| Move {
            centre,
            what,
            pick,
            other,
            pause_seconds,
            clock_seconds,
            by_crew,
            named,
        },
    )
}

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        10 => outcome().prop_map(What::Call),
        4 => outcome().prop_map(What::CallAgain),
        20 => (1..4_usize, prop::bool::weighted(0.8))
            .prop_map(|(vehicles, only_free)| What::Send { vehicles, only_free }),
        40 => prop_oneof![5 => Just(0_usize), 2 => 1..3_usize].prop_map(|skip| What::Advance { skip }),
        8 => select(&Milestone::ALL[..]).prop_map(What::LatePress),
        3 => any::<bool>().prop_map(|keep| What::Settle { keep }),
        12 => select(vec![
            What::Promise, What::Promise, What::Promise, What::SeenNext, What::SeenNext,
            What::SeenNext, What::WithdrawNext, What::Separate, What::SeenChange, What::SeenChange,
            What::SeeRefused,
            What::Gone, What::Gone, What::Back,
        ]),
        20 => select(vec![
            What::SuggestMove, What::SuggestMove, What::AcceptMove, What::IgnoreMove, What::GiveMove,
            What::SeenMove, What::SeenMove, What::SeenMove, What::Return, What::Return,
            What::Return, What::WithdrawMove,
            What::EndSuggestion(SuggestionEnd::Expired),
            What::EndSuggestion(SuggestionEnd::NoLongerPays),
            What::Advice(MoveAdvice::Advise), What::Advice(MoveAdvice::Advise),
            What::Advice(MoveAdvice::Off),
        ]),
        1 => outcome().prop_map(What::ChangeOutcome),
        2 => Just(What::CorrectDetails),
        5 => select(&Milestone::ALL[..]).prop_map(What::AnyMilestone),
        6 => (select(&Milestone::ALL[..]), -60..1800_i64)
            .prop_map(|(milestone, back_seconds)| What::Correct { milestone, back_seconds }),
        5 => Just(What::UndoLatest),
        2 => select(&Milestone::ALL[..]).prop_map(What::Undo),
        4 => select(AbortReason::ALL).prop_map(What::Abort),
        30 => select(vec![
            What::Amend, What::Suspend, What::ResumeIncident, What::Refuse, What::Cancel,
            What::Close, What::Reopen, What::Note, What::Divert, What::Divert, What::Receipt,
            What::Receipt, What::PauseVehicle, What::ResumeVehicle, What::OffDuty, What::OnDuty,
            What::Return, What::Return, What::Crew, What::Want, What::Account, What::Resend,
            What::Lapse, What::Lapse, What::Sos, What::ClearSos, What::Log, What::Watch, What::AmendVehicle,
        ]),
        3 => select(vec![
            Words::Send, Words::Read, Words::Write(None), Words::Write(Some(CrewNeed::Police)),
            Words::Answer,
        ]).prop_map(What::Words),
        12 => select(vec![
            What::VehicleTransfer, What::TakeOver, What::TakeOver, What::Confirm, What::LateTakeOver,
            What::Enrol, What::Retire, What::ClockSetRight, What::TerminalTrouble,
            What::SetBack, What::Seen, What::Seen, What::Seen,
        ]),
    ]
}

fn outcome() -> impl Strategy<Value = CallOutcome> {
    prop_oneof![
        8 => Just(CallOutcome::Open),
        1 => select(SuspendReason::ALL).prop_map(|r| CallOutcome::Suspended(r.into())),
        1 => select(RefuseReason::ALL).prop_map(|r| CallOutcome::Refused(r.into())),
        1 => select(CancelReason::ALL).prop_map(|r| CallOutcome::Cancelled(r.into())),
        1 => Just(CallOutcome::Nuisance),
        1 => Just(CallOutcome::Dispatched),
        1 => Just(CallOutcome::Repeat),
    ]
}
