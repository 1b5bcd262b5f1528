//! What only a browser can do. Every function has the same signature in both builds and does
//! nothing on the server.

pub mod channel;
pub mod forms;
pub mod hotkeys;
pub mod outbox;
pub mod page;
pub mod ticker;
