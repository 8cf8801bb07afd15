//! The terminal as a program: drives round a place, shows what it is told, presses what is typed.

use super::camera::Camera;
use super::frame::{Edition, Heard};
use super::link::{FieldTerminal, LinkError};
use super::report::Report;
use crate::clock::unix_millis;
use clap::Args;
use geometry::Wgs84;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader, stdin};
use tokio_util::sync::CancellationToken;

/// Metres of the circle that is driven.
const RADIUS_M: f64 = 400.0;
const SPEED_MPS: f64 = 12.0;
const NOT_SUPPORTED: u8 = 3;

/// A JT/T 808 terminal for field tests of a gateway.
#[derive(Args, Clone, Debug)]
pub struct FieldTerminalSettings {
    /// The gateway, host:port.
    #[arg(long, default_value = "127.0.0.1:8808")]
    pub gateway: String,
    /// The terminal's number.
    #[arg(long)]
    pub number: String,
    /// The plate it registers with.
    #[arg(long, default_value = "宁A00001")]
    pub plate: String,
    /// Edition of its frames.
    #[arg(long, value_enum, default_value_t = Edition::Of2013)]
    pub edition: Edition,
    /// Middle of the circle it drives, degrees north.
    #[arg(long, default_value_t = 38.4669)]
    pub lat: f64,
    /// Middle of the circle it drives, degrees east.
    #[arg(long, default_value_t = 106.2781)]
    pub lon: f64,
    /// File of H.264 (Annex B) that its camera sends in a loop when it is asked for a picture; without it, it says that it
    /// has none.
    #[arg(long, value_name = "FILE")]
    pub camera: Option<PathBuf>,
    /// Seconds between reports until the gateway sets them.
    #[arg(long, default_value_t = 5)]
    pub every: u32,
}

impl FieldTerminalSettings {
    /// Runs until it is stopped. A number typed is an event's key; `sos` is the button for help.
    ///
    /// # Errors
    /// When the gateway cannot be reached or refuses the terminal, or the camera's file cannot be read.
    pub async fn run(&self, stop: CancellationToken) -> Result<(), LinkError> {
        let mut camera = match &self.camera {
            Some(file) => Some(Camera::read(file, &self.number, self.edition)?),
            None => None,
        };
        let mut terminal =
            FieldTerminal::connect(&self.gateway, &self.number, self.edition).await?;
        terminal.introduce(&self.plate).await?;
        println!("known to the gateway; type the number of a key, or sos");
        let mut typed = BufReader::new(stdin()).lines();
        let mut every = Duration::from_secs(u64::from(self.every.max(1)));
        let mut next = tokio::time::interval(every);
        let (mut sos, mut is_open) = (false, true);
        loop {
            tokio::select! {
                () = stop.cancelled() => return terminal.said(0x0003, &[]).await,
                _ = next.tick() => {
                    terminal.report(&self.report(sos)).await?;
                    // A terminal takes the bit back once it is answered.
                    sos = false;
                }
                line = typed.next_line(), if is_open => match line?.as_deref().map(str::trim) {
                    Some("sos") => sos = true,
                    Some(key) => match key.parse() {
                        Ok(event) => terminal.press(event).await?,
                        Err(_) => println!("{key:?} is no key; type a number from 1 to 8, or sos"),
                    },
                    None => is_open = false,
                },
                heard = terminal.next() => {
                    let heard = heard?;
                    show(&heard);
                    if heard.message == 0x8103 || heard.message == 0x8300 {
                        terminal.confirm(&heard).await?;
                    }
                    if heard.message == 0x9101 || heard.message == 0x9102 {
                        let does = camera.as_mut().is_some_and(|it| it.told(&heard));
                        terminal.answer(&heard, if does { 0 } else { NOT_SUPPORTED }).await?;
                    }
                    if let Some(seconds) = heard.report_seconds() {
                        every = Duration::from_secs(u64::from(seconds.max(1)));
                        next = tokio::time::interval_at(next_tick(every), every);
                    }
                }
            }
        }
    }

    fn report(&self, sos: bool) -> Report {
        let unix_ms = unix_millis();
        let metres = (unix_ms % 86_400_000) as f64 / 1_000.0 * SPEED_MPS;
        let angle = metres / RADIUS_M;
        let (north, east) = (angle.cos() * RADIUS_M, angle.sin() * RADIUS_M);
        let at = Wgs84 { lat: self.lat, lon: self.lon }.moved_by(east, north);
        Report {
            lat: at.lat,
            lon: at.lon,
            speed_mps: SPEED_MPS,
            heading_deg: (angle.to_degrees() + 90.0).rem_euclid(360.0),
            unix_ms,
            sos,
        }
    }
}

fn next_tick(every: Duration) -> tokio::time::Instant {
    vehicle_agent::machine::timer_now() + every
}

fn show(heard: &Heard) {
    match heard.text() {
        Some(text) => println!("{text}"),
        None => println!("{:#06x}, {} bytes", heard.message, heard.body.len()),
    }
}
