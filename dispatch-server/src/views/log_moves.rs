//! Moves of free vehicles as a line of the log tells them.

use super::log_entry::Details;
use super::{ToWire, word};
use dispatch_core::model::{Event, MoveSuggestion, MoveWhy, SuggestionEnd};

impl Details {
    /// What a log line tells of an event about moves; nothing of any other.
    pub(super) fn tell_move(&mut self, event: &Event) {
        if let Event::MoveAdviceSet { advice } = event {
            self.put("advice", word(advice.to_wire()));
        } else if let Event::MoveSuggested { suggestion } = event {
            self.tell_suggestion(suggestion);
        } else if let Event::MoveSuggestionEnded { number, end, silent_until, .. } = event {
            self.put("suggestion", number);
            self.tell_end(end);
            self.put("silent_until", silent_until.0);
        } else if let Event::MoveGiven { station, suggestion, .. } = event {
            self.put("station", station);
            if let Some(number) = suggestion {
                self.put("suggestion", number);
            }
        } else if let Event::MoveAcknowledged { station, .. }
        | Event::StandbyReached { station, .. }
        | Event::MoveWithdrawn { station, .. } = event
        {
            self.put("station", station);
        }
    }

    /// Shares of the demand in ten-thousandths, as the journal has them.
    fn tell_suggestion(&mut self, it: &MoveSuggestion) {
        self.put("suggestion", it.number);
        self.put("station", &it.station);
        if let MoveWhy::StationUncovered { seconds } = it.reason {
            self.put("uncovered_seconds", seconds);
        }
        self.put("covered_before", it.covered_before);
        self.put("covered_after", it.covered_after);
        self.put("drive_seconds", it.drive_seconds);
        self.put("expires_at", it.expires_at.0);
    }

    fn tell_end(&mut self, end: &SuggestionEnd) {
        let label = match end {
            SuggestionEnd::Accepted => "accepted",
            SuggestionEnd::Ignored { reason } => {
                self.put_reason(reason);
                "ignored"
            }
            SuggestionEnd::Expired => "expired",
            SuggestionEnd::VehicleNotFree => "vehicle_not_free",
            SuggestionEnd::NoLongerPays => "no_longer_pays",
            SuggestionEnd::SwitchedOff => "switched_off",
        };
        self.put("end", label);
    }
}
