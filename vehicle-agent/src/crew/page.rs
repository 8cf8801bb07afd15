//! The files of the page, inside the binary. The worker keeps the others in the browser, so that the page opens while
//! the agent starts anew; it is another one whenever any file is.

use std::hash::{DefaultHasher, Hash, Hasher};

/// A file of the page: where it is asked for, what it is, and its text.
pub(super) struct PageFile {
    pub(super) path: &'static str,
    pub(super) kind: &'static str,
    pub(super) text: &'static str,
}

const fn page_file(path: &'static str, kind: &'static str, text: &'static str) -> PageFile {
    PageFile { path, kind, text }
}

const SCRIPT: &str = "text/javascript";
const MANIFEST: &str = "application/manifest+json";

/// Every file that the worker keeps.
pub(super) const FILES: [PageFile; 30] = [
    page_file("/", "text/html", include_str!("page/index.html")),
    page_file("/app.webmanifest", MANIFEST, include_str!("page/app.webmanifest")),
    page_file("/icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
    page_file("/style.css", "text/css", include_str!("page/style.css")),
    page_file("/map.css", "text/css", include_str!("page/map.css")),
    page_file("/words.js", SCRIPT, include_str!("page/words.js")),
    page_file("/words-log.js", SCRIPT, include_str!("page/words-log.js")),
    page_file("/main.js", SCRIPT, include_str!("page/main.js")),
    page_file("/draw.js", SCRIPT, include_str!("page/draw.js")),
    page_file("/time.js", SCRIPT, include_str!("page/time.js")),
    page_file("/order.js", SCRIPT, include_str!("page/order.js")),
    page_file("/crew.js", SCRIPT, include_str!("page/crew.js")),
    page_file("/log.js", SCRIPT, include_str!("page/log.js")),
    page_file("/messages.js", SCRIPT, include_str!("page/messages.js")),
    page_file("/place-links.js", SCRIPT, include_str!("page/place-links.js")),
    page_file("/questions.js", SCRIPT, include_str!("page/questions.js")),
    page_file("/link.js", SCRIPT, include_str!("page/link.js")),
    page_file("/route.js", SCRIPT, include_str!("page/route.js")),
    page_file("/map.js", SCRIPT, include_str!("page/map.js")),
    page_file("/map-colours.js", SCRIPT, include_str!("page/map-colours.js")),
    page_file("/map-data.js", SCRIPT, include_str!("page/map-data.js")),
    page_file("/map-labels.js", SCRIPT, include_str!("page/map-labels.js")),
    page_file("/map-marks.js", SCRIPT, include_str!("page/map-marks.js")),
    page_file("/map-paint.js", SCRIPT, include_str!("page/map-paint.js")),
    page_file("/map-reader.js", SCRIPT, include_str!("page/map-reader.js")),
    page_file("/map-view.js", SCRIPT, include_str!("page/map-view.js")),
    page_file("/sound.js", SCRIPT, include_str!("page/sound.js")),
    page_file("/voice.js", SCRIPT, include_str!("page/voice.js")),
    page_file("/battery.js", SCRIPT, include_str!("page/battery.js")),
    page_file("/app.js", SCRIPT, include_str!("page/app.js")),
];

/// The worker's script, which names the files and the version of them that it keeps.
pub(super) fn worker() -> String {
    let mut version = DefaultHasher::new();
    FILES.iter().for_each(|file| file.text.hash(&mut version));
    let paths: Vec<&str> = FILES.iter().map(|file| file.path).collect();
    format!(
        "const VERSION = '{:016x}';\nconst FILES = {paths:?};\n{}",
        version.finish(),
        include_str!("page/worker.js")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_that_a_file_asks_for_is_a_file_of_the_page() {
        let asked = |text: &'static str| {
            text.split(['\'', '"'])
                .filter(|it| it.starts_with('/') && (it.ends_with(".js") || it.ends_with(".css")))
        };
        for (file, path) in FILES.iter().flat_map(|it| asked(it.text).map(|path| (it.path, path))) {
            let is_file = FILES.iter().any(|it| it.path == path) || path == "/worker.js";
            assert!(is_file, "{file} asks for {path}");
        }
    }

    #[test]
    fn the_worker_names_every_file_and_one_version_of_them() {
        let worker = worker();
        assert!(FILES.iter().all(|it| worker.contains(&format!("{:?}", it.path))), "{worker}");
        assert_eq!(worker.matches("const VERSION").count(), 1, "{worker}");
    }
}
