//! The server in this process, on a free port, exactly as the program runs it.

use super::{PASSWORD, Person};
use dispatch_core::model::VehicleId;
use dispatch_server::people::PersonToAdd;
use dispatch_server::serve::{Running, Stopped, serve};
use dispatch_server::settings::ServeSettings;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use wire_protocol::agent::ReportSeconds;
use wire_protocol::vocabulary::Role;

/// A server and the folder it lives in.
pub(crate) struct Server {
    running: Running,
    stop: CancellationToken,
    data: TempDir,
}

impl Server {
    /// A server that wants every fix and shows it quickly, so that tests need not wait.
    pub(crate) async fn open(region: PathBuf, change: impl FnOnce(&mut ServeSettings)) -> Self {
        Self::open_again(tempfile::tempdir().unwrap(), region, change).await
    }

    /// One over the folder that another left behind.
    pub(crate) async fn open_again(
        data: TempDir,
        region: PathBuf,
        change: impl FnOnce(&mut ServeSettings),
    ) -> Self {
        let mut settings = ServeSettings::new(data.path().to_owned(), region);
        // Whatever else fills the disk of the machine that tests.
        settings.disk_reserve_bytes = Some(0);
        settings.metrics_listen = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
        settings.live.position_tick = Duration::from_millis(50);
        settings.live.heartbeat = Duration::from_millis(200);
        settings.live.report_seconds = ReportSeconds { on_task: 0, available: 0, idle: 0 };
        change(&mut settings);
        let stop = CancellationToken::new();
        let running = serve(settings, stop.clone()).await.unwrap();
        Self { running, stop, data }
    }

    /// Where console and API are.
    pub(crate) fn address(&self) -> SocketAddr {
        self.running.address
    }

    /// Adds a person and signs them in.
    pub(crate) async fn person(&self, name: &str, role: Role, centre: &str) -> Person {
        let (display_name, centre) = (name, centre.into());
        let person =
            PersonToAdd { name, display_name, password: PASSWORD, role, centre, hospital: None };
        self.running.people.add(person).await.unwrap();
        Person::sign_in(&self.address().to_string(), name).await
    }

    /// A new key for a vehicle.
    pub(crate) async fn key(&self, vehicle: &str) -> String {
        let keys = self.running.people.make_keys(&[VehicleId::from(vehicle)]).await.unwrap();
        keys.into_iter().next().unwrap().1
    }

    /// The value of a counter by its line in `/metrics`; nothing counted yet is 0.
    pub(crate) async fn counter(&self, line: &str) -> f64 {
        let address = self.running.metrics_address.unwrap();
        let text = reqwest::get(format!("http://{address}/metrics")).await.unwrap();
        let text = text.text().await.unwrap();
        let value = text.lines().find_map(|it| it.strip_prefix(line)?.strip_prefix(' '));
        value.map_or(0.0, |value| value.parse().unwrap())
    }

    /// Stops it and gives the folder it leaves behind.
    pub(crate) async fn close(self) -> TempDir {
        self.stop.cancel();
        assert_eq!(self.running.stopped().await, Stopped::InTime);
        self.data
    }
}
