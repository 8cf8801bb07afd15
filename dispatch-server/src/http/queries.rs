//! Answers from the desk's published state, the live part and the journal. Reads only.

use super::app::App;
use super::routes::rank::{RankQuery, spot};
use super::routes::vehicles::PastFix;
use crate::acts::rejection_refusal;
use crate::history::FixRow;
use crate::journal::{LoadError, ROWS_PER_READ};
use crate::rank::{self, DuplicateRequest, RankError, RankFor, RecommendRequest};
use crate::refusal::Code;
use crate::refusal::Refusal;
use crate::views::{FromWire, ToWire, log_entry};
use dispatch_core::CentreState;
use dispatch_core::model::{CentreId, IncidentId, Recorded, Rejection, VehicleId, VehicleNeeds};
use wire_protocol::acts::Position;
use wire_protocol::recommendation::{DuplicateCandidate, Recommendation};
use wire_protocol::views::{IncidentView, LogEntry, VehicleView};
use wire_protocol::vocabulary::{IncidentKind, Priority, VehicleKind};

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

pub(super) fn past_fix(row: FixRow) -> PastFix {
    PastFix {
        position: Position { lon: row.position.lon, lat: row.position.lat },
        fix_time: row.fix_time.0,
        received_at: row.received_at.0,
        speed_mps: row.speed_mps,
        heading_deg: row.heading_deg,
        quality: row.quality.to_wire(),
    }
}

pub(super) async fn journal(
    app: &App,
    centre: &CentreId,
    after: u64,
    limit: u32,
) -> Result<Vec<LogEntry>, Refusal> {
    let events = app.desk.events(centre, after, limit).await.map_err(unreadable)?;
    Ok(lines(app, centre, &events))
}

/// The lines about one incident that is remembered, up to its last change.
pub(super) async fn timeline(
    app: &App,
    centre: &CentreId,
    incident: &IncidentView,
) -> Result<Vec<LogEntry>, Refusal> {
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
) -> Result<Vec<LogEntry>, Refusal> {
    let _place = app.timelines.acquire().await.map_err(|_| Code::Stopping)?;
    let events = app.desk.events_of_incident(centre, incident, after, limit).await;
    Ok(lines(app, centre, &events.map_err(unreadable)?))
}

fn lines(app: &App, centre: &CentreId, events: &[Recorded]) -> Vec<LogEntry> {
    let lines =
        app.desk.read(centre, |state| events.iter().map(|event| log_entry(state, event)).collect());
    lines.unwrap_or_default()
}

fn unreadable(failure: LoadError) -> Refusal {
    tracing::error!(%failure, "the journal cannot be read");
    Code::StoreFailed.into()
}

pub(super) async fn recommend(
    app: &App,
    signed: &super::guard::Signed,
    query: RankQuery,
) -> Result<Recommendation, Refusal> {
    let (centre, target) = match (&query.incident, spot(app, query.lon, query.lat)?) {
        (Some(id), None) => {
            let id = IncidentId::from(id.as_str());
            let found = incident(app, &id);
            let (centre, _) =
                found.ok_or_else(|| Refusal::from(Code::UnknownIncident).with("incident", &id))?;
            (centre, RankFor::Incident(id))
        }
        (None, Some(at)) => {
            let owner = || app.region.centre_of(at.lon, at.lat).map(|centre| centre.id.clone());
            let centre = query.centre.or_else(owner).ok_or_else(|| {
                Refusal::bad_field("centre", "must be named for a place outside the region")
            })?;
            let kind = query.kind.unwrap_or(IncidentKind::Illness).to_core();
            let priority = query.priority.unwrap_or(Priority::Urgent).to_core();
            (CentreId::from(centre.as_str()), RankFor::Place { at, kind, priority })
        }
        (Some(_), Some(_)) | (None, None) => {
            return Err(Refusal::bad_field("incident", "or lon and lat: name one of the two"));
        }
    };
    signed.must_see(&centre)?;
    let request = RecommendRequest {
        mutual_aid: query.mutual_aid.unwrap_or(false),
        all: query.all.unwrap_or(false),
        test: query.test.unwrap_or(false),
        needs: needs(query.vehicle_kind, query.equipment.as_deref()),
        ..RecommendRequest::usual(centre, target)
    };
    let app = app.clone();
    off_the_tasks(move || rank::recommend(&app.rank_sources(), &request)).await?.map_err(no_ranking)
}

fn needs(kind: Option<VehicleKind>, equipment: Option<&str>) -> VehicleNeeds {
    let codes = equipment.unwrap_or_default().split(',').map(str::trim);
    VehicleNeeds {
        kind: kind.map(FromWire::to_core),
        equipment: codes.filter(|code| !code.is_empty()).map(str::to_owned).collect(),
    }
}

/// Runs work of some milliseconds where it holds up no other request.
pub(super) async fn off_the_tasks<R: Send + 'static>(
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, Refusal> {
    tokio::task::spawn_blocking(work).await.map_err(|failure| {
        tracing::error!(%failure, "a search on the roads died of a bug");
        Refusal::from(Code::Internal)
    })
}

pub(super) fn duplicates(
    app: &App,
    request: &DuplicateRequest,
) -> Result<Vec<DuplicateCandidate>, Refusal> {
    rank::duplicates(&app.rank_sources(), request).map_err(no_ranking)
}

fn no_ranking(error: RankError) -> Refusal {
    match error {
        RankError::UnknownCentre(centre) => {
            Refusal::from(Code::UnknownCentre).with("centre", centre)
        }
        RankError::UnknownIncident(incident) => {
            Refusal::from(Code::UnknownIncident).with("incident", incident)
        }
        RankError::IncidentOver(incident) => {
            rejection_refusal(&Rejection::IncidentOver { incident })
        }
        RankError::NoPosition(incident) => {
            Refusal::from(Code::NoPosition).with("incident", incident)
        }
        RankError::Speeds => {
            tracing::error!("the region's speeds cannot be used");
            Code::Internal.into()
        }
    }
}
