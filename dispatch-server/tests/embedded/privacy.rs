//! A whole call, with everything logged that can be: no word about the patient is in the log.

use crate::http_support::{CITY, Server, take_call};
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex};
use wire_protocol::vocabulary::Role;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_word_about_a_patient_is_logged() {
    let log = Log::default();
    let writer = log.clone();
    // Our own lines at their finest; what the libraries beneath tell at that level is off by default.
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter("info,dispatch_server=trace")
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let mut call = take_call();
    let words = ["金丝雀", "13900000042", "canary street 42", "canary complaint", "canary note"];
    call["details"]["patient_name"] = json!(words[0]);
    call["details"]["caller_number"] = json!(words[1]);
    call["facts"]["scene"]["address"] = json!(words[2]);
    call["facts"]["complaint"] = json!(words[3]);
    let opened = li.execute(CITY, call.clone()).await;
    let incident = opened.body["incident"].as_str().unwrap().to_owned();
    let note = json!({ "type": "add_note", "incident": incident, "text": words[4] });
    assert_eq!(li.execute(CITY, note).await.status, 200);
    let send =
        json!({ "type": "dispatch_vehicles", "incident": incident, "vehicles": ["XN-01-1"] });
    let sent = li.execute(CITY, send.clone()).await;
    assert_eq!(sent.body["tasks"], json!([format!("{incident}.t1")]));
    assert_eq!(li.execute(CITY, send).await.status, 409);
    call["facts"]["priority"] = json!(words[2]);
    assert_eq!(li.execute(CITY, call).await.short(), "422 wrong_shape");
    let path = format!("/api/v1/duplicates?centre={CITY}&caller_number={}", words[1]);
    assert_eq!(li.get(&path).await.body[0]["same_caller"], true);
    let timeline = li.get(&format!("/api/v1/incidents/{incident}/timeline")).await.body;
    let kinds: Vec<&str> =
        timeline.as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"incident_opened") && kinds.contains(&"task_created"), "{kinds:?}");
    server.end().await;

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("signed in") && text.contains("stopped"), "the log works: {text}");
    for word in words {
        assert!(!text.contains(word), "{word} was logged");
    }
}
