//! Whole-system tests through real sockets, a real store and a real browser.
