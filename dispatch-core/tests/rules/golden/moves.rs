//! Events of moves that are suggested, given and made.

use crate::region;
use dispatch_core::model::*;

/// Each event with the name of its golden file.
pub(crate) fn all() -> Vec<(String, Event)> {
    let (vehicle, station): (VehicleId, StationId) = ("YC-01-1".into(), "YC-05".into());
    let expires_at = Timestamp(1_777_632_000_000);
    let suggestion =
        MoveSuggestion { number: 7, expires_at, ..region::suggestion("YC-01-1", "YC-05") };
    let uncovered =
        MoveSuggestion { reason: MoveWhy::StationUncovered { seconds: 720 }, ..suggestion.clone() };
    let ended = |end| Event::MoveSuggestionEnded {
        vehicle: "YC-01-1".into(),
        number: 7,
        end,
        silent_until: Timestamp(1_777_633_800_000),
    };
    let reason = Reasoned { reason: MoveIgnoreReason::CrewNeedsRest, note: "夜班".to_owned() };
    let given = |suggestion| Event::MoveGiven {
        vehicle: "YC-01-1".into(),
        station: "YC-05".into(),
        suggestion,
    };
    let plain = [
        Event::MoveAdviceSet { advice: MoveAdvice::Advise },
        Event::MoveSuggested { suggestion },
        ended(SuggestionEnd::Accepted),
        given(Some(7)),
        Event::MoveAcknowledged { vehicle: vehicle.clone(), station: station.clone() },
        Event::StandbyReached { vehicle: vehicle.clone(), station: station.clone() },
        Event::MoveWithdrawn { vehicle, station },
    ];
    let mut named: Vec<_> =
        plain.into_iter().map(|event| (event.kind().to_owned(), event)).collect();
    let special = [
        ("move_suggested-uncovered", Event::MoveSuggested { suggestion: uncovered }),
        ("move_suggestion_ended-ignored", ended(SuggestionEnd::Ignored { reason })),
        ("move_suggestion_ended-expired", ended(SuggestionEnd::Expired)),
        ("move_suggestion_ended-not_free", ended(SuggestionEnd::VehicleNotFree)),
        ("move_suggestion_ended-no_longer", ended(SuggestionEnd::NoLongerPays)),
        ("move_suggestion_ended-off", ended(SuggestionEnd::SwitchedOff)),
        ("move_given-sparse", given(None)),
    ];
    named.extend(special.map(|(name, event)| (name.to_owned(), event)));
    named
}
