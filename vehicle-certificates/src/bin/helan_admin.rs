//! `helan-admin`: what an administrator does beside a running centre. Certificates for now.

use clap::{Args, Parser, Subcommand};
use region::Region;
use std::path::PathBuf;
use std::process::ExitCode;
use vehicle_certificates::{Authority, Entry, Subject, now_seconds, save_issued, table};

/// What an administrator does beside a running centre.
#[derive(Parser)]
#[command(name = "helan-admin", version)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Certificates of servers and vehicles, signed by an authority of one's own
    #[command(subcommand)]
    Certificates(Certificates),
}

#[derive(Subcommand)]
enum Certificates {
    /// Make the authority, once
    Init(Init),
    /// Sign certificates with new keys
    Issue(Issue),
    /// List what was issued
    List(List),
    /// Revoke certificates; servers take the new list within seconds once they have it
    Revoke(Revoke),
}

#[derive(Args)]
struct Folder {
    /// The authority's folder
    #[arg(long, env = "HELAN_CA", value_name = "DIR")]
    ca: PathBuf,
}

#[derive(Args)]
struct Init {
    #[command(flatten)]
    folder: Folder,
    /// Its name in certificates
    #[arg(long, default_value = "Helan vehicles and servers")]
    name: String,
    /// Days for which it signs
    #[arg(long, default_value_t = 7_300, value_parser = clap::value_parser!(u32).range(1..=36_500))]
    days: u32,
}

#[derive(Args)]
struct Issue {
    #[command(flatten)]
    folder: Folder,
    /// A vehicle by its id; may be repeated
    #[arg(long, value_name = "ID", required_unless_present_any = ["region", "server"])]
    vehicle: Vec<String>,
    /// All vehicles of this region folder
    #[arg(long, value_name = "DIR")]
    region: Option<PathBuf>,
    /// A host name or address of a server; repeated, one certificate has them all
    #[arg(long, value_name = "NAME")]
    server: Vec<String>,
    /// Days for which they are valid
    #[arg(long, default_value_t = 730, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    days: u32,
    /// Folder for the certificates and keys, NAME.pem and NAME.key; a server's are server.pem and server.key
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    folder: Folder,
    /// Only those that still count and end within so many days
    #[arg(long, value_name = "DAYS")]
    ending_within: Option<u32>,
}

#[derive(Args)]
struct Revoke {
    #[command(flatten)]
    folder: Folder,
    /// All certificates of this vehicle; may be repeated
    #[arg(long, value_name = "ID", required_unless_present = "serial")]
    vehicle: Vec<String>,
    /// One certificate by its serial number; may be repeated
    #[arg(long, value_name = "HEX")]
    serial: Vec<String>,
}

fn main() -> ExitCode {
    let What::Certificates(what) = Arguments::parse().what;
    let done = match what {
        Certificates::Init(asked) => init(&asked),
        Certificates::Issue(asked) => issue(&asked),
        Certificates::List(asked) => list(&asked),
        Certificates::Revoke(asked) => revoke(&asked),
    };
    match done {
        Ok(said) => {
            print!("{said}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("helan-admin: {why}");
            ExitCode::FAILURE
        }
    }
}

type Said = Result<String, Box<dyn std::error::Error>>;

fn init(asked: &Init) -> Said {
    let folder = &asked.folder.ca;
    Authority::make(folder, &asked.name, asked.days, now_seconds())?;
    Ok(format!(
        "the authority is in {}; keep ca.key there, give ca.pem and revoked.pem away\n",
        folder.display()
    ))
}

fn issue(asked: &Issue) -> Said {
    let authority = Authority::open(&asked.folder.ca)?;
    let mut subjects: Vec<Subject> = asked.vehicle.iter().cloned().map(Subject::Vehicle).collect();
    if let Some(folder) = &asked.region {
        let region = Region::load(folder).map_err(|problems| {
            let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
            format!("{} is no valid region: {}", folder.display(), all.join("; "))
        })?;
        let vehicles = region.vehicles.iter().map(|vehicle| vehicle.id.as_str().to_owned());
        subjects.extend(vehicles.map(Subject::Vehicle));
    }
    if !asked.server.is_empty() {
        subjects.push(Subject::Server(asked.server.clone()));
    }
    let mut said = String::new();
    for issued in authority.issue_all(&subjects, asked.days, now_seconds())? {
        let certificate = save_issued(&issued, &asked.out)?;
        said += &format!("{}: {}\n", issued.entry.name, certificate.display());
    }
    Ok(said)
}

fn list(asked: &List) -> Said {
    let now = now_seconds();
    let entries = Authority::open(&asked.folder.ca)?.entries()?;
    let chosen: Vec<Entry> = match asked.ending_within {
        Some(days) => {
            let until = now + i64::from(days) * 86_400;
            let ends = |entry: &Entry| entry.counts_at(now) && entry.not_after <= until;
            entries.into_iter().filter(ends).collect()
        }
        None => entries,
    };
    Ok(table(&chosen, now))
}

fn revoke(asked: &Revoke) -> Said {
    let authority = Authority::open(&asked.folder.ca)?;
    let serials: Vec<String> =
        asked.serial.iter().map(|it| it.to_lowercase().replace(':', "")).collect();
    let known = authority.entries()?;
    let is_known =
        |of: &dyn Fn(&Entry) -> &str, name: &String| known.iter().any(|entry| of(entry) == name);
    let unknown = serials.iter().find(|it| !is_known(&|entry| &entry.serial, it));
    let unknown =
        unknown.or_else(|| asked.vehicle.iter().find(|it| !is_known(&|entry| &entry.name, it)));
    if let Some(unknown) = unknown {
        return Err(format!(
            "no certificate of {unknown} was issued here; `helan-admin certificates list` shows all"
        )
        .into());
    }
    let chosen =
        |entry: &Entry| serials.contains(&entry.serial) || asked.vehicle.contains(&entry.name);
    let revoked = authority.revoke(chosen, now_seconds())?;
    let mut said = table(&revoked, now_seconds());
    said += &format!(
        "{} revoked; servers go by {} once they have it\n",
        revoked.len(),
        asked.folder.ca.join(vehicle_certificates::REVOKED_FILE).display()
    );
    Ok(said)
}
