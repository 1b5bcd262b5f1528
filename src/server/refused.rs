//! Forms that were refused and came without JavaScript, kept for the page that follows. In memory
//! and few: what is lost here is only a convenience, never time that was tracked.

use crate::domain::{CommandId, Refused};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

/// Most forms that are kept; the oldest goes first.
const LIMIT: usize = 1000;

static FORMS: Mutex<VecDeque<(CommandId, Refused)>> = Mutex::new(VecDeque::new());

/// Keeps a refused form under the id it was sent with.
pub fn keep(command: CommandId, refused: Refused) {
    let mut forms = FORMS.lock().unwrap_or_else(PoisonError::into_inner);
    forms.retain(|(id, _)| *id != command);
    if forms.len() == LIMIT {
        forms.pop_front();
    }
    forms.push_back((command, refused));
}

/// The form that was sent with `command`. It stays, so that reloading the page shows it again.
pub fn find(command: CommandId) -> Option<Refused> {
    let forms = FORMS.lock().unwrap_or_else(PoisonError::into_inner);
    forms
        .iter()
        .find(|(id, _)| *id == command)
        .map(|(_, refused)| refused.clone())
}
