//! What the timer page offers to start again.

use super::{state::AppState, suggest};
use crate::{
    domain::{
        AccountId, Catalog, Instant, Name, Work,
        favourite::{Kept, Shortcut},
    },
    error::AppError,
};

/// What the account has pinned, and then what it often starts.
pub async fn load(
    state: &AppState,
    account: AccountId,
    catalog: &Catalog,
    now: Instant,
) -> Result<Vec<Shortcut>, AppError> {
    let favourites = state.store.favourites_lately(account, now).await?;
    let (pinned, habits) = &*favourites;
    let shortcut = |name: &Name, work: &Work, kept| Shortcut {
        line: suggest::line(catalog, name, work),
        name: name.clone(),
        work: work.clone(),
        kept,
    };
    let pinned = pinned
        .iter()
        .map(|it| shortcut(&it.name, &it.work, Kept::Pinned(it.id)));
    let habits = habits
        .iter()
        .map(|it| shortcut(&it.name, &it.work, Kept::Often(it.session)));
    Ok(pinned.chain(habits).collect())
}
