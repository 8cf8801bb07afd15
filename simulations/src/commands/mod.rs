//! The commands that write a file and are done, one file each.

mod enlarge;
mod made_day;
mod region_from_sffd;

pub(crate) use enlarge::Enlarge;
pub(crate) use made_day::MadeDay;
pub(crate) use region_from_sffd::RegionFromSffd;
