//! Tests through the public doors of the program, in one binary.

mod harness;
mod process;
mod store;
mod web;
