//! Tests of the shape of the repository itself: who may use whom, licences, sizes of files.

mod file_sizes;
mod import_edges;
mod licences;
mod manifests;
mod metadata;
mod sqlite_door;
