//! Forms that were refused and came without JavaScript, kept for the page that follows. In memory
//! and few: what is lost here is only a convenience, never time that was tracked.

use crate::{
    domain::{CommandId, Refused, settings_form::SettingsForm},
    error::AppError,
};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

/// Forms about tracked time, under the id they were sent with.
pub static COMMANDS: RefusedForms<Refused> = RefusedForms::at_most(250);

/// Settings that were not saved, and why, under an id made for them.
pub static SETTINGS: RefusedForms<(SettingsForm, AppError)> = RefusedForms::at_most(100);

/// Refused forms of one kind; with more than `limit` the oldest goes first.
pub struct RefusedForms<T> {
    limit: usize,
    forms: Mutex<VecDeque<(CommandId, T)>>,
}

impl<T: Clone> RefusedForms<T> {
    const fn at_most(limit: usize) -> Self {
        Self {
            limit,
            forms: Mutex::new(VecDeque::new()),
        }
    }

    /// Keeps a refused form, in the place of an earlier one with the same id.
    pub fn keep(&self, id: CommandId, refused: T) {
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        forms.retain(|(known, _)| *known != id);
        if forms.len() == self.limit {
            forms.pop_front();
        }
        forms.push_back((id, refused));
    }

    /// The form that is kept under `id`. It stays, so that reloading the page shows it again.
    pub fn find(&self, id: CommandId) -> Option<T> {
        let forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        forms
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, refused)| refused.clone())
    }
}
