//! The pages: each has its own data and decides what its forms do.

mod foresee;
mod forgotten;
pub mod keys;
mod line;
pub mod list;
pub mod message;
mod newest;
pub mod period;
pub mod picture;
pub mod sheet;
pub mod sheet_state;
pub mod timer;
mod turn;
mod unsaved;
