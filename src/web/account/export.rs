//! Everything an account tracked, as a file to keep.

use super::Visit;
use crate::{
    domain::session::instant,
    server::{
        amounts::Amounts,
        store::{Narrowing, Wanted},
    },
    web::api::session_body::SessionBody,
};
use axum::{Json, http::header, response::Response};

/// Sessions that are read at a time.
const PART: u32 = 1000;

/// All sessions of the account as JSON, newest first, as the API shows them.
pub async fn export(visit: Visit) -> Result<Response, Response> {
    let account = visit.signed_in()?.account;
    let now = visit.now();
    let at = |seconds| instant(seconds).unwrap_or(now);
    let (from, to) = (at(0), at(4_102_444_799));
    let catalog = visit.app.store.catalog(account).await;
    let catalog = catalog.map_err(|error| visit.refuse(&error))?;
    let mut sessions = Vec::new();
    let mut after = None;
    loop {
        let wanted = Wanted {
            from,
            to,
            now,
            containing: None,
            after,
            limit: PART,
        };
        let part = visit
            .app
            .store
            .records(account, &Narrowing::default(), &wanted)
            .await;
        let (records, next) = part.map_err(|error| visit.refuse(&error))?;
        let exported = records.iter().map(|record| &record.session);
        let amounts = Amounts::own(&visit.app.store, account, exported, now).await;
        let amounts = amounts.map_err(|error| visit.refuse(&error))?;
        let bodies = records.iter();
        sessions.extend(bodies.map(|record| SessionBody::of(record, &catalog, &amounts, now)));
        after = next;
        if after.is_none() {
            break;
        }
    }
    let name = format!("attachment; filename=\"stint-{}.json\"", now.date_naive());
    Ok(visit.with_cookie(([(header::CONTENT_DISPOSITION, name)], Json(sessions))))
}
