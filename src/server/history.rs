//! The history of one session, with what its times and its work are written with.

use super::{device::Viewer, state::AppState, zone};
use crate::{
    domain::{SessionId, history::History},
    error::AppError,
};

/// Everything that happened to a session of `viewer`; not found when it never was one.
pub async fn load(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
) -> Result<History, AppError> {
    let entries = state.store.history(viewer.account, session).await?;
    let moments = || {
        entries.iter().flat_map(|entry| {
            let sides = [entry.change.before.as_ref(), entry.change.after.as_ref()];
            let ends = sides
                .into_iter()
                .flatten()
                .flat_map(|session| [Some(session.span.from()), session.span.to()]);
            ends.flatten().chain([entry.acted_at]).collect::<Vec<_>>()
        })
    };
    let (from, to) = moments()
        .min()
        .zip(moments().max())
        .ok_or(AppError::NotFound)?;
    let offsets = zone::offsets(&viewer.settings.zone(), from, to);
    Ok(History {
        entries,
        settings: viewer.settings.clone(),
        offsets,
        catalog: state.store.catalog(viewer.account).await?,
    })
}
