//! What every request can reach.

use super::{clock::Clock, login::Login, store::Store};
use leptos::prelude::expect_context;

/// The parts of a running server; clones are cheap and share everything.
#[derive(Clone, Debug)]
pub struct AppState {
    pub store: Store,
    pub clock: Clock,
    pub login: Login,
    /// Whether browsers reach the server by https only, so that cookies can insist on it.
    pub secure_cookies: bool,
}

/// The state, inside a server function or a page. The router provides it to both; a route without
/// it is a mistake in the program, and panics.
pub fn app() -> AppState {
    expect_context()
}
