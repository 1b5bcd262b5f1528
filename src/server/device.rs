//! Which browser asks, and so which account: by one cookie, for server functions and pages.

use super::{
    address::ClientAddress,
    cookies::{browser_of, cookie, form_cookie, presented},
    login::Guests,
    refused::Sender,
    state::{self, AppState},
    zone,
};
pub use super::{secret::Secret, store::Viewer};
use crate::{
    domain::{Instant, Refusal, Settings, ZoneName, device::label},
    error::AppError,
    wire,
};
use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use cookie::Cookie;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::sync::{Arc, OnceLock};
use tokio::sync::Mutex;
use tracing::Instrument;

/// The viewer of one request, looked up once however many parts of a page ask. The router provides
/// a new one to each request; without it every question is a query.
#[derive(Clone, Debug, Default)]
pub struct ViewerCell {
    viewer: Arc<Mutex<Option<Option<Viewer>>>>,
    /// The hash of the cookie that the answer brings.
    given: Arc<OnceLock<String>>,
}

/// Who asks; `None` for a browser that has no account yet. Renews the cookie once a day.
pub async fn viewer() -> Result<Option<Viewer>, AppError> {
    let cell = use_context::<ViewerCell>().unwrap_or_default();
    let mut known = cell.viewer.lock().await;
    match &*known {
        Some(viewer) => Ok(viewer.clone()),
        None => Ok(known.insert(look_up(&state::app()).await?).clone()),
    }
}

/// Who asks; a browser without an account is told that nothing is here.
pub async fn require_viewer() -> Result<Viewer, AppError> {
    viewer().await?.ok_or(AppError::Refused(Refusal::NotFound))
}

/// Whether a browser that has no account here had one, and was signed out by others: elsewhere, or with its account.
pub async fn was_signed_out() -> Result<bool, AppError> {
    let app = state::app();
    let secret =
        use_context::<Parts>().and_then(|parts| presented(&parts.headers, app.secure_cookies));
    match secret {
        Some(secret) => Ok(!app.store.has_signed_out(&secret).await?),
        None => Ok(false),
    }
}

/// Who sends what was on a page of the account `shown` (empty for a page of nobody's). Refused where that account
/// is signed in here no more, so that nothing goes to another one, or a new one, unseen.
pub async fn sender_of(shown: &str, zone: &str) -> Result<Viewer, AppError> {
    let viewer = viewer().await?.map(|viewer| viewer.account.to_string());
    if shown.is_empty() || viewer.is_some_and(|account| account == shown) {
        viewer_or_guest(zone).await
    } else {
        Err(AppError::OtherAccount)
    }
}

/// Who asks; a browser without an account gets one, in `zone` if there is such a zone.
pub async fn viewer_or_guest(zone: &str) -> Result<Viewer, AppError> {
    if let Some(viewer) = viewer().await? {
        return Ok(viewer);
    }
    let (app, parts) = (state::app(), use_context::<Parts>());
    let parts = parts.ok_or(AppError::Internal)?;
    let address = ClientAddress::of(&parts, &app.login.policy.proxies);
    let label = label_of(&parts.headers);
    let (viewer, secret) = make_guest(&app, address, zone.parse().ok(), &label).await?;
    give(&secret, cookie(&secret, app.secure_cookies));
    if let Some(cell) = use_context::<ViewerCell>() {
        *cell.viewer.lock().await = Some(Some(viewer.clone()));
    }
    Ok(viewer)
}

/// Makes a guest for a browser that calls itself `label`, in `zone` if there is such a zone; refused
/// where there are no guests, and while there are too many from `address`.
pub async fn make_guest(
    app: &AppState,
    address: ClientAddress,
    zone: Option<ZoneName>,
    label: &str,
) -> Result<(Viewer, Secret), AppError> {
    let policy = &app.login.policy;
    if policy.guests == Guests::Off {
        return Err(AppError::SignedOut);
    }
    let made = [policy.guests_from(address)];
    app.store.count_try(&made, app.clock.now()).await?;
    let settings = Settings {
        zone: zone.filter(zone::exists),
        ..Settings::default()
    };
    app.store
        .create_guest(&settings, label, app.clock.now())
        .await
}

/// Redirects a browser that sent a plain form; scripts get the answer itself.
pub fn redirect_form(location: &str) {
    if wire::is_plain_form() {
        leptos_axum::redirect(location);
    }
}

/// What the browser or client that sends these calls itself, in short.
pub fn label_of(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT);
    label(
        agent
            .and_then(|agent| agent.to_str().ok())
            .unwrap_or_default(),
    )
}

/// The browser that asks; `None` for one without a cookie.
pub fn browser() -> Option<String> {
    browser_of(
        &use_context::<Parts>()?.headers,
        state::app().secure_cookies,
    )
}

/// Who sends the form under way. A browser that has no cookie is given one, which opens nothing.
pub fn sender() -> Option<Sender> {
    let (app, parts) = (state::app(), use_context::<Parts>()?);
    let given = use_context::<ViewerCell>().and_then(|cell| cell.given.get().cloned());
    let known = given.or_else(|| browser_of(&parts.headers, app.secure_cookies));
    let browser = known.unwrap_or_else(|| {
        let secret = Secret::random();
        give(&secret, form_cookie(&secret, app.secure_cookies));
        secret.hash()
    });
    Some(Sender {
        browser,
        address: ClientAddress::of(&parts, &app.login.policy.proxies),
    })
}

async fn look_up(app: &AppState) -> Result<Option<Viewer>, AppError> {
    let secret =
        use_context::<Parts>().and_then(|parts| presented(&parts.headers, app.secure_cookies));
    let Some(secret) = secret else {
        return Ok(None);
    };
    // Taken before the first wait: what the context holds is for the thread that asks now.
    let response = use_context::<ResponseOptions>();
    let Some(viewer) = app.store.viewer(&secret, app.clock.now()).await? else {
        return Ok(None);
    };
    let (viewer, due) = greet(app, viewer, secret);
    if let (Some(secret), Some(response)) = (due, response) {
        append(&response, cookie(&secret, app.secure_cookies));
    }
    Ok(Some(viewer))
}

/// Notes that the person is here. Once a day the secret is given back: its cookie is due to be sent
/// anew.
pub fn greet(app: &AppState, viewer: Viewer, secret: Secret) -> (Viewer, Option<Secret>) {
    let now = app.clock.now();
    let is_due = viewer.presence.seen_at.date_naive() != now.date_naive();
    note_presence(app, &viewer, now);
    (viewer, is_due.then_some(secret))
}

/// Has the store note that the person is here, without making anybody wait for it.
fn note_presence(app: &AppState, viewer: &Viewer, now: Instant) {
    if !viewer.presence.is_stale(now) {
        return;
    }
    let (store, device) = (app.store.clone(), viewer.device);
    // A failure is in the log already, and no harm: the next request tries again.
    let touch = async move { store.touch(device, now).await };
    tokio::spawn(touch.in_current_span());
}

/// Sends the cookie that carries `secret` with the answer under way.
fn give(secret: &Secret, cookie: Cookie<'_>) {
    if let Some(response) = use_context::<ResponseOptions>() {
        append(&response, cookie);
    }
    if let Some(cell) = use_context::<ViewerCell>() {
        // Nobody is given two.
        let _ = cell.given.set(secret.hash());
    }
}

fn append(response: &ResponseOptions, cookie: Cookie<'_>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.append_header(header::SET_COOKIE, value);
    }
}
