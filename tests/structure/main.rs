//! Tests of the shape of the repository itself: who may use whom, licences, sizes of files.

mod deployment;
mod file_sizes;
mod function_sizes;
mod import_edges;
mod licences;
mod manifests;
mod metadata;
mod module_edges;
mod module_paths;
mod names;
mod one_earth;
mod one_thread;
mod paths_in_docs;
mod planted_bugs;
mod sources;
mod sqlite_door;
