//! An exercise played into an installation for exercises, and refused everywhere else.

use crate::gear::{PASSWORD, Person, Server, Terminal, tiny};
use serde_json::Value;
use simulations::access::ServerAccess;
use simulations::exercise::{ExerciseError, ExerciseSettings, run};
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;
use wire_protocol::vocabulary::Role;

/// Two calls about one accident, a closed road, and the city without its link for a second.
const SCRIPT: &str = r#"
name = { zh = "试演", en = "Trial" }

[[call]]
after_seconds = 0
incident = "bus"
address = "省道104线"
lon = 101.70
lat = 36.57
complaint = "客车侧翻，多人受伤"
priority = "critical"
kind = "traffic_accident"
patients = 40
vehicles_wanted = 3
level = "larger"

[[call]]
after_seconds = 1
incident = "bus"
address = "省道104线"
lon = 101.70
lat = 36.57
complaint = "有人被压在车下"
priority = "critical"
kind = "traffic_accident"
patients = 1

[[road]]
after_seconds = 0
area = [[101.60, 36.51], [101.62, 36.51], [101.62, 36.53], [101.60, 36.53]]
note = "洪水"

[[link]]
after_seconds = 1
centre = "xining"
seconds = 1
"#;

/// The tiny region, for exercises.
fn for_exercises(folder: &Path) -> PathBuf {
    let region = folder.join("region");
    std::fs::create_dir(&region).unwrap();
    for file in std::fs::read_dir(tiny()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), region.join(file.file_name())).unwrap();
    }
    let head = region.join("region.toml");
    let text = std::fs::read_to_string(&head).unwrap();
    std::fs::write(&head, text.replacen("format = 1", "format = 1\nexercise = true", 1)).unwrap();
    region
}

async fn settings(server: &Server, region: PathBuf, folder: &Path) -> ExerciseSettings {
    server.person("simulation", Role::RegionalDutyOfficer, "qinghai").await;
    let keys = format!("XN-01-1 {}\n", server.key("XN-01-1").await);
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    ExerciseSettings {
        script: file("script.toml", SCRIPT),
        afterwards: 0,
        seed: 1,
        access: ServerAccess {
            server: format!("http://{}", server.address()),
            region,
            keys: file("keys.txt", &keys),
            name: "simulation".into(),
            password_file: file("password.txt", PASSWORD),
            certificates: None,
        },
    }
}

async fn conditions(person: &Person) -> Vec<Value> {
    person.get("/api/v1/road-conditions").await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exercise_is_played_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let region = for_exercises(folder.path());
    let server = Server::open(region.clone(), |_| {}).await;
    let asked = settings(&server, region, folder.path()).await;
    let played = run(asked, CancellationToken::new()).await.unwrap();
    assert_eq!(played.refused, Vec::<String>::new());
    assert_eq!((played.calls, played.roads, played.cuts, played.called_off), (2, [1, 1], 1, 1));
    let person = Person::sign_in(&server.address().to_string(), "simulation").await;
    assert_eq!(conditions(&person).await, Vec::<Value>::new(), "the roads are open again");
    let incident: Value = person.get("/api/v1/incidents/xining-1").await;
    assert_eq!(
        (&incident["stage"], &incident["facts"]["test"]),
        (&"cancelled".into(), &true.into())
    );
    assert_eq!(incident["calls"].as_array().map(Vec::len), Some(2));
    // What people train for is measured: there is no patient beside it.
    let norms = incident["norms"].as_array().unwrap();
    let counted: Vec<_> = norms.iter().map(|it| (&it["norm"], &it["counts"])).collect();
    let yes = &Value::from(true);
    assert_eq!(counted, [(&"order".into(), yes), (&"response".into(), yes)]);

    // A real call has no place among exercises.
    let call = serde_json::json!({
        "type": "take_call",
        "facts": {
            "kind": "illness", "priority": "severe", "source": "phone", "accident_level": "ordinary",
            "complaint": "胸痛", "scene": { "address": "东大街1号", "source": "map_click" },
        },
        "details": { "began_at": crate::gear::now_ms(), "patient_count": 1 },
    });
    let refused =
        person.execute("xining", serde_json::from_value(call).unwrap()).await.unwrap_err();
    assert_eq!(refused.code, "exercise_only");
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_centre_is_sent_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::open(tiny(), |_| {}).await;
    let mut asked = settings(&server, tiny(), folder.path()).await;
    let refused = run(asked.clone(), CancellationToken::new()).await.unwrap_err();
    assert!(matches!(refused, ExerciseError::Real(_)), "{refused}");
    let person = Person::sign_in(&server.address().to_string(), "simulation").await;
    assert_eq!(conditions(&person).await, Vec::<Value>::new());
    let mut console = person.console().await;
    console.until("everything", |picture| picture.vehicles.len() == 3).await;
    assert!(console.picture.incidents.is_empty());
    std::fs::write(&asked.script, SCRIPT.replace("patients = 40", "patients = 0")).unwrap();
    asked.afterwards = 0;
    let wrong = run(asked, CancellationToken::new()).await.unwrap_err().to_string();
    assert!(wrong.contains("[[call]] 1: patients is 0; expected 1 to 2000"), "{wrong}");
    server.close().await;
}

/// What the page for signing in is told, and what the terminal shows its crew.
async fn said_of(region: PathBuf) -> (Value, bool) {
    let server = Server::open(region, |_| {}).await;
    let address = server.address().to_string();
    let told = reqwest::get(format!("http://{address}/api/v1/setup")).await.unwrap();
    let told: Value = told.json().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let key = server.key("XN-01-1").await;
    let terminal = Terminal::online(&address, &key, &folder.path().join("outbox.db")).await;
    let shown = terminal.handle.picture().exercise;
    terminal.switch_off().await;
    server.close().await;
    (told["exercise"].clone(), shown)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installation_for_exercises_says_so_before_anybody_signs_in_and_to_crews() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(said_of(for_exercises(folder.path())).await, (true.into(), true));
    assert_eq!(said_of(tiny()).await, (Value::Null, false));
}
