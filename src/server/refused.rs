//! Forms that were refused and came without JavaScript, kept for the page that follows. In memory
//! and few: what is lost here is only a convenience, never time that was tracked.

use super::address::ClientAddress;
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

/// Who sent a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The hash of the browser's cookie.
    pub browser: String,
    pub address: ClientAddress,
}

/// Refused forms of one kind. With more than `limit` the oldest goes first, and with more than a tenth of
/// that from one address, the oldest from there.
pub struct RefusedForms<T> {
    limit: usize,
    forms: Mutex<VecDeque<Kept<T>>>,
}

struct Kept<T> {
    sender: Sender,
    id: CommandId,
    form: T,
}

impl<T: Clone> RefusedForms<T> {
    const fn at_most(limit: usize) -> Self {
        Self {
            limit,
            forms: Mutex::new(VecDeque::new()),
        }
    }

    /// Keeps a refused form, in the place of an earlier one of the same browser with the same id.
    pub fn keep(&self, sender: Sender, id: CommandId, form: T) {
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        forms.retain(|kept| kept.id != id || kept.sender.browser != sender.browser);
        let is_neighbour = |kept: &Kept<T>| kept.sender.address == sender.address;
        if forms.iter().filter(|kept| is_neighbour(kept)).count() >= self.limit / 10
            && let Some(oldest) = forms.iter().position(is_neighbour)
        {
            forms.remove(oldest);
        } else if forms.len() == self.limit {
            forms.pop_front();
        }
        forms.push_back(Kept { sender, id, form });
    }

    /// The form that this browser sent, kept under `id`. It stays, so that reloading the page shows it again.
    pub fn find(&self, browser: &str, id: CommandId) -> Option<T> {
        let forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        let mut of_browser = forms.iter().filter(|kept| kept.sender.browser == browser);
        of_browser
            .find(|kept| kept.id == id)
            .map(|kept| kept.form.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Instant;
    use std::net::Ipv4Addr;

    fn sender(browser: &str, host: u8) -> Sender {
        Sender {
            browser: browser.to_owned(),
            address: ClientAddress::new(Ipv4Addr::new(192, 0, 2, host).into()),
        }
    }

    fn id() -> CommandId {
        CommandId::new(Instant::UNIX_EPOCH)
    }

    #[test]
    fn a_form_is_shown_to_who_sent_it() {
        let (forms, id) = (RefusedForms::at_most(20), id());
        forms.keep(sender("a", 1), id, "of a");
        forms.keep(sender("b", 1), id, "of b");
        assert_eq!(forms.find("a", id), Some("of a"));
        assert_eq!(forms.find("b", id), Some("of b"));
        assert_eq!(forms.find("c", id), None);
        forms.keep(sender("a", 1), id, "of a again");
        assert_eq!(forms.find("a", id), Some("of a again"));
    }

    #[test]
    fn nobody_drives_out_the_forms_of_others() {
        let (forms, first) = (RefusedForms::at_most(20), id());
        forms.keep(sender("a", 1), first, 0);
        for number in 0..100 {
            forms.keep(sender(&format!("b{number}"), 2), id(), number);
        }
        assert_eq!(forms.find("a", first), Some(0));
        for host in 3..23 {
            forms.keep(sender("c", host), id(), 0);
        }
        assert_eq!(forms.find("a", first), None);
        assert_eq!(forms.forms.lock().unwrap().len(), 20);
    }
}
