//! Writes a system folder.

use super::settings::Settings;
use crate::study::system::{Site, System};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes a system into a folder, which is made if it is not there.
///
/// # Errors
/// When a file cannot be written.
pub fn write(system: &System, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let settings = toml::to_string_pretty(&Settings::of(system)).map_err(io::Error::other)?;
    fs::write(folder.join("system.toml"), settings)?;
    table(folder, "stations.csv", &["id", "name", "lon", "lat", "standby"], |rows| {
        for (site, standby) in system.stations.iter().zip(&system.standby) {
            let mut row = site_row(site);
            row.push(u8::from(*standby).to_string());
            rows.write_record(row)?;
        }
        Ok(())
    })?;
    table(folder, "hospitals.csv", &["id", "name", "lon", "lat"], |rows| {
        system.hospitals.iter().try_for_each(|site| rows.write_record(site_row(site)))
    })?;
    table(folder, "ambulances.csv", &["id", "station"], |rows| {
        let row = |it: &crate::study::system::Ambulance| {
            [it.id.clone(), system.stations[it.station].id.clone()]
        };
        system.ambulances.iter().try_for_each(|it| rows.write_record(row(it)))
    })?;
    table(folder, "demand.csv", &["lon", "lat", "weight", "district", "rural"], |rows| {
        system.cells.iter().try_for_each(|cell| {
            let district = system.districts[cell.district].clone();
            let [lon, lat] = [cell.position.lon, cell.position.lat].map(|it| it.to_string());
            rows.write_record([
                lon,
                lat,
                cell.weight.to_string(),
                district,
                u8::from(cell.rural).to_string(),
            ])
        })
    })?;
    roads(system, folder)
}

fn roads(system: &System, folder: &Path) -> io::Result<()> {
    let roads = &system.roads;
    table(folder, "nodes.csv", &["id", "lon", "lat", "access"], |rows| {
        roads.positions.iter().zip(&roads.access).enumerate().try_for_each(|(id, (at, access))| {
            rows.write_record([
                id.to_string(),
                at.lon.to_string(),
                at.lat.to_string(),
                u8::from(*access).to_string(),
            ])
        })
    })?;
    let modes = (1..=system.modes.len()).map(|mode| format!("seconds_{mode}"));
    let header: Vec<String> =
        ["from", "to", "metres"].map(str::to_owned).into_iter().chain(modes).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    table(folder, "arcs.csv", &header, |rows| {
        roads.raw().try_for_each(|arc| {
            let mut row = vec![arc.from.to_string(), arc.to.to_string(), arc.metres.to_string()];
            row.extend(arc.ms.iter().map(|ms| format!("{:.3}", f64::from(*ms) / 1000.0)));
            rows.write_record(row)
        })
    })
}

fn site_row(site: &Site) -> Vec<String> {
    let Site { id, name, position } = site;
    vec![id.clone(), name.clone(), position.lon.to_string(), position.lat.to_string()]
}

fn table(
    folder: &Path,
    file: &str,
    header: &[&str],
    fill: impl FnOnce(&mut csv::Writer<BufWriter<File>>) -> csv::Result<()>,
) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(BufWriter::new(File::create(folder.join(file))?));
    rows.write_record(header).map_err(io::Error::other)?;
    fill(&mut rows).map_err(io::Error::other)?;
    rows.flush()?;
    rows.into_inner().map_err(|error| io::Error::other(error.to_string()))?.flush()
}
