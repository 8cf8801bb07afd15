//! Requests whose sender is gone before the answer: what they change is changed whole, in the store and in memory.

use crate::http_support::{PASSWORD, Server};
use serde_json::json;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// A password takes its time to be hashed: a set-up that is broken off there would leave a server that nobody can set up.
#[tokio::test]
async fn a_set_up_whose_page_is_closed_makes_the_first_administrator_all_the_same() {
    let server = Server::start().await;
    let nobody = server.nobody();
    let code = server.running.setup_code.clone().unwrap();
    let first = json!({ "setup_code": code, "name": "root", "display_name": "管理员", "password": PASSWORD });
    let first = first.to_string();
    let sent = format!(
        "POST /api/v1/setup HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{first}",
        server.running.address,
        first.len()
    );
    let mut page = TcpStream::connect(server.running.address).await.unwrap();
    page.write_all(sent.as_bytes()).await.unwrap();
    while nobody.get("/api/v1/setup").await.body == json!({ "open": true }) {}
    drop(page);
    let made = async { while server.running.people.list().await.unwrap().is_empty() {} };
    tokio::time::timeout(Duration::from_secs(60), made).await.expect("the first administrator");
    assert_eq!(nobody.sign_in("root", PASSWORD).await.status, 200);
}
