//! The headers that every response carries, and the nonce that lets a page run its own scripts.

use super::guard::Options;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use leptos::nonce::Nonce;

/// What pages may ask people for: nothing. Short, because every response carries it.
const PERMISSIONS: &str = "camera=(),display-capture=(),geolocation=(),hid=(),idle-detection=(),\
    local-fonts=(),microphone=(),midi=(),payment=(),serial=(),usb=()";

const FIXED: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
];

/// Gives the request a nonce (found again as an extension), and the response its headers.
/// Whatever does not say how long it may be kept, is not kept.
pub async fn set_headers(
    State(options): State<Options>,
    mut request: Request,
    next: Next,
) -> Response {
    let nonce = Nonce::new();
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    set_policy(headers, &nonce, &options);
    if options.https {
        let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The content security policy: scripts need the nonce, styles and everything else must come from
/// here. `cargo leptos watch` talks to the page through a socket of its own, in debug builds only.
fn set_policy(headers: &mut HeaderMap, nonce: &Nonce, options: &Options) {
    let live_reload = match options.live_reload_port {
        Some(port) if cfg!(debug_assertions) => {
            format!(" ws://127.0.0.1:{port} ws://localhost:{port}")
        }
        _ => String::new(),
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; manifest-src 'self'; connect-src 'self'{live_reload}; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}
