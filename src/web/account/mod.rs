//! Pages to register, sign in and look after an account: plain documents with plain forms. No script
//! runs on them, so none reads a password, and nothing is lost without one.

mod codes;
mod export;
mod form;
mod home;
mod link;
mod profile;
mod recover;
mod register;
mod second;
mod sign_in;
mod tokens;

use super::{failure::Failure, plain, router::WebState};
use crate::{
    domain::{AccountId, DeviceId, Instant, Theme},
    error::AppError,
    server::{
        account::{Key, SignedIn, Visitor},
        device::{self, Viewer},
        state::AppState,
        status,
        store::Credentials,
    },
};
use axum::{
    Router,
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use leptos::prelude::IntoView;

/// Their addresses.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/register", get(register::show).post(register::register))
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/link", get(link::show).post(link::link))
        .route("/recover", get(recover::show).post(recover::recover))
        .route("/account", get(home::show))
        .route("/account/export.json", get(export::export))
        .route("/account/link-code", post(link::make_code))
        .route("/account/username", post(profile::rename))
        .route("/account/password", post(profile::change_password))
        .route("/account/delete", post(profile::delete))
        .route("/account/recovery-codes", post(recover::renew))
        .route("/account/second-factor", post(second::offer))
        .route("/account/second-factor/confirm", post(second::confirm))
        .route("/account/second-factor/remove", post(second::remove))
        .route("/account/tokens", post(tokens::make))
        .route("/account/tokens/{id}/remove", post(tokens::remove))
        .route("/account/devices/{id}/sign-out", post(sign_in::end_device))
        .route("/account/sign-out-others", post(sign_in::end_others))
}

/// Who asks, and from where.
pub struct Visit {
    app: AppState,
    viewer: Option<Viewer>,
    visitor: Visitor,
    /// Scheme and host under which the browser reached us.
    origin: String,
}

impl FromRequestParts<WebState> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let app = state.app.clone();
        let refused = |error| refuse(None, &error);
        let viewer = match device::presented(&parts.headers, app.secure_cookies) {
            Some(secret) => app.store.viewer(&secret).await.map_err(refused)?,
            None => None,
        };
        let visitor = Visitor::browser(&app, parts).await.map_err(refused)?;
        let host = parts.headers.get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
        let origin = match &state.options.public_origin {
            Some(origin) => origin.clone(),
            None => format!("http://{host}"),
        };
        Ok(Self {
            app,
            viewer,
            visitor,
            origin,
        })
    }
}

impl Visit {
    fn now(&self) -> Instant {
        self.app.clock.now()
    }

    fn account(&self) -> Option<AccountId> {
        self.viewer.as_ref().map(|viewer| viewer.account)
    }

    /// The account and the device that ask, or the way to sign in.
    fn signed_in(&self) -> Result<(AccountId, DeviceId), Response> {
        let viewer = self.viewer.as_ref();
        viewer
            .map(|viewer| (viewer.account, viewer.device))
            .ok_or_else(|| Redirect::to("/sign-in").into_response())
    }

    /// What is known of the account that asks; `None` for a browser that has none.
    async fn credentials(&self) -> Result<Option<Credentials>, Response> {
        let Some(account) = self.account() else {
            return Ok(None);
        };
        let known = self.app.store.credentials_of(account).await;
        known.map(Some).map_err(|error| self.refuse(&error))
    }

    /// A page around `main`.
    fn page(&self, title: &str, main: impl IntoView) -> Response {
        plain::page(self.theme(), title, main).into_response()
    }

    /// The same for a form that was refused.
    fn refused(&self, error: &AppError, title: &str, main: impl IntoView) -> Response {
        let mut response = self.page(title, main);
        *response.status_mut() = status::of(error);
        if let AppError::TooMany { seconds } = error {
            let headers = response.headers_mut();
            headers.insert(
                header::RETRY_AFTER,
                HeaderValue::from(seconds.unsigned_abs()),
            );
        }
        response
    }

    /// A page that says nothing but what went wrong.
    fn refuse(&self, error: &AppError) -> Response {
        refuse(self.theme(), error)
    }

    fn theme(&self) -> Option<Theme> {
        self.viewer.as_ref().map(|viewer| viewer.settings.theme)
    }

    /// The answer, with the cookie of a device that was let in.
    fn let_in(&self, signed_in: &SignedIn, answer: impl IntoResponse) -> Response {
        let mut response = answer.into_response();
        if let Some(Key::Cookie(secret)) = &signed_in.key {
            let cookie = device::cookie(secret, self.app.secure_cookies).to_string();
            if let Ok(cookie) = HeaderValue::try_from(cookie) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
        }
        response
    }
}

fn refuse(theme: Option<Theme>, error: &AppError) -> Response {
    let status = status::of(error);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        return Failure::Busy.page();
    }
    let mut response =
        plain::page(theme, "That did not work", form::message(error)).into_response();
    *response.status_mut() = status;
    response
}
