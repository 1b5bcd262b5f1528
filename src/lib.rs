//! Stint, a time tracker. The layers, lowest first; each uses only those above it in this list.

#![forbid(unsafe_code)]
#![recursion_limit = "256"]

pub mod domain;
pub mod error;
pub mod components;
