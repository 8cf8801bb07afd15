//! stub
use super::app::App;
use super::code::Code;
use super::refusal::Refusal;
use super::routes::rank::RankQuery;
use super::routes::vehicles::PastFix;
use crate::history::FixRow;
use dispatch_core::model::*;
use wire_protocol::recommendation::{DuplicateCandidate, Recommendation};
use wire_protocol::views::*;
pub(super) fn incidents(
    _app: &App,
    _centres: &[CentreId],
    _wanted: impl Fn(&IncidentView) -> bool,
) -> Vec<IncidentView> {
    Vec::new()
}
pub(super) fn incident(_app: &App, _id: &IncidentId) -> Option<(CentreId, IncidentView)> {
    None
}
pub(super) async fn timeline(
    _app: &App,
    _centre: &CentreId,
    _incident: &IncidentView,
) -> Result<Vec<LogEntry>, Refusal> {
    Err(Code::Busy.into())
}
pub(super) async fn journal(
    _app: &App,
    _centre: &CentreId,
    _after: u64,
    _limit: u32,
) -> Result<Vec<LogEntry>, Refusal> {
    Err(Code::Busy.into())
}
pub(super) fn vehicles(_app: &App, _centres: &[CentreId]) -> Vec<VehicleView> {
    Vec::new()
}
pub(super) fn vehicle(_app: &App, _id: &VehicleId) -> Option<VehicleView> {
    None
}
pub(super) fn past_fix(_row: FixRow) -> PastFix {
    unreachable!()
}
pub(super) fn recommend(
    _app: &App,
    _signed: &super::guard::Signed,
    _query: RankQuery,
) -> Result<Recommendation, Refusal> {
    Err(Code::Busy.into())
}
pub(super) fn duplicates(
    _app: &App,
    _centre: &CentreId,
    _scene: Option<Wgs84>,
    _caller: Option<&str>,
) -> Result<Vec<DuplicateCandidate>, Refusal> {
    Err(Code::Busy.into())
}
pub(super) fn journal_works(_app: &App) -> bool {
    true
}
