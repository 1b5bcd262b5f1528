//! How many statements a request sends to the database.

use leptos::prelude::with_context;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

/// The statements of one request; found in the context of its page or server function.
#[derive(Clone, Debug, Default)]
pub struct QueryCount(Arc<AtomicU32>);

impl QueryCount {
    /// The statements so far.
    pub fn get(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Notes one more statement for the request that is being worked on, if there is one.
pub fn count_query() {
    with_context(|count: &QueryCount| count.0.fetch_add(1, Ordering::Relaxed));
}
