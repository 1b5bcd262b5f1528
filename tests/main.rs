//! Tests through the public doors of the program, in one binary.

mod harness;
mod layers;
mod process;
mod store;
mod web;
