//! A short load run against a server in this process, as the long ones of `docs/benchmarks.md` are made.

use crate::gear::{PASSWORD, Server, tiny};
use simulations::access::ServerAccess;
use simulations::load::{LoadSettings, run};
use tokio_util::sync::CancellationToken;
use wire_protocol::vocabulary::Role;

#[tokio::test(flavor = "multi_thread")]
async fn a_load_run_measures_what_it_meant_to_do() {
    let server = Server::open(tiny(), |_| {}).await;
    server.person("simulation", Role::RegionalDutyOfficer, "qinghai").await;
    let folder = tempfile::tempdir().unwrap();
    let mut keys = String::new();
    for vehicle in ["XN-01-1", "XN-01-2", "XN-02-1"] {
        keys.push_str(&format!("{vehicle} {}\n", server.key(vehicle).await));
    }
    std::fs::write(folder.path().join("keys.txt"), keys).unwrap();
    std::fs::write(folder.path().join("password.txt"), PASSWORD).unwrap();
    let json = folder.path().join("figures.json");
    let settings = LoadSettings {
        vehicles: None,
        hertz: 2.0,
        presses: 1.0,
        consoles: 2,
        commands: 10.0,
        seconds: 4,
        warm_up: 2,
        seed: 1,
        json: Some(json.clone()),
        access: ServerAccess {
            server: format!("http://{}", server.address()),
            region: tiny(),
            keys: folder.path().join("keys.txt"),
            name: "simulation".into(),
            password_file: folder.path().join("password.txt"),
            certificates: None,
        },
    };
    let report = run(settings, CancellationToken::new()).await.unwrap();
    assert_eq!((report.vehicles, report.consoles), (3, 2));
    let of = |name: &str| report.figures.iter().find(|it| it.name.starts_with(name)).unwrap();
    let commands = of("command -> answered");
    assert!(
        (38..=80).contains(&commands.meant),
        "laid down before, whatever the server does: {commands:?}"
    );
    assert_eq!((commands.done, commands.failed), (commands.meant, 0));
    let shown = of("command -> shown");
    assert_eq!(shown.meant, commands.done);
    assert_eq!(shown.done + shown.failed, shown.meant, "each was seen or is told");
    assert!(shown.done * 2 > shown.meant, "{shown:?}");
    for name in ["fix", "press"] {
        assert!(of(name).done > 0, "{report:?}");
    }
    let written: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    assert_eq!(written["figures"].as_array().map(Vec::len), Some(report.figures.len()));
    server.close().await;
}
