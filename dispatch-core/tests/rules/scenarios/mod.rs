//! Scenarios: a script of timed commands goes in, the story of what came of each comes out.
//!
//! A line is `TIME[@MADE] WHO[@CENTRE]: ORDER`. WHO is a person, `region` (a rule), or a vehicle's
//! terminal: `YC-1` numbers its commands by itself, `YC-1#3` and `YC-1/spare#1` say the number and the
//! outbox. `li[a7]` names the command. Numbers are short: `1` for `yinchuan-1`, `1.t2`, `1.c1`.
//! `board` alone shows everything the centre knows.

mod amending;
mod away;
mod board;
mod calls;
mod camera;
mod cancelling;
mod clocks;
mod closing;
mod closing_asked;
mod companions;
mod confirming;
mod counting;
mod crews;
mod dispatching;
mod diverting;
mod exercises;
mod fields;
mod follow_on;
mod hazards;
mod incidents;
mod linking;
mod lowering;
mod memory;
mod messages;
mod milestones;
mod move_advice;
mod movement;
mod moves;
mod order_changes;
mod orders;
mod putting_right;
mod receiving;
mod reports;
mod reports_settled;
mod script;
mod stories;
mod tell;
mod transfers;
mod undoing;
mod vehicle_log;
mod vehicles;
mod wanted;

pub(crate) use script::{last_rejection, tell_story};

use expect_test::Expect;

fn check(script: &str, story: Expect) {
    story.assert_eq(&tell_story(script));
}
