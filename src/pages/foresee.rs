//! What a command will do, shown before the server has answered.

use crate::{
    browser::outbox,
    domain::{Command, Instant, Sheet, ZoneName, apply, form::CommandForm, session::whole_second},
};

/// Shows what a form will do, where that can be told without the server.
pub fn foresee(sheet: &mut Sheet, form: &CommandForm, now: Instant) {
    let zone = form.zone.parse().unwrap_or_else(|_| ZoneName::utc());
    let work = form.naming().map(|naming| naming.resolve(&sheet.catalog));
    let parts = (form.action(&zone), work, form.id(), form.at(now));
    // A project that is named for the first time is the server's to make.
    if let (Ok(Some(action)), Ok(Some(work)), Ok(id), Ok(at)) = parts {
        let command = Command {
            id,
            at: whole_second(at),
            action: action.with_work(work),
        };
        if let Ok(changes) = apply(&sheet.scope(), &command, now) {
            sheet.take(&changes, now);
        }
    }
}

/// Shows what is on its way to the server, from this page or the one before.
pub fn foresee_waiting(sheet: &mut Sheet, at: Instant) {
    for form in outbox::waiting() {
        foresee(sheet, &form, at);
    }
}
