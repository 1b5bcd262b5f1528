//! What an account's own work comes to, in words.

use super::{amounts::Amounts, store::Store};
use crate::{
    domain::{
        AccountId, Bucket, Catalog, Instant, Overview, Session, Worth, money::spelled,
        rounding::Rules,
    },
    error::AppError,
};

/// What those sessions of an account come to that began in the period, as far as it counts at `now`, one that
/// runs up to then; `None` where nothing is paid. Where nothing is billable, nothing is read for it.
pub async fn of(
    store: &Store,
    account: AccountId,
    catalog: &Catalog,
    overview: &Overview,
    now: Instant,
) -> Result<Option<Worth>, AppError> {
    let Bucket { from, to, .. } = overview.counted_whole(now);
    let counts =
        |session: &&Session| session.work.billable && (from..to).contains(&session.span.from());
    let counted = overview.sessions.iter().filter(counts);
    if counted.clone().next().is_none() {
        return Ok(None);
    }
    let amounts = Amounts::own(store, account, counted.clone(), now).await?;
    let mut rules = Rules::default();
    for session in counted.clone() {
        if let Some(paid) = amounts.of(session.id) {
            rules.add(paid.rounding, catalog.project_of(&session.work));
        }
    }
    Ok((!rules.is_empty()).then(|| Worth {
        amounts: spelled(&amounts.sums(counted.map(|session| session.id))),
        rounding: rules.told(),
    }))
}
