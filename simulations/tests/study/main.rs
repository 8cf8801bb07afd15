//! Studies of policies: on systems small enough to reckon by hand, and on a made city.

mod city;
mod coverage;
mod document;
mod folders;
mod models;
mod province;
mod published;
mod reckoned;
mod repeatable;
mod spread;
mod strange_folders;
mod whence;
