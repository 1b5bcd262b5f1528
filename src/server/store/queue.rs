//! Commands wait here for their turn to write. All that wait together are written in one transaction
//! and made durable by one sync of the disk, which is what takes the time.

use super::{
    Store,
    catalog_cache::Altered,
    command::{Carried, Order},
    error::StoreError,
    writer::{Turn, Write},
};
use crate::server::queries::QueryCount;
use std::sync::{Mutex, PoisonError};
use tokio::sync::oneshot;
use tracing::Instrument;

/// How many commands share a transaction at most: others are kept waiting until it is through.
const TOGETHER: usize = 64;

type Answer = Result<Carried, StoreError>;

/// A command that waits, and who waits for it.
struct Job {
    order: Order,
    /// The request that its statements count for.
    count: Option<QueryCount>,
    asker: oneshot::Sender<Answer>,
}

/// Commands in the order in which they came.
#[derive(Default)]
pub struct Queue(Mutex<Vec<Job>>);

impl Queue {
    fn push(&self, job: Job) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(job);
    }

    /// Those that are next.
    fn take(&self) -> Vec<Job> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = waiting.len().min(TOGETHER);
        waiting.drain(..next).collect()
    }
}

impl Store {
    /// Has a command carried out. It goes on when nobody waits for it any more.
    pub(super) async fn enqueue(&self, order: Order) -> Answer {
        let (asker, answer) = oneshot::channel();
        self.inner.queue.push(Job {
            order,
            count: QueryCount::current(),
            asker,
        });
        // One task for each command: the first to get a turn to write takes along the others'
        // commands, which then find nothing to do.
        let store = self.clone();
        let work_off = async move { store.work_off().await };
        tokio::spawn(work_off.in_current_span());
        // A task is lost only when it panics, or with the whole program.
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    async fn work_off(&self) {
        let mut turn = self.inner.writer.turn().await;
        let jobs = self.inner.queue.take();
        let answers = match &jobs[..] {
            [] => return,
            [job] => vec![self.alone(&mut turn, job).await],
            jobs => match self.together(&mut turn, jobs).await {
                Ok(answers) => answers,
                // Whatever went wrong for one of them must not be the others' loss. None was
                // written, or all were, and then each is known when it comes again.
                Err(_) => {
                    let mut answers = Vec::new();
                    for job in jobs {
                        answers.push(self.alone(&mut turn, job).await);
                    }
                    answers
                }
            },
        };
        drop(turn);
        for (job, answer) in jobs.into_iter().zip(answers) {
            // Whoever asked may have gone.
            let _ = job.asker.send(answer);
        }
    }

    /// One command in a transaction of its own.
    async fn alone(&self, turn: &mut Turn<'_>, job: &Job) -> Answer {
        let answers = self.together(turn, std::slice::from_ref(job)).await;
        let answer = answers.and_then(|mut answers| answers.pop().ok_or(StoreError::Closed)?);
        if answer.as_ref().is_err_and(|error| !error.is_refusal()) {
            // Nobody knows what it has changed.
            self.inner.pasts.forget(&[Altered::All]);
        }
        answer
    }

    /// Commands in one transaction; what they have changed is summed up anew from then on.
    async fn together(&self, turn: &mut Turn<'_>, jobs: &[Job]) -> Result<Vec<Answer>, StoreError> {
        let answers = together(turn.begin(&self.inner.meter).await?, jobs).await?;
        if let Some(now) = jobs.iter().map(|job| job.order.now).max() {
            let carried = answers.iter().flatten();
            let changes = carried.flat_map(|carried| &carried.receipt.changes);
            self.inner.pasts.forget_changed(changes, now);
        }
        Ok(answers)
    }
}

/// Commands in one transaction, one after the other; an error is all of theirs, and takes all back.
async fn together(mut write: Write<'_>, jobs: &[Job]) -> Result<Vec<Answer>, StoreError> {
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        let work = job.order.carry_out(&mut write);
        let answer = match &job.count {
            Some(count) => count.clone().during(work).await,
            None => work.await,
        };
        match answer {
            // Dropped with its connection, which takes back what the others wrote.
            Err(error) if !error.is_refusal() => return Err(error),
            answer => answers.push(answer),
        }
    }
    let written = answers.iter().flatten().any(|carried| carried.first);
    if written {
        write.commit().await?;
    } else {
        write.abandon().await?;
    }
    Ok(answers)
}
