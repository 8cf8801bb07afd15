//! The files of the page, inside the binary.

/// The page itself.
pub(super) const HTML: &str = include_str!("page/index.html");
/// How it looks.
pub(super) const STYLE: &str = include_str!("page/style.css");
/// All words, Chinese and English.
pub(super) const WORDS: &str = include_str!("page/words.js");
/// Entry of the script.
pub(super) const MAIN: &str = include_str!("page/main.js");
/// Draws the picture.
pub(super) const DRAW: &str = include_str!("page/draw.js");
/// Draws the order.
pub(super) const ORDER: &str = include_str!("page/order.js");
/// Says why the link stands as it does.
pub(super) const LINK: &str = include_str!("page/link.js");
/// Draws the route and its turns.
pub(super) const ROUTE: &str = include_str!("page/route.js");
/// Sounds.
pub(super) const SOUND: &str = include_str!("page/sound.js");
