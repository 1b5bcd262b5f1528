//! `/favourites`: keeps what is started again and again on the timer page, or takes it off.

use super::refuse;
use crate::{components::shortcuts::PIN_ADDRESS, error::AppError, web::visit::Visit};
use axum::{
    extract::Form,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

/// Which session to pin, or which favourite to take off: the button that was pressed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PinForm {
    pin: String,
    unpin: String,
}

/// Its address.
pub const ADDRESS: &str = PIN_ADDRESS;

/// Does it, and goes back to the timer.
pub async fn change(visit: Visit, Form(form): Form<PinForm>) -> Response {
    match pin_or_unpin(&visit, &form).await {
        Ok(()) => Redirect::to("/").into_response(),
        Err(error) => refuse(&visit, &error),
    }
}

async fn pin_or_unpin(visit: &Visit, form: &PinForm) -> Result<(), AppError> {
    let (asker, store) = (visit.asker()?, &visit.app.store);
    if let Ok(session) = form.pin.parse() {
        store.pin(asker, session, visit.now()).await.map(drop)
    } else if let Ok(favourite) = form.unpin.parse() {
        store.unpin(asker, favourite).await
    } else {
        Err(AppError::NotFound)
    }
}
