//! The console's files and the region's documents over the wire: compressed where the asker takes it, kept by
//! their names, never a page where a file was asked for.

use crate::http_support::{CITY, Caller, Server};
use reqwest::header::HeaderMap;
use wire_protocol::vocabulary::Role;

const SCRIPT: &str = "console.log('plain');";

struct Got {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A server with a built console of few files. Brotli and gzip stand beside the script, as the build writes
/// them; what they hold here only says which it is.
async fn server() -> Server {
    let folder = tempfile::tempdir().unwrap().keep();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    std::fs::create_dir(folder.join("assets")).unwrap();
    write("index.html", "<!doctype html><title>Helan</title>");
    write("assets/app-1a2b.js", SCRIPT);
    write("assets/app-1a2b.js.br", "brotli");
    write("assets/app-1a2b.js.gz", "gzip");
    write("assets/plain-3c4d.js", SCRIPT);
    Server::start_with(|settings| settings.endpoints.console = Some(folder)).await
}

async fn get(server: &Server, method: &str, path: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = server.nobody().request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Got { status, headers, body: answer.text().await.unwrap() }
}

#[tokio::test]
async fn files_are_sent_as_small_as_the_asker_takes_them() {
    let server = server().await;
    let path = "/assets/app-1a2b.js";
    for (accepts, encoding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.1, gzip;q=1.0", "gzip"),
        ("gzip;q=0, br;q=0", ""),
        ("identity", ""),
        ("zstd", ""),
        ("", ""),
    ] {
        let got = get(&server, "GET", path, &[("accept-encoding", accepts)]).await;
        assert_eq!(got.status, 200, "{accepts}");
        assert_eq!(got.header("content-encoding"), encoding, "{accepts}");
        let body = match encoding {
            "br" => "brotli",
            "gzip" => "gzip",
            _ => SCRIPT,
        };
        assert_eq!(got.body, body, "{accepts}");
        assert_eq!(got.header("content-type"), "text/javascript", "{accepts}");
        assert_eq!(got.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(got.header("vary"), "accept-encoding", "a cache must tell them apart");
    }
    let bare = get(&server, "GET", "/assets/plain-3c4d.js", &[("accept-encoding", "br")]).await;
    assert_eq!((bare.header("content-encoding"), bare.body.as_str()), ("", SCRIPT));
}

#[tokio::test]
async fn heads_and_ranges_are_those_of_what_would_be_sent() {
    let server = server().await;
    let path = "/assets/app-1a2b.js";
    let head = get(&server, "HEAD", path, &[("accept-encoding", "gzip")]).await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!((head.header("content-encoding"), head.header("content-length")), ("gzip", "4"));
    let part = get(&server, "GET", path, &[("range", "bytes=0-6")]).await;
    assert_eq!((part.status, part.body.as_str()), (206, &SCRIPT[..7]));
    let beyond = get(&server, "GET", path, &[("range", "bytes=900-")]).await;
    assert_eq!(beyond.status, 416);
}

#[tokio::test]
async fn only_what_is_named_by_its_content_is_kept() {
    let server = server().await;
    for path in ["/", "/index.html", "/any/place/of/the/console"] {
        let page = get(&server, "GET", path, &[]).await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-cache"), "{path}");
        assert!(page.body.contains("<title>Helan"), "{path}");
    }
    let gone = get(&server, "GET", "/assets/app-of-an-older-build.js", &[]).await;
    assert_eq!(gone.status, 404);
    assert_ne!(gone.header("cache-control"), "public, max-age=31536000, immutable");
}

#[tokio::test]
async fn map_and_region_are_sent_compressed_too() {
    let server = server().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    for path in ["/api/v1/map", "/api/v1/region"] {
        let plain = li.request("GET", path).send().await.unwrap();
        assert!(plain.headers().get("content-encoding").is_none(), "{path}");
        assert_eq!(plain.headers()["vary"], "accept-encoding", "{path}");
        let plain = plain.bytes().await.unwrap();
        let small = li.request("GET", path).header("accept-encoding", "br, gzip").send();
        let small = small.await.unwrap();
        assert_eq!(small.headers()["content-encoding"], "gzip", "{path}");
        let small = small.bytes().await.unwrap();
        assert!(small.starts_with(&[0x1f, 0x8b]) && small.len() < plain.len(), "{path}");
    }
}

#[tokio::test]
async fn the_map_of_terminals_is_for_vehicles_and_sent_again_only_when_it_changed() {
    const PATH: &str = "/api/v1/vehicle/map";
    let server = server().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let whole = li.request("GET", "/api/v1/map").send().await.unwrap().bytes().await.unwrap();
    let vehicle = Caller { key: Some(server.key("XN-01-1").await), ..server.nobody() };
    let map = vehicle.request("GET", PATH).send().await.unwrap();
    assert_eq!(
        (map.status().as_u16(), &map.headers()["vary"]),
        (200, &"accept-encoding".parse().unwrap())
    );
    let etag = map.headers()["etag"].to_str().unwrap().to_owned();
    let map = map.bytes().await.unwrap();
    assert!(map.len() < whole.len(), "{} of {}", map.len(), whole.len());
    let map: serde_json::Value = serde_json::from_slice(&map).unwrap();
    let layers: std::collections::BTreeSet<&str> = map["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| feature["properties"]["layer"].as_str().unwrap())
        .collect();
    for layer in ["outline", "road", "place", "hospital", "station"] {
        assert!(layers.contains(layer), "{layer} in {layers:?}");
    }

    let small =
        vehicle.request("GET", PATH).header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(small.headers()["content-encoding"], "gzip");
    assert_eq!(small.headers()["etag"], etag, "the same map, however it is sent");
    for (has, status) in [
        (etag.clone(), 304),
        (format!("\"other\", {etag}"), 304),
        (etag.trim_start_matches("W/").to_owned(), 304),
        ("W/\"other\"".to_owned(), 200),
    ] {
        let answer = vehicle.request("GET", PATH).header("if-none-match", &has).send();
        let answer = answer.await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{has}");
        assert_eq!(answer.headers()["etag"], etag);
        assert_eq!(answer.bytes().await.unwrap().is_empty(), status == 304, "{has}");
    }
    for stranger in [server.nobody(), li, Caller { key: Some("0".repeat(64)), ..server.nobody() }] {
        assert_eq!(stranger.request("GET", PATH).send().await.unwrap().status().as_u16(), 401);
    }
}
