//! The memory that passwords are hashed in, kept for a moment: where the system has to hand it out anew each time,
//! that takes as long as the hashing.

use argon2::Block;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::runtime::Handle;

/// How long it is kept after the last use.
const KEPT: Duration = Duration::from_secs(1);

/// As much as was used at the same time. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    areas: Vec<Vec<Block>>,
    /// Counts how often any was used.
    uses: u64,
}

impl Memory {
    /// Lends `work` so many blocks; what stands in them is of no use. Call it where a runtime is.
    pub fn lend<T>(&self, blocks: usize, work: impl FnOnce(&mut [Block]) -> T) -> T {
        let mut area = self.lock().areas.pop().unwrap_or_default();
        area.resize(blocks, Block::new());
        let done = work(&mut area);
        let uses = self.take_back(area);
        let memory = self.clone();
        Handle::current().spawn(async move {
            tokio::time::sleep(KEPT).await;
            memory.give_up(uses);
        });
        done
    }

    fn take_back(&self, area: Vec<Block>) -> u64 {
        let mut kept = self.lock();
        kept.areas.push(area);
        kept.uses += 1;
        kept.uses
    }

    /// Gives all of it back to the system, unless it was used since.
    fn give_up(&self, uses: u64) {
        let mut kept = self.lock();
        if kept.uses == uses {
            kept.areas = Vec::new();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_is_kept_until_nobody_used_it_since() {
        let memory = Memory::default();
        let place = || memory.lend(8, |area| area.as_ptr());
        let first = place();
        let uses = memory.lock().uses;
        assert_eq!(place(), first);
        memory.give_up(uses);
        assert_eq!(memory.lock().areas.len(), 1);
        memory.give_up(uses + 1);
        assert_eq!(memory.lock().areas.len(), 0);
    }

    #[tokio::test]
    async fn who_hashes_meanwhile_has_memory_of_their_own() {
        let memory = Memory::default();
        let places = memory.lend(8, |one| {
            (one.as_ptr(), memory.lend(16, |other| other.as_ptr()))
        });
        assert_ne!(places.0, places.1);
        assert_eq!(memory.lock().areas.len(), 2);
    }
}
