//! Pages to register, sign in and look after an account: plain documents with plain forms. No script
//! runs on them, so none reads a password, and nothing is lost without one.

mod codes;
mod export;
pub(super) mod form;
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
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get, post},
};
use leptos::prelude::IntoView;

/// Every page and every form: method, address, and what answers.
fn table() -> Vec<(Method, &'static str, MethodRouter<WebState>)> {
    let page = |address, answer| (Method::GET, address, answer);
    let form = |address, answer| (Method::POST, address, answer);
    vec![
        page("/register", get(register::show)),
        form("/register", post(register::register)),
        page("/sign-in", get(sign_in::show)),
        form("/sign-in", post(sign_in::sign_in)),
        form("/sign-out", post(sign_in::sign_out)),
        page("/link", get(link::show)),
        form("/link", post(link::link)),
        page("/recover", get(recover::show)),
        form("/recover", post(recover::recover)),
        page("/account", get(home::show)),
        page("/account/export.json", get(export::export)),
        form("/account/link-code", post(link::make_code)),
        form("/account/username", post(profile::rename)),
        form("/account/password", post(profile::change_password)),
        form("/account/delete", post(profile::delete)),
        form("/account/recovery-codes", post(recover::renew)),
        form("/account/second-factor", post(second::offer)),
        form("/account/second-factor/confirm", post(second::confirm)),
        form("/account/second-factor/remove", post(second::remove)),
        form("/account/tokens", post(tokens::make)),
        form("/account/tokens/{id}/remove", post(tokens::remove)),
        form("/account/devices/{id}/sign-out", post(sign_in::end_device)),
        form("/account/sign-out-others", post(sign_in::end_others)),
    ]
}

/// The routes of the pages and forms.
pub fn routes() -> Router<WebState> {
    let routes = table().into_iter();
    routes.fold(Router::new(), |router, (_, address, answer)| {
        router.route(address, answer)
    })
}

/// The method and address of each, for whoever checks that none was forgotten.
pub fn addresses() -> Vec<(Method, &'static str)> {
    let routes = table().into_iter();
    routes
        .map(|(method, address, _)| (method, address))
        .collect()
}

/// Who asks, and from where.
pub struct Visit {
    pub app: AppState,
    pub viewer: Option<Viewer>,
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
    pub fn now(&self) -> Instant {
        self.app.clock.now()
    }

    fn account(&self) -> Option<AccountId> {
        self.viewer.as_ref().map(|viewer| viewer.account)
    }

    /// The account and the device that ask, or the way to sign in.
    #[expect(
        clippy::result_large_err,
        reason = "it is the answer, and is moved once"
    )]
    pub fn signed_in(&self) -> Result<(AccountId, DeviceId), Response> {
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
    pub fn page(&self, title: &str, main: impl IntoView) -> Response {
        plain::page(self.theme(), title, main).into_response()
    }

    /// The same for a form that was refused.
    pub fn refused(&self, error: &AppError, title: &str, main: impl IntoView) -> Response {
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
    pub fn refuse(&self, error: &AppError) -> Response {
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
