//! One ambulance with a terminal of another maker: it knows its orders by the texts on its screen alone, and its crew
//! presses the keys that the gateway set. What it could not report it keeps and brings as back-fill.

use super::Fleet;
use super::driving::Driving;
use super::vehicle::Session;
use crate::clock::unix_millis;
use crate::field_terminal::{Edition, FieldTerminal, Heard, LinkError, Report};
use crate::people::crew::{Crew, Deed, Shown};
use crate::world::drive::Pose;
use rand::prelude::*;
use rand::rngs::StdRng;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::MissedTickBehavior;
use vehicle_agent::machine::timer_now;
use wire_protocol::agent::{CrewCommand, DispatchOrder};
use wire_protocol::vocabulary::{Milestone, VehicleState};

const TICK: Duration = Duration::from_millis(500);
/// Between two attempts to reach the gateway.
const AGAIN_AFTER: Duration = Duration::from_secs(5);
/// An answer that does not come within that time does not come.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
/// Reports kept for a gateway that cannot be reached: half a day at one in five seconds.
const MOST_KEPT: usize = 8_640;
const MOST_IN_ONE: usize = 20;
/// Reports that wait because an answer took long, and are still of now.
const MOST_LATE: usize = 3;
/// Seconds between reports until the gateway sets them.
const REPORT_SECONDS: u32 = 5;

/// Lives the vehicle's life until the fleet stops.
pub(super) async fn live(fleet: Arc<Fleet>, session: Session, number: String) {
    let mut chance = StdRng::seed_from_u64(fleet.settings.seed ^ session.index);
    let edition = if chance.random() { Edition::Of2013 } else { Edition::Of2019 };
    let at = session.knowledge.station;
    let vehicle = Vehicle {
        name: session.vehicle,
        crew: Crew::new(session.knowledge),
        driving: Driving::parked(at, 0.0),
        shown: Shown { state: VehicleState::AvailableAtStation, order: None },
        kept: VecDeque::new(),
        keys: VecDeque::new(),
        report_seconds: REPORT_SECONDS,
        since_report: 0.0,
        orders: 0,
        chance,
        fleet,
        number,
        edition,
    };
    vehicle.go().await;
}

struct Vehicle {
    fleet: Arc<Fleet>,
    name: String,
    number: String,
    edition: Edition,
    crew: Crew,
    driving: Driving,
    shown: Shown,
    /// Reports that the gateway has not answered.
    kept: VecDeque<Report>,
    /// Presses that it has not answered, in order.
    keys: VecDeque<u8>,
    report_seconds: u32,
    since_report: f64,
    orders: u64,
    chance: StdRng,
}

impl Vehicle {
    async fn go(mut self) {
        let stop = self.fleet.stop.clone();
        let mut terminal: Option<FieldTerminal> = None;
        let mut connect_at = timer_now() + AGAIN_AFTER.mul_f64(self.chance.random());
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut last = timer_now();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            let passed = (timer_now() - last).as_secs_f64();
            last = timer_now();
            self.live_on(passed);
            if terminal.is_none() && timer_now() >= connect_at {
                connect_at = timer_now() + AGAIN_AFTER;
                terminal = self.connect().await.ok();
            }
            if let Some(line) = &mut terminal
                && let Err(error) = self.talk(line).await
            {
                tracing::debug!(vehicle = self.name, %error, "a terminal's line is lost");
                self.fleet.tally.link_lost();
                terminal = None;
            }
        }
    }

    async fn connect(&self) -> Result<FieldTerminal, LinkError> {
        let to = &self.fleet.settings.mix.gateway;
        let mut terminal = FieldTerminal::connect(to, &self.number, self.edition).await?;
        in_time(terminal.introduce("宁A00000")).await?;
        Ok(terminal)
    }

    /// Drives on, and does what the crew wants.
    fn live_on(&mut self, passed: f64) {
        let speed = self.fleet.clock.speed();
        let arrived = self.driving.on(passed * speed, speed);
        self.since_report += passed;
        if arrived || self.since_report >= f64::from(self.report_seconds) {
            self.since_report = 0.0;
            self.keep_report();
        }
        let now = self.fleet.clock.seconds();
        let mut deeds = self.crew.look(&self.shown, now, &mut self.chance);
        // Without the incident's number: whoever made the call tells what awaits those who know it.
        let truth = self.fleet.truths.of("", &self.name);
        deeds.extend(self.crew.step(now, arrived, truth, &mut self.chance));
        deeds.into_iter().for_each(|deed| self.execute(deed));
    }

    fn keep_report(&mut self) {
        if self.kept.len() == MOST_KEPT {
            self.kept.pop_front();
        }
        let Pose { at, speed_mps, heading_deg } = *self.driving.pose();
        let unix_ms = unix_millis();
        let (lat, lon, sos) = (at.lat, at.lon, false);
        self.kept.push_back(Report { lat, lon, speed_mps, heading_deg, unix_ms, sos });
    }

    fn execute(&mut self, deed: Deed) {
        match deed {
            Deed::Press(command) => {
                if let Some((key, state)) = key_of(&command) {
                    self.keys.push_back(key);
                    self.shown.state = state;
                    if key == FINISHED {
                        self.shown.order = None;
                    }
                }
            }
            Deed::Stop => self.driving.stop(),
            Deed::Drive(to, pace) => {
                let route = self.fleet.province.roads.route(self.driving.pose().at, to);
                self.driving.set_out(route, pace);
            }
        }
    }

    /// Brings what waits, and reads what the screen shows.
    async fn talk(&mut self, line: &mut FieldTerminal) -> Result<(), LinkError> {
        while self.kept.len() > MOST_LATE {
            let old = (self.kept.len() - 1).min(MOST_IN_ONE);
            let batch: Vec<Report> = self.kept.iter().take(old).copied().collect();
            in_time(line.back_fill(&batch)).await?;
            self.kept.drain(..old);
            batch.iter().for_each(|report| self.answered(report));
        }
        while let Some(report) = self.kept.front().copied() {
            in_time(line.report(&report)).await?;
            self.kept.pop_front();
            self.answered(&report);
        }
        while let Some(key) = self.keys.front().copied() {
            in_time(line.press(key)).await?;
            self.keys.pop_front();
            self.fleet.tally.press();
            if let Some(ledger) = &self.fleet.settings.ledger {
                ledger.pressed(&self.name);
            }
        }
        while let Some(heard) = line.heard()? {
            self.read(&heard);
            if heard.message == 0x8300 || heard.message == 0x8103 {
                line.confirm(&heard).await?;
            }
        }
        Ok(())
    }

    fn answered(&self, report: &Report) {
        if let Some(ledger) = &self.fleet.settings.ledger {
            ledger.reported(&self.name, report.unix_ms);
        }
    }

    /// What a crew learns from its screen.
    fn read(&mut self, heard: &Heard) {
        if let Some(seconds) = heard.report_seconds() {
            self.report_seconds = seconds.max(1);
        }
        let Some(text) = heard.text() else { return };
        if NOT_TAKEN.iter().any(|it| text.contains(it))
            && let Some(ledger) = &self.fleet.settings.ledger
        {
            ledger.refused(&self.name);
        }
        if text.contains("出车命令】") && self.shown.order.is_none() {
            self.orders += 1;
            let task = format!("{} {}", self.number, self.orders);
            self.shown = Shown { state: VehicleState::TaskAssigned, order: order(&task, &text) };
        } else if ["【任务取消】", "【任务中止】", "【任务改派】"]
            .iter()
            .any(|it| text.contains(it))
        {
            self.shown = Shown { state: VehicleState::AvailableOnRoad, order: None };
        }
    }
}

async fn in_time<T>(asked: impl Future<Output = Result<T, LinkError>>) -> Result<T, LinkError> {
    tokio::time::timeout(ANSWER_WITHIN, asked).await.unwrap_or(Err(LinkError::Closed))
}

const FINISHED: u8 = 6;
/// Words by which a terminal is told that a press was not taken.
const NOT_TAKEN: [&str; 3] = ["已按过", "该任务已不在本车", "无任务可按此键"];

/// The key of a press, and the state that follows; `None` for what the terminal has no key for.
fn key_of(command: &CrewCommand) -> Option<(u8, VehicleState)> {
    match command {
        CrewCommand::Milestone { milestone, .. } => match milestone {
            Milestone::Created => None,
            Milestone::OrderReceived => Some((1, VehicleState::OrderReceived)),
            Milestone::Departed => Some((2, VehicleState::ToScene)),
            Milestone::AtScene => Some((3, VehicleState::AtScene)),
            Milestone::LeftScene => Some((4, VehicleState::PatientOnBoard)),
            Milestone::AtHospital => Some((5, VehicleState::AtHospital)),
            Milestone::Finished => Some((FINISHED, VehicleState::AvailableOnRoad)),
            Milestone::BackAtStation => Some((7, VehicleState::AvailableAtStation)),
        },
        CrewCommand::ReturnedToStation => Some((7, VehicleState::AvailableAtStation)),
        CrewCommand::DeviceReceipt { .. }
        | CrewCommand::Undo { .. }
        | CrewCommand::Abort { .. }
        | CrewCommand::Pause { .. }
        | CrewCommand::Resume
        | CrewCommand::OffDuty
        | CrewCommand::OnDuty
        | CrewCommand::AcknowledgeNext { .. }
        | CrewCommand::AcknowledgeMove { .. }
        | CrewCommand::AcknowledgeChange { .. }
        | CrewCommand::SignOn { .. }
        | CrewCommand::ReadMessages { .. }
        | CrewCommand::WriteToCentre { .. }
        | CrewCommand::LogVehicle { .. }
        | CrewCommand::Sos => None,
    }
}

/// An order as far as its text tells it: where to.
fn order(task: &str, text: &str) -> Option<DispatchOrder> {
    let position = place(text).map(|(lat, lon)| serde_json::json!({ "lat": lat, "lon": lon }));
    let order = serde_json::json!({
        "task": task, "incident": "", "created_at": 0, "expires_at": i64::MAX, "device_received": true,
        "reached": [], "kind": "illness", "priority": "urgent", "complaint": "", "patient_count": 1,
        "stretcher": false,
        "scene": { "address": text, "source": "caller_words", "position": position }
    });
    serde_json::from_value(order).ok()
}

/// The first place in a text, as `(38.46690,106.27810)`.
fn place(text: &str) -> Option<(f64, f64)> {
    text.split('(').skip(1).find_map(|rest| {
        let (lat, lon) = rest.split_once(')')?.0.split_once(',')?;
        Some((lat.parse().ok()?, lon.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_off_the_screen() {
        let text = "【出车命令】I级 急病 地址:解放西街(近)1 号(38.46690,106.27810) 主诉:胸痛";
        assert_eq!(place(text), Some((38.4669, 106.2781)));
        let order = order("T", text).expect("an order");
        assert_eq!(order.scene.position.map(|at| at.lat), Some(38.4669));
    }
}
