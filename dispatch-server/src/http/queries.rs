//! Answers from the desk's published state, the live part and the journal. Reads only.

use super::app::App;
use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::views::log_entry;
use dispatch_core::CentreState;
use dispatch_core::model::{CentreId, IncidentId, Recorded, VehicleId};
use dispatch_desk::journal::{LoadError, ROWS_PER_READ};
use wire_protocol::views::{IncidentView, LogEntry, VehicleView};

/// Lines of one timeline: more than an incident may have calls, tasks and notes together.
const TIMELINE_LINES_MOST: u32 = ROWS_PER_READ;

pub(super) fn incidents(
    app: &App,
    centres: &[CentreId],
    wanted: impl Fn(&IncidentView) -> bool,
) -> Vec<IncidentView> {
    let of_centre = |state: &CentreState| -> Vec<IncidentView> {
        let views = state.incidents.values().map(|it| app.live.incident_view(state, it));
        views.filter(&wanted).collect()
    };
    centres.iter().filter_map(|centre| app.desk.read(centre, of_centre)).flatten().collect()
}

pub(super) fn incident(app: &App, id: &IncidentId) -> Option<(CentreId, IncidentView)> {
    app.desk.read_all(|states| {
        let (state, found) =
            states.values().find_map(|state| Some((state, state.incidents.get(id)?)))?;
        Some((state.centre.clone(), app.live.incident_view(state, found)))
    })
}

pub(super) fn vehicles(app: &App, centres: &[CentreId]) -> Vec<VehicleView> {
    let of_centre = |state: &CentreState| -> Vec<VehicleView> {
        state.vehicles.values().map(|it| app.live.vehicle_view(state, it)).collect()
    };
    centres.iter().filter_map(|centre| app.desk.read(centre, of_centre)).flatten().collect()
}

pub(super) fn vehicle(app: &App, id: &VehicleId) -> Option<VehicleView> {
    app.desk.read_all(|states| {
        let (state, found) =
            states.values().find_map(|state| Some((state, state.vehicles.get(id)?)))?;
        Some(app.live.vehicle_view(state, found))
    })
}

pub(super) async fn journal(
    app: &App,
    centre: &CentreId,
    after: u64,
    limit: u32,
) -> Result<Vec<LogEntry>, ApiError> {
    let events = app.desk.events(centre, after, limit).await.map_err(unreadable)?;
    Ok(lines(app, centre, &events))
}

/// The lines about one incident that is remembered, up to its last change.
pub(super) async fn timeline(
    app: &App,
    centre: &CentreId,
    incident: &IncidentView,
) -> Result<Vec<LogEntry>, ApiError> {
    let wanted = IncidentId::from(incident.id.as_str());
    let mut about = journal_of_incident(app, centre, &wanted, 0, TIMELINE_LINES_MOST).await?;
    about.retain(|line| line.version <= incident.version);
    Ok(about)
}

/// The lines about one incident of any age.
pub(super) async fn journal_of_incident(
    app: &App,
    centre: &CentreId,
    incident: &IncidentId,
    after: u64,
    limit: u32,
) -> Result<Vec<LogEntry>, ApiError> {
    let _place = app.timelines.acquire().await.map_err(|_| Code::Stopping)?;
    let events = app.desk.events_of_incident(centre, incident, after, limit).await;
    Ok(lines(app, centre, &events.map_err(unreadable)?))
}

fn lines(app: &App, centre: &CentreId, events: &[Recorded]) -> Vec<LogEntry> {
    let lines =
        app.desk.read(centre, |state| events.iter().map(|event| log_entry(state, event)).collect());
    lines.unwrap_or_default()
}

fn unreadable(failure: LoadError) -> ApiError {
    tracing::error!(%failure, "the journal cannot be read");
    Code::StoreFailed.into()
}

/// Runs work of some milliseconds where it holds up no other request.
pub(super) async fn run_blocking<R: Send + 'static>(
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, ApiError> {
    tokio::task::spawn_blocking(work).await.map_err(|failure| {
        tracing::error!(%failure, "a search on the roads died of a bug");
        ApiError::from(Code::Internal)
    })
}
