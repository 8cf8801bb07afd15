//! A server that refuses the vehicle itself: the crew reads why, and the terminal asks again within two minutes
//! for ever, not every few seconds.

use crate::support::*;
use vehicle_agent::link::{Input, Link, Now, Output};
use vehicle_agent::outbox::MemoryOutbox;
use wire_protocol::agent::ServerMessage;

const LONGEST_MS: u64 = 120_000;
/// As long as a server waits for the vehicle to have a centre.
const HELD_MS: u64 = 5_000;

/// How the server refuses.
#[derive(Clone, Copy, Debug)]
enum Refusal {
    NoKey,
    NoCentre,
}

struct Terminal {
    link: Link,
    now: u64,
}

impl Terminal {
    fn new() -> Self {
        let content = MemoryOutbox::new("box").content().clone();
        let link = Link::new(settings(1), content, moment(0));
        Self { link, now: 0 }
    }

    fn handle(&mut self, input: Input) -> Vec<Output> {
        self.link.handle_input(input, moment(self.now));
        std::iter::from_fn(|| self.link.next_output()).collect()
    }

    /// Goes on until the link is to be opened again, and gives how long that took.
    fn until_connect(&mut self) -> u64 {
        let began = self.now;
        loop {
            let next = self.link.next_timeout(moment(self.now)).expect("something is due");
            self.now = next.max(self.now);
            if self.handle(Input::Tick).contains(&Output::Connect) {
                return self.now - began;
            }
        }
    }

    fn be_refused(&mut self, refusal: Refusal) -> u64 {
        match refusal {
            Refusal::NoKey => drop(self.handle(Input::KeyRefused("401".to_owned()))),
            Refusal::NoCentre => {
                self.handle(Input::Connected);
                self.now += HELD_MS;
                let (code, message) = ("not_enrolled".to_owned(), "no centre".to_owned());
                let said = serde_json::to_string(&ServerMessage::Closing { code, message });
                self.handle(Input::Frame(said.expect("is written")));
                self.handle(Input::Disconnected("the server closed the link".to_owned()));
            }
        }
        self.until_connect()
    }
}

fn moment(steady_ms: u64) -> Now {
    Now { wall_ms: NEW_YEAR_MS + steady_ms as i64, steady_ms }
}

#[test]
fn a_refused_terminal_comes_again_within_two_minutes_and_no_oftener_than_each() {
    for refusal in [Refusal::NoKey, Refusal::NoCentre] {
        let mut terminal = Terminal::new();
        let waits: Vec<u64> = (0..20).map(|_| terminal.be_refused(refusal)).collect();
        assert!(waits.iter().all(|wait| *wait <= LONGEST_MS), "{refusal:?}: {waits:?}");
        assert!(waits[8..].iter().all(|wait| *wait >= LONGEST_MS / 2), "{refusal:?}: {waits:?}");
        let trouble = terminal.link.picture(moment(terminal.now)).link_trouble.clone();
        let trouble = trouble.expect("is told");
        let told = match refusal {
            Refusal::NoKey => "401",
            Refusal::NoCentre => "not_enrolled: no centre",
        };
        assert_eq!(trouble, told);
    }
}

#[test]
fn a_network_that_fails_after_a_refusal_is_tried_as_often_as_ever() {
    let mut terminal = Terminal::new();
    for _ in 0..10 {
        terminal.be_refused(Refusal::NoCentre);
    }
    terminal.handle(Input::Disconnected("no route to host".to_owned()));
    assert!(terminal.until_connect() <= 30_000);
    let trouble = terminal.link.picture(moment(terminal.now)).link_trouble.clone();
    assert_eq!(trouble.as_deref(), Some("no route to host"));
}
