//! Whole-system tests through real sockets, a real store and a real browser. The tests are in the
//! files beside this folder; nothing here is for use by other crates.
