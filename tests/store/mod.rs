//! The store on a real file, fresh for each test.

mod account;
mod backup;
mod catalog;
mod catalog_change;
mod command;
mod contention;
mod crash;
mod demo;
pub mod disk;
mod favourite;
mod heir;
mod history;
mod local_time;
mod name;
mod open;
mod project;
mod range;
mod restore;
mod team;
mod team_time;
mod undo;
mod zone;
mod zone_changes;
