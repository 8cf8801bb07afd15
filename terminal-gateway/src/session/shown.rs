//! What our own terminal would show, told to one that can only show texts.

use super::tells::Subject;
use super::{Output, TerminalSession, words};
use crate::binding::Keys;
use crate::jt808::body::{Key, Parameter, Tell, TextFlags};
use crate::jt808::frame::Edition;
use crate::keys;
use vehicle_agent::link::{Now, OrderStage, ScreenState};

/// A terminal beats at least so often, in seconds: a link that says nothing for longer is broken.
const HEARTBEAT_SECONDS: u32 = 30;
const YES: &str = "收到";

impl TerminalSession {
    /// What a terminal is told as soon as it is known.
    pub(super) fn tell_at_first(&mut self, now: Now) {
        self.tell(Subject::Attributes, Tell::AskAttributes, now);
        if self.shows_keys(Keys::Menu) {
            self.tell(Subject::Keys, Tell::SetMenu(keys::standard_keys()), now);
        }
        if self.shows_keys(Keys::Events) {
            self.send(&Tell::SetEvents(keys::standard_keys()));
        }
    }

    /// Tells what the picture has that the terminal has not been told.
    pub(super) fn tell_what_is_new(&mut self, now: Now) {
        let Some(shown) = self.shown.clone().filter(|_| self.is_known()) else { return };
        let wanted = wanted(&shown);
        let subjects: Vec<Subject> = wanted.iter().map(|(subject, _)| subject.clone()).collect();
        self.tells.keep(&subjects);
        for (subject, tell) in wanted {
            if self.tells.knows(&subject) {
                continue;
            }
            let is_asked = subject.is_acknowledged() && self.shows_keys(Keys::Questions);
            self.tell(subject.clone(), tell, now);
            if is_asked {
                let answers = vec![Key { number: 1, name: YES.to_owned() }];
                let text = words::question(&shown).to_owned();
                let serial = self.send(&Tell::Question { text, answers });
                self.tells.asked(subject, serial);
            }
        }
        for refusal in &shown.refusals {
            let subject = Subject::Refusal(refusal.number);
            if !self.tells.knows(&subject) {
                self.tell(subject, text(words::refusal(&refusal.code), true), now);
            }
        }
    }

    /// A short answer to a press, shown and not read aloud.
    pub(super) fn say(&mut self, words: &str, now: Now) {
        self.tell(Subject::Feedback(words.to_owned()), quiet(words), now);
    }

    /// The terminal answered something that it was told.
    pub(super) fn answered(&mut self, serial: u16, message: u16, result: u8) {
        const DONE: u8 = 0;
        if result != DONE {
            let said = format!("it answered {message:#06x} with result {result}");
            self.facts.last_error = Some(said);
            if self.refuses_camera(serial) {
                return;
            }
            return self.tells.failed(serial, message);
        }
        let Some(subject) = self.tells.answer(serial, message) else { return };
        match subject {
            Subject::Order { task } => self.outputs.push_back(Output::Displayed(task)),
            Subject::Refusal(number) => self.outputs.push_back(Output::RefusalTold(number)),
            Subject::Change { .. }
            | Subject::Ended { .. }
            | Subject::Next { .. }
            | Subject::Move { .. }
            | Subject::Message { .. }
            | Subject::SosAnswered { .. }
            | Subject::Keys
            | Subject::Attributes
            | Subject::Parameters(_)
            | Subject::Feedback(_) => {}
        }
    }

    pub(super) fn tell_again(&mut self, now: Now) {
        for told in self.tells.due(now.steady_ms) {
            let serial = self.send(&told.tell);
            self.tells.told_again(&told.subject, serial, now.steady_ms);
        }
    }

    fn tell(&mut self, subject: Subject, tell: Tell, now: Now) {
        let (message, _) = tell.write(self.edition);
        let serial = self.send(&tell);
        self.tells.told(subject, tell, message, serial, now.steady_ms);
    }

    /// The edition of 2019 has no menus, events and questions; a terminal of it may have them all the same.
    fn shows_keys(&self, keys: Keys) -> bool {
        match (self.binding.keys, self.edition) {
            (Keys::Auto, Edition::Y2013) | (Keys::All, _) => true,
            (Keys::Auto, Edition::Y2019) | (Keys::None, _) => false,
            (chosen @ (Keys::Menu | Keys::Events | Keys::Questions), _) => chosen == keys,
        }
    }
}

impl Subject {
    /// A crew says that it has seen it.
    fn is_acknowledged(&self) -> bool {
        matches!(
            self,
            Subject::Order { .. }
                | Subject::Change { .. }
                | Subject::Next { .. }
                | Subject::Move { .. }
                | Subject::Message { .. }
        )
    }
}

/// All that a picture has to tell.
fn wanted(shown: &ScreenState) -> Vec<(Subject, Tell)> {
    let mut wanted = vec![parameters(shown.report_seconds)];
    if let Some(order) = &shown.order {
        let is_new = matches!(shown.order_stage, Some(OrderStage::New | OrderStage::Overdue));
        let through = order.changes.iter().map(|change| change.version).max();
        if is_new {
            let subject = Subject::Order { task: order.task.clone() };
            wanted.push((subject, text(&words::order(order), true)));
        } else if let Some(through) = through {
            let subject = Subject::Change { task: order.task.clone(), through };
            wanted.push((subject, text(&words::change(order), true)));
        }
    }
    if let Some(ended) = shown.ended.as_ref().filter(|_| shown.order.is_none())
        && let Some(words) = words::ended(ended)
        && shown.taken_at_ms.saturating_sub(ended.at) < ENDED_LATELY_MS
    {
        wanted.push((Subject::Ended { task: ended.task.clone() }, text(words, true)));
    }
    if let Some(next) = shown.following.as_ref().filter(|next| !next.acknowledged) {
        let changed_at = next.changed_at.unwrap_or(next.given_at);
        let subject = Subject::Next { incident: next.incident.clone(), changed_at };
        wanted.push((subject, text(&words::next_order(next), true)));
    }
    if let Some(to) = shown.move_to.as_ref().filter(|to| !to.acknowledged) {
        let subject = Subject::Move { station: to.station.clone(), given_at: to.given_at };
        wanted.push((subject, text(&words::move_to(to), false)));
    }
    for message in keys::unread(shown) {
        let subject = Subject::Message { number: message.number, at: message.at };
        wanted.push((subject, text(&words::message(&message.text), true)));
    }
    if let Some(at) = shown.sos.as_ref().and_then(|sos| sos.answered_at)
        && shown.taken_at_ms.saturating_sub(at) < ENDED_LATELY_MS
    {
        let note = shown.sos.as_ref().map_or("", |sos| &sos.note);
        wanted.push((Subject::SosAnswered { at }, text(&words::sos_answered(note), true)));
    }
    wanted
}

/// A crew that comes back later need not be told any more that its order ended or its call was answered, in milliseconds.
const ENDED_LATELY_MS: i64 = 600_000;

fn parameters(report_seconds: u16) -> (Subject, Tell) {
    let seconds = u32::from(report_seconds);
    let parameters = vec![
        Parameter::heartbeat_seconds(HEARTBEAT_SECONDS),
        Parameter::report_by_time(),
        // A vehicle at its station with its ignition off is as much to be seen as any other.
        Parameter::report_seconds_asleep(seconds),
        Parameter::report_seconds(seconds),
    ];
    (Subject::Parameters(report_seconds), Tell::SetParameters(parameters))
}

fn text(words: &str, urgent: bool) -> Tell {
    let flags = TextFlags { urgent, shown: true, spoken: true };
    Tell::Text { flags, text: words.to_owned() }
}

fn quiet(words: &str) -> Tell {
    let flags = TextFlags { urgent: false, shown: true, spoken: false };
    Tell::Text { flags, text: words.to_owned() }
}
