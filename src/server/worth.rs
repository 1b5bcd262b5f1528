//! What an account's own work comes to, in words.

use super::{amounts::Amounts, store::Store};
use crate::{
    domain::{AccountId, Bucket, Instant, Overview, Rounding, Session, Worth, money::spelled},
    error::AppError,
};
use std::collections::BTreeSet;

/// What those sessions of an account come to that began in the period, as far as it counts at `now`, one that
/// runs up to then; `None` where nothing is paid. Where nothing is billable, nothing is read for it.
pub async fn of(
    store: &Store,
    account: AccountId,
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
    let paid = counted.clone().filter_map(|session| amounts.of(session.id));
    let rules: BTreeSet<String> = paid.map(|paid| paid.rounding.told()).collect();
    let mut rules = rules.into_iter();
    let rounding = match (rules.next(), rules.next()) {
        (None, _) => return Ok(None),
        (Some(rule), None) => rule,
        (Some(_), Some(_)) => Rounding::OF_EACH_PROJECT.to_owned(),
    };
    Ok(Some(Worth {
        amounts: spelled(&amounts.sums(counted.map(|session| session.id))),
        rounding,
    }))
}
