//! What the browser may ask of the server. Every function is a public endpoint and finds out by
//! itself who asks.

pub mod settings;
pub mod tracking;
