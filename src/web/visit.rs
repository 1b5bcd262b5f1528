//! One request for a plain page: who asks, and how they are answered.

use super::{
    failure::Failure,
    form,
    greeted::Greeted,
    place::place_of,
    plain::{self, Document, Tab},
    router::WebState,
};
use crate::{
    domain::{AccountId, Instant, Settings, Theme},
    error::AppError,
    server::{
        account::{Key, SignedIn, Visitor},
        cookies,
        device::{self, Secret, Viewer},
        login::Guests,
        state::AppState,
        status,
        store::{Asker, Credentials},
    },
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use cookie::Cookie;
use leptos::{nonce::Nonce, prelude::IntoView};

/// Who asks, and from where.
pub struct Visit {
    pub app: AppState,
    pub viewer: Option<Viewer>,
    /// The browser, see [`cookies::browser_of`].
    pub browser: Option<String>,
    pub visitor: Visitor,
    /// Scheme and host under which the browser reached us.
    pub origin: String,
    /// What the tab tells, where somebody with an account asks for a page.
    tab: Option<Tab>,
    /// The view whose link in the bar stands for this page.
    view: &'static str,
    /// What a script of the page has to carry, where one runs.
    nonce: Option<Nonce>,
    /// The cookie of a guest that this request made, or one that is due to be sent anew.
    cookie: Option<Secret>,
}

impl FromRequestParts<WebState> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let app = state.app.clone();
        let refused = |error| refused(&error);
        let presented = cookies::presented(&parts.headers, app.secure_cookies);
        let browser = cookies::browser_of(&parts.headers, app.secure_cookies);
        let Greeted { viewer, cookie } = Greeted::once(&app, parts, presented)
            .await
            .map_err(refused)?;
        let (view, may_run_script) = place_of(parts.uri.path());
        // The answer to a form may show a secret once.
        let has_script = may_run_script && parts.method.is_safe();
        let tab = match &viewer {
            Some(viewer) if has_script => {
                let running = app.store.running(viewer.account).await.map_err(refused)?;
                let now = app.clock.now();
                Some(Tab { running, now })
            }
            _ => None,
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
            browser,
            visitor,
            origin,
            tab,
            view,
            nonce: parts.extensions.get().filter(|_| has_script).cloned(),
            cookie,
        })
    }
}

impl Visit {
    pub fn now(&self) -> Instant {
        self.app.clock.now()
    }

    pub fn account(&self) -> Option<AccountId> {
        self.viewer.as_ref().map(|viewer| viewer.account)
    }

    /// The account and the device that ask, or the way to sign in.
    #[expect(
        clippy::result_large_err,
        reason = "it is the answer, and is moved once"
    )]
    pub fn signed_in(&self) -> Result<&Viewer, Response> {
        let viewer = self.viewer.as_ref();
        viewer.ok_or_else(|| Redirect::to("/sign-in").into_response())
    }

    /// Who asks to change something. For a browser without an account, nothing of anybody's is here.
    #[expect(
        clippy::result_large_err,
        reason = "it is the answer, and is moved once"
    )]
    pub fn somebody(&self) -> Result<Asker, Response> {
        self.expect(self.asker())
    }

    /// As [`somebody`](Self::somebody), for what goes on with a refusal by itself.
    pub fn asker(&self) -> Result<Asker, AppError> {
        let viewer = self.viewer.as_ref();
        viewer.map(Asker::from).ok_or(AppError::NotFound)
    }

    /// The account that asks, if any. Where there are no guests, the way to sign in instead.
    #[expect(
        clippy::result_large_err,
        reason = "it is the answer, and is moved once"
    )]
    pub fn anybody(&self) -> Result<Option<AccountId>, Response> {
        match self.account() {
            None if self.app.login.policy.guests == Guests::Off => {
                Err(self.refuse(&AppError::SignedOut))
            }
            account => Ok(account),
        }
    }

    /// Who asks to make something; a browser without an account gets one, where there are guests.
    pub async fn asker_or_guest(&mut self) -> Result<Asker, Response> {
        if let Some(viewer) = &self.viewer {
            return Ok(viewer.into());
        }
        let Visitor { address, label, .. } = &self.visitor;
        let made = device::make_guest(&self.app, *address, None, label).await;
        let (viewer, secret) = made.map_err(|error| self.refuse(&error))?;
        let asker = Asker::from(&viewer);
        (self.viewer, self.cookie) = (Some(viewer), Some(secret));
        Ok(asker)
    }

    /// What was found or done, or the page that says why not.
    #[expect(
        clippy::result_large_err,
        reason = "it is the answer, and is moved once"
    )]
    pub fn expect<T>(&self, done: Result<T, AppError>) -> Result<T, Response> {
        done.map_err(|error| self.refuse(&error))
    }

    /// What is known of the account that asks; `None` for a browser that has none.
    pub async fn credentials(&self) -> Result<Option<Credentials>, Response> {
        let Some(account) = self.account() else {
            return Ok(None);
        };
        let known = self.app.store.credentials_of(account).await;
        known.map(Some).map_err(|error| self.refuse(&error))
    }

    /// Whether who signs in here has to say what becomes of a guest's sessions.
    pub async fn asks_about_guest(&self) -> Result<bool, Response> {
        let known = self.credentials().await?;
        Ok(known.is_some_and(|known| known.is_guest_with_work()))
    }

    /// A document around `main`, in the theme of who asks.
    pub fn document(
        &self,
        title: &str,
        current: &'static str,
        main: impl IntoView,
    ) -> Html<String> {
        plain::page(Document {
            theme: self.theme(),
            title,
            current,
            nonce: self.nonce.clone(),
            tab: self.tab.clone(),
            main,
        })
    }

    /// A page around `main`.
    pub fn page(&self, title: &str, main: impl IntoView) -> Response {
        self.with_cookie(self.document(title, self.view, main))
    }

    /// The way to another page.
    pub fn redirect(&self, address: &str) -> Response {
        self.with_cookie(Redirect::to(address))
    }

    /// The page of a form that was refused; the way to sign in for a browser that was signed out.
    pub fn refused(&self, error: &AppError, title: &str, main: impl IntoView) -> Response {
        if *error == AppError::SignedOut {
            return self.refuse(error);
        }
        with_status(error, self.page(title, main))
    }

    /// A page that says nothing but what went wrong; the way to sign in, if it is that.
    pub fn refuse(&self, error: &AppError) -> Response {
        if *error == AppError::SignedOut {
            return Redirect::to("/sign-in").into_response();
        }
        let main = form::message(error, self.viewer.is_some());
        with_status(error, self.page(form::title_of(error), main))
    }

    /// How whoever asks writes times.
    pub fn settings(&self) -> Settings {
        let viewer = self.viewer.as_ref();
        viewer
            .map(|viewer| viewer.settings.clone())
            .unwrap_or_default()
    }

    /// In which theme the person reads.
    pub fn theme(&self) -> Option<Theme> {
        self.viewer.as_ref().map(|viewer| viewer.settings.theme)
    }

    /// The answer, with the cookie of a device that was let in.
    pub fn let_in(&self, signed_in: &SignedIn, answer: impl IntoResponse) -> Response {
        let mut response = answer.into_response();
        if let Some(Key::Cookie(secret)) = &signed_in.key {
            self.set_cookie(&mut response, secret);
        }
        response
    }

    /// The answer, and nothing is left of the device in this browser, whose end it was.
    pub fn let_go(&self, answer: impl IntoResponse) -> Response {
        let mut response = answer.into_response();
        append(&mut response, cookies::forgetting(self.app.secure_cookies));
        response
    }

    /// The answer, with the cookie that goes with it, if any.
    pub fn with_cookie(&self, answer: impl IntoResponse) -> Response {
        let mut response = answer.into_response();
        if let Some(secret) = &self.cookie {
            self.set_cookie(&mut response, secret);
        }
        response
    }

    fn set_cookie(&self, response: &mut Response, secret: &Secret) {
        append(response, cookies::cookie(secret, self.app.secure_cookies));
    }
}

fn append(response: &mut Response, cookie: Cookie<'_>) {
    if let Ok(cookie) = HeaderValue::try_from(cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// What went wrong before it was known who asks.
fn refused(error: &AppError) -> Response {
    let page = plain::page(Document {
        theme: None,
        title: form::title_of(error),
        current: "",
        nonce: None,
        tab: None,
        main: form::message(error, false),
    });
    with_status(error, page.into_response())
}

/// A page that says what went wrong, as the answer, and when to try again; the one of a busy server, if it is that.
pub fn with_status(error: &AppError, mut page: Response) -> Response {
    let status = status::of(error);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        return Failure::Busy.page();
    }
    *page.status_mut() = status;
    if let AppError::TooMany { seconds } = error {
        let seconds = HeaderValue::from(seconds.unsigned_abs());
        page.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    page
}
