//! How many statements a request sends to the database.

use leptos::prelude::with_context;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

/// The statements of one request; found in the context of its page or server function.
#[derive(Clone, Debug, Default)]
pub struct QueryCount(Arc<AtomicU32>);

tokio::task_local! {
    static OF_TASK: QueryCount;
}

impl QueryCount {
    /// The statements so far.
    pub fn get(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    /// Does the work of a request whose statements are to be counted here.
    pub async fn during<T>(self, work: impl Future<Output = T>) -> T {
        OF_TASK.scope(self, work).await
    }

    fn add_one(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Notes one more statement for the request that is being worked on, if there is one. Parts of a
/// page may be made in tasks of their own, and are known by their context.
pub fn count_query() {
    if OF_TASK.try_with(QueryCount::add_one).is_err() {
        with_context(QueryCount::add_one);
    }
}
