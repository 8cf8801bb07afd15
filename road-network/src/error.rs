//! Everything that can go wrong while reading and writing, in words that fit "failed to ...".

use std::path::PathBuf;
use thiserror::Error;

/// Why an extract could not be imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file could not be opened.
    #[error("open {path}: {reason}")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is not OSM PBF, or is cut off or damaged.
    #[error("read {path} as OpenStreetMap PBF: {reason}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file asks for a feature this reader does not know.
    #[error("read {path}: it needs the feature {feature}, which is not supported")]
    Feature {
        /// The file.
        path: PathBuf,
        /// Its name in the file's header.
        feature: String,
    },
    /// The file holds past versions, so a deleted road would be driven on.
    #[error(
        "read {path}: it holds {what}, so it is a file with history; \
         make an extract of the present state first (osmium time-filter)"
    )]
    History {
        /// The file.
        path: PathBuf,
        /// What was met in it.
        what: String,
    },
    /// Ways without the points that they run over.
    #[error(
        "read {path}: it holds {ways} roads and the place of none of their points; \
         make an extract with complete ways (osmium tags-filter without -R, or osmium add-locations-to-ways)"
    )]
    NoPoints {
        /// The file.
        path: PathBuf,
        /// Roads in it.
        ways: usize,
    },
    /// Nothing in it can be driven on.
    #[error("build a network from {path}: it holds no road a vehicle may use")]
    NoRoads {
        /// The file.
        path: PathBuf,
    },
    /// More than the numbers of this format can count.
    #[error("build a network from {path}: it holds more than {limit} {what}")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What there is too much of.
        what: &'static str,
        /// How many fit.
        limit: usize,
    },
}

/// Why a network file could not be read or written.
#[derive(Debug, Error)]
pub enum FileError {
    /// Disk trouble.
    #[error("access {path}: {reason}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Not a network file at all.
    #[error("read {path}: it is not a road network file")]
    NotANetwork {
        /// The file.
        path: PathBuf,
    },
    /// Written by another version.
    #[error("read {path}: it has format {found}, this program reads {known}; make it again")]
    Version {
        /// The file.
        path: PathBuf,
        /// The version in the file.
        found: u32,
        /// The version this program reads.
        known: u32,
    },
    /// The checksum disagrees.
    #[error("read {path}: its checksum does not fit; it is cut off or damaged, make it again")]
    Checksum {
        /// The file.
        path: PathBuf,
    },
    /// The checksum agrees but the content does not hold together.
    #[error("read {path}: {what}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        what: &'static str,
    },
}

/// Why a network could not be composed from a region. What is wrong with a region folder is said by whoever
/// reads it, crate `region`.
#[derive(Debug, Error)]
pub enum ComposeError {
    /// The region has no road.
    #[error("compose the region's roads: roads.csv describes no road")]
    NoRoads,
}

/// Why a speed profile was refused.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// Not readable.
    #[error("read {path}: {reason}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Not a profile.
    #[error("read the speed profile: {0}")]
    Form(String),
    /// A number outside its range.
    #[error("use the speed profile: {key} is {value}, allowed is {allowed}")]
    Range {
        /// Which setting.
        key: String,
        /// Its value.
        value: f64,
        /// What would fit.
        allowed: &'static str,
    },
}
