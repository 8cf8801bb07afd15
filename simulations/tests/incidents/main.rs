//! Files of past incidents: what is read, and what is said of what cannot be.

mod export;
mod own;
mod sffd;
