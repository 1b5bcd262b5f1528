//! Everything of an account, as a file to keep.

use super::Visit;
use crate::web::api::export;
use axum::{Json, http::header, response::Response};

/// All of it as JSON, as the API tells it.
pub async fn export(visit: Visit) -> Result<Response, Response> {
    let account = visit.signed_in()?.account;
    let export = visit.expect(export::read(&visit.app, account).await)?;
    let date = visit.now().date_naive();
    let name = format!("attachment; filename=\"stint-{date}.json\"");
    Ok(visit.with_cookie(([(header::CONTENT_DISPOSITION, name)], Json(export))))
}
