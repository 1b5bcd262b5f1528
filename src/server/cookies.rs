//! The cookies that Stint gives to browsers, and reads.

use super::secret::Secret;
use axum::http::{HeaderMap, header};
use cookie::{Cookie, CookieBuilder, SameSite};

/// How long a browser keeps the cookie: the longest that browsers allow.
const COOKIE_DAYS: i64 = 400;

/// What a cookie is for: its name over plain HTTP, and where the connection is encrypted.
#[derive(Clone, Copy)]
struct Kind(&'static str, &'static str);

/// Lets a device in.
const DEVICE: Kind = Kind("stint_device", "__Host-stint_device");
/// Leads a browser without an account to the form of its own that was refused.
const FORM: Kind = Kind("stint_form", "__Host-stint_form");

impl Kind {
    fn name(self, secure: bool) -> &'static str {
        if secure { self.1 } else { self.0 }
    }
}

/// The secret that a request presents, if it could be one of ours.
pub fn presented(headers: &HeaderMap, secure: bool) -> Option<Secret> {
    presented_as(DEVICE, headers, secure)
}

fn presented_as(kind: Kind, headers: &HeaderMap, secure: bool) -> Option<Secret> {
    let values = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut cookies = values.flat_map(Cookie::split_parse).filter_map(Result::ok);
    cookies
        .find(|cookie| cookie.name() == kind.name(secure))?
        .value()
        .parse()
        .ok()
}

/// The hash of what a request presents: tells browsers apart, known here or not.
pub fn browser_of(headers: &HeaderMap, secure: bool) -> Option<String> {
    let device = presented(headers, secure);
    let presented = device.or_else(|| presented_as(FORM, headers, secure));
    presented.map(|secret| secret.hash())
}

/// The cookie that carries a secret. A browser sends it back to this host only, never tells it to
/// a script, and takes it from an encrypted connection only where there is one.
pub fn cookie(secret: &Secret, secure: bool) -> Cookie<'static> {
    base(DEVICE, secret.reveal(), secure)
        .max_age(cookie::time::Duration::days(COOKIE_DAYS))
        .build()
}

/// The cookie of a browser without an account, whose form was refused; gone when it is closed.
pub fn form_cookie(secret: &Secret, secure: bool) -> Cookie<'static> {
    base(FORM, secret.reveal(), secure).build()
}

/// What has a browser forget the cookie of its device.
pub fn forgetting(secure: bool) -> Cookie<'static> {
    base(DEVICE, "", secure).removal().build()
}

fn base(kind: Kind, value: &str, secure: bool) -> CookieBuilder<'static> {
    Cookie::build((kind.name(secure), value.to_owned()))
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
}
