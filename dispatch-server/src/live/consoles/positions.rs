//! The ticker: at each tick one binary frame per audience with the vehicles that moved since the last.

use crate::fleet::VehicleCell;
use crate::live::feed::Audience;
use crate::live::shared::Shared;
use crate::views::ToWire;
use axum::body::Bytes;
use dispatch_core::fleet::age_seconds;
use dispatch_core::model::Timestamp;
use std::sync::Arc;
use tokio::time::MissedTickBehavior;
use wire_protocol::positions::{MAX_SLOT, PositionRecord, encode};

/// Ticks until the server stops.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut ticks = tokio::time::interval(shared.settings.position_tick);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut number = 0;
    loop {
        tokio::select! {
            biased;
            _ = ticks.tick() => {}
            () = shared.stop.cancelled() => return,
        }
        number += 1;
        tick(&shared, number);
    }
}

/// One tick. Movements are taken also when nobody looks: a console that comes gets all positions.
pub(super) fn tick(shared: &Shared, number: u64) {
    let now = shared.clock.now();
    let mut moved: Vec<(u16, PositionRecord)> = Vec::new();
    shared.fleet.for_each(|cell| {
        if cell.take_moved()
            && let Some(centre) = cell.centre()
            && let Some(record) = record(cell, now)
        {
            moved.push((centre, record));
        }
    });
    for audience in shared.feed.audiences.present() {
        let records: Vec<PositionRecord> = moved
            .iter()
            .filter(|(centre, _)| audience.sees(*centre))
            .map(|(_, record)| *record)
            .collect();
        let frame = (!records.is_empty()).then(|| Bytes::from(encode(now.0, &records)));
        audience.show(number, frame);
    }
    shared.feed.wake_consoles();
}

/// A frame of every position an audience sees.
pub(super) fn all_positions(shared: &Shared, audience: &Audience) -> Bytes {
    let now = shared.clock.now();
    let mut records = Vec::new();
    shared.fleet.for_each(|cell| {
        if cell.centre().is_some_and(|centre| audience.sees(centre)) {
            records.extend(record(cell, now));
        }
    });
    Bytes::from(encode(now.0, &records))
}

fn record(cell: &VehicleCell, now: Timestamp) -> Option<PositionRecord> {
    let live = cell.live_fix()?;
    let age_millis =
        age_seconds(live.fix.fix_time, now).map_or(u32::MAX, |age| (age * 1000.0) as u32);
    (cell.slot <= MAX_SLOT).then(|| PositionRecord {
        slot: cell.slot,
        quality: live.quality.to_wire(),
        lon: live.fix.position.lon,
        lat: live.fix.position.lat,
        heading_deg: live.fix.heading_deg.unwrap_or(0.0),
        speed_mps: live.fix.speed_mps,
        age_millis,
    })
}
