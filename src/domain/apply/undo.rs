//! Taking back what a command did.

use super::{Refusal, Scope, effect::as_usable};
use crate::domain::{
    command::Change,
    session::{Instant, Session},
};

/// The changes that restore the content from before the scope's command, last one first. What would
/// come back into a project that takes no more time comes without it.
pub fn undo(scope: &Scope, now: Instant) -> Result<Vec<Change>, Refusal> {
    let undone = scope.undoes.as_ref().ok_or(Refusal::NothingToUndo)?;
    undone
        .iter()
        .rev()
        .map(|change| take_back(scope, change, now))
        .collect()
}

fn take_back(scope: &Scope, change: &Change, now: Instant) -> Result<Change, Refusal> {
    let current = change.session().and_then(|id| scope.find(id));
    match (current, &change.after) {
        (None, None) => {}
        (Some(current), Some(after)) if current.same_content(after) => {}
        _ => return Err(Refusal::ChangedSince),
    }
    let version = current
        .or(change.before.as_ref())
        .map_or(0, |session| session.version);
    let after = change.before.clone().map(|before| {
        let restored = Session {
            version: version + 1,
            ..before
        };
        as_usable(current, restored, &scope.usable, now)
    });
    Ok(Change {
        before: current.cloned(),
        after,
    })
}
