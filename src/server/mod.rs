//! What runs natively only: the clock, zone rules, the database, who asks, and what pages are made of.

pub mod caller;
pub mod clock;
pub mod config;
pub mod device;
pub mod form;
pub mod history;
pub mod log;
pub mod queries;
pub mod refused;
pub mod secret;
pub mod settings;
pub mod sheet;
pub mod site;
pub mod state;
pub mod status;
pub mod store;
pub mod submit;
pub mod undo;
pub mod zone;
