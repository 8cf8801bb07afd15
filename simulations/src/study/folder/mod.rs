//! A system as a folder of its own: `system.toml` with what happens along a run, and CSV tables of stations, ambulances,
//! hospitals, demand, nodes and arcs. `docs/studies.md` describes it.

mod read;
mod settings;
mod write;

pub use read::read;
pub use write::write;
