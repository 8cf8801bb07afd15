//! One vehicle with its terminal: the real link over a simulated disk, its clocks, and a crew that presses.

use crate::crew::Crew;
use crate::disk::Disk;
use crate::network::LinkId;
use crate::receiver::Receiver;
use crate::schedule::ReceiverFault;
use futures_util::FutureExt;
use std::sync::Arc;
use vehicle_agent::link::{Input, Link, LinkSettings, Now, Output, ReceiptPolicy, ScreenState};
use vehicle_agent::nmea::{DatedBy, Fix};
use vehicle_agent::outbox::{Change, KeptOutbox, Outbox, StoredCommand};
use wire_protocol::agent::CrewCommand;

/// Name of the software that simulated terminals say they run.
const SOFTWARE: &str = "prove";

/// How fast vehicles say that they drive, in metres a second.
const SPEED_MPS: f32 = 11.0;

/// How long a program waits for a peer that does not answer when it opens a link.
pub(crate) const CONNECT_LIMIT_MS: u64 = 10_000;

/// The longest that a program sleeps.
const LONGEST_SLEEP_MS: u64 = 3_600_000;

/// What a terminal wants of the world.
#[derive(Clone, Debug)]
pub(crate) enum Want {
    /// A link to a server.
    Connect,
    /// The end of the link.
    Disconnect,
    /// A frame to be carried.
    Send(String),
    /// A batch to be stored.
    Store(Arc<[Change]>),
}

/// A vehicle and what is in it.
#[derive(Debug)]
pub(crate) struct Terminal {
    /// The vehicle's id.
    pub(crate) vehicle: String,
    /// The program, while it runs.
    link: Option<Link>,
    /// Its outbox over the disk.
    outbox: Option<KeptOutbox<Disk>>,
    /// The batch that is on its way to the disk.
    storing: Option<Arc<[Change]>>,
    /// Counts starts of the program; what was on its way to an earlier one is not for this one.
    pub(crate) life: u64,
    /// Its disk.
    pub(crate) disk: Disk,
    /// Its crew.
    pub(crate) crew: Crew,
    /// Its receiver; without one fixes come as they were measured.
    receiver: Option<Receiver>,
    /// The link it holds or is opening.
    pub(crate) carried: Option<LinkId>,
    /// Where it is, longitude and latitude in WGS-84 degrees.
    pub(crate) position: (f64, f64),
    /// When a look is entered in the queue.
    pub(crate) wake_at: Option<u64>,
    /// How far its settable clock is off, in milliseconds.
    pub(crate) wall_off_ms: i64,
    /// Microseconds its clocks gain in a second.
    drift_ppm: i64,
    boots: u64,
    tablets: u64,
    booted_at: u64,
    /// Until when it stands still.
    pub(crate) frozen_until: u64,
    /// Until when no link of its comes up.
    pub(crate) unreachable_until: u64,
    /// Until when its link carries nothing.
    pub(crate) mute_until: u64,
    /// The next press that it sends is lost with its link, and no new one comes up for so long.
    pub(crate) next_press_cuts: Option<u64>,
}

impl Terminal {
    /// A terminal that is off.
    pub(crate) fn new(
        vehicle: &str,
        position: (f64, f64),
        drift_ppm: i64,
        crew: Crew,
        receiver: Option<Receiver>,
    ) -> Self {
        Self {
            receiver,
            vehicle: vehicle.to_owned(),
            link: None,
            outbox: None,
            storing: None,
            life: 0,
            disk: Disk::new(format!("{vehicle}-tablet-1")),
            crew,
            carried: None,
            position,
            wake_at: None,
            wall_off_ms: 0,
            drift_ppm,
            boots: 0,
            tablets: 1,
            booted_at: 0,
            frozen_until: 0,
            unreachable_until: 0,
            mute_until: 0,
            next_press_cuts: None,
        }
    }

    /// Starts the program; after a loss of power the steady clock counts from nothing.
    pub(crate) fn start(&mut self, seed: u64, power_was_cut: bool, now_ms: u64, wall_base_ms: i64) {
        if power_was_cut || self.boots == 0 {
            (self.boots, self.booted_at) = (self.boots + 1, now_ms);
        }
        self.life += 1;
        self.wake_at = None;
        let settings = LinkSettings {
            software: SOFTWARE.to_owned(),
            receipts: ReceiptPolicy::AtOnce,
            seed: seed ^ self.life,
            pictures: false,
        };
        let boot = format!("{}-boot-{}", self.vehicle, self.boots);
        let now = self.now(now_ms, wall_base_ms);
        let opening = KeptOutbox::over_or_begin(self.disk.clone()).now_or_never();
        let mut outbox = opening.expect("a simulated disk answers at once");
        let content = outbox.load().now_or_never().expect("a simulated disk answers at once");
        let content = content.expect("an outbox is loaded from memory");
        self.outbox = Some(outbox);
        if let Some(receiver) = &mut self.receiver {
            receiver.restart(content.undated.clone(), &boot);
        }
        self.link = Some(Link::in_boot(settings, content, boot, now));
    }

    /// Puts a new tablet in the place of the old one.
    pub(crate) fn new_tablet(&mut self) {
        self.tablets += 1;
        self.disk = Disk::new(format!("{}-tablet-{}", self.vehicle, self.tablets));
    }

    /// Ends the program.
    pub(crate) fn kill(&mut self) {
        self.link = None;
        self.outbox = None;
        self.carried = None;
        self.life += 1;
        self.wake_at = None;
        self.crew.program_ended();
    }

    /// Whether the program runs.
    pub(crate) fn is_on(&self) -> bool {
        self.link.is_some()
    }

    /// What its two clocks show.
    pub(crate) fn now(&self, now_ms: u64, wall_base_ms: i64) -> Now {
        let true_ms = now_ms.cast_signed();
        let gained = true_ms * self.drift_ppm / 1_000_000;
        let steady = now_ms - self.booted_at;
        let steady_gained = steady.cast_signed() * self.drift_ppm / 1_000_000;
        Now {
            wall_ms: wall_base_ms + true_ms + gained + self.wall_off_ms,
            steady_ms: (steady.cast_signed() + steady_gained).cast_unsigned() + 1_000,
        }
    }

    /// Milliseconds until the program wants to be looked at; its own shell looks after an hour at the latest.
    pub(crate) fn next_look(&self, now: Now) -> Option<u64> {
        let due = self.link.as_ref()?.next_timeout(now)?;
        Some(due.saturating_sub(now.steady_ms).min(LONGEST_SLEEP_MS))
    }

    /// Gives the program what happened.
    pub(crate) fn handle(&mut self, input: Input, now: Now) {
        let Some(link) = &mut self.link else { return };
        link.handle_input(input, now);
        let waited = self.receiver.as_mut().map(|receiver| receiver.release(link, now));
        for input in waited.into_iter().flatten() {
            link.handle_input(input, now);
        }
    }

    /// The crew presses; gives the key of the press, and the command as it waits.
    pub(crate) fn press(&mut self, command: CrewCommand, now: Now) -> Option<(u64, StoredCommand)> {
        let link = self.link.as_mut()?;
        link.press(command, now).ok()?;
        let key = link.last_key();
        Some((key, link.waiting_command(key)?))
    }

    /// The presses that the crew is told as stored now.
    pub(crate) fn told_stored(&mut self) -> Vec<StoredCommand> {
        match &self.link {
            Some(link) => self.crew.told_stored(|key| link.is_safe(key)),
            None => Vec::new(),
        }
    }

    /// What the program wants next.
    pub(crate) fn next_want(&mut self) -> Option<Want> {
        loop {
            return Some(match self.link.as_mut()?.next_output()? {
                Output::Connect => Want::Connect,
                Output::Disconnect => Want::Disconnect,
                Output::Send(text) => Want::Send(text),
                Output::Store(changes) => Want::Store(changes),
                Output::Servers(_) | Output::Camera(_) | Output::Show => continue,
            });
        }
    }

    /// A batch goes to the disk.
    pub(crate) fn stores(&mut self, changes: Arc<[Change]>) {
        self.storing = Some(changes);
    }

    /// The batch under way is through: what the program hears of it.
    pub(crate) fn stored(&mut self) -> Vec<Input> {
        let (Some(changes), Some(outbox)) = (self.storing.take(), &mut self.outbox) else {
            return Vec::new();
        };
        let done = outbox.apply(&changes).now_or_never().expect("a simulated disk answers at once");
        let told = if done.is_ok() { Input::Stored } else { Input::StoreFailed };
        let salvaged = outbox.take_salvaged();
        let salvaged = (!salvaged.is_empty()).then_some(Input::Salvaged(salvaged));
        std::iter::once(told).chain(salvaged).collect()
    }

    /// The program ends in the middle of a batch, which may be whole on the disk or not there at all.
    pub(crate) fn cut_off(&mut self, is_written: bool) {
        if let Some(changes) = self.storing.take().filter(|_| is_written) {
            self.disk.write_last(&changes);
        }
    }

    /// What the crew sees.
    pub(crate) fn picture(&self, now: Now) -> Option<ScreenState> {
        self.link.as_ref().map(|link| link.picture(now))
    }

    /// How the receiver fails from now on, and until when.
    pub(crate) fn receiver_fails(&mut self, fault: Option<(ReceiverFault, u64)>) {
        if let Some(receiver) = &mut self.receiver {
            receiver.fail(fault);
        }
    }

    /// What the program hears of what is measured now; satellites tell the true time.
    pub(crate) fn measured(&mut self, true_time_ms: i64, now: Now, now_ms: u64) -> Vec<Input> {
        let (lon, lat) = self.position;
        let fix = Fix {
            fix_time_ms: true_time_ms,
            dated_by: DatedBy::Receiver,
            lat,
            lon,
            speed_mps: Some(SPEED_MPS),
            heading_deg: Some(90.0),
            satellites: Some(9),
            hdop: Some(0.9),
        };
        match (&mut self.receiver, &self.link) {
            (Some(receiver), Some(link)) => receiver.tells(&fix, link, now, now_ms),
            (None, _) | (_, None) => vec![Input::NewFix(fix)],
        }
    }
}
