//! The outermost layer: addresses, what every response carries, limits, and connections.

pub mod account;
pub mod api;
pub mod assets;
mod body;
mod cors;
mod csrf;
mod docs;
pub mod document;
mod documents_css;
mod failure;
mod form;
mod gate;
mod greeted;
pub mod guard;
mod headers;
mod health;
mod observe;
mod place;
mod plain;
pub mod project;
pub mod rate;
pub mod router;
mod selection;
pub mod serve;
mod shell;
mod spoken;
mod visit;
