//! Tests that look at answers the way a dispatcher would, and hold every method to a plain
//! reference search that shares no code with the fast ones.

mod cells;
mod closures;
mod exact;
mod extracts;
mod files;
mod ground;
mod learned;
mod many_to_one;
mod prepared;
mod reference;
mod restrictions;
mod routes;
mod world;
