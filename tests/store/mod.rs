//! The store on a real file, fresh for each test.

mod account;
mod backup;
mod catalog;
mod command;
mod contention;
mod crash;
mod disk;
mod history;
mod local_time;
mod open;
mod range;
mod undo;
mod zone;
