//! How many statements a request sends to the database, and what the log says of them.

use crate::error::AppError;
use leptos::prelude::use_context;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use tracing::{Instrument, Span};

/// The statements of one request; found in the context of its page or server function.
#[derive(Clone, Debug)]
pub struct QueryCount {
    sent: Arc<AtomicU32>,
    /// The request in the log.
    span: Span,
}

tokio::task_local! {
    static OF_TASK: QueryCount;
}

impl QueryCount {
    /// None yet, for a request that the log knows as `span`.
    pub fn new(span: Span) -> Self {
        let sent = Arc::default();
        Self { sent, span }
    }

    /// The count of the request that is being worked on. Parts of a page may be made in tasks of
    /// their own, and are known by their context.
    pub fn current() -> Option<Self> {
        OF_TASK.try_get().ok().or_else(use_context)
    }

    /// The statements so far.
    pub fn get(&self) -> u32 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Does the work of a request whose statements are to be counted here, and logged as its own.
    pub async fn during<T>(self, work: impl Future<Output = T>) -> T {
        let span = self.span.clone();
        OF_TASK.scope(self, work).instrument(span).await
    }
}

/// Does work for the request that is being worked on now, also when it goes on in a task of its own.
pub fn for_request<T>(work: impl Future<Output = T>) -> impl Future<Output = T> {
    let count = QueryCount::current();
    async move {
        match count {
            Some(count) => count.during(work).await,
            None => work.await,
        }
    }
}

/// Does work that goes on when whoever asked gives up; its statements count for the request.
pub async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, AppError>> + Send + 'static,
) -> Result<T, AppError> {
    let work = tokio::spawn(for_request(work));
    work.await.unwrap_or(Err(AppError::Internal))
}

/// Notes one more statement for the request that is being worked on, if there is one.
pub fn count_query() {
    if let Some(count) = QueryCount::current() {
        count.sent.fetch_add(1, Ordering::Relaxed);
    }
}
