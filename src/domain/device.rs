//! What an account is used through: devices that are signed in, and personal tokens.

use super::{
    id::{DeviceId, TokenId},
    login::Scope,
    session::Instant,
};
use chrono::serde::{ts_seconds, ts_seconds_option};
use serde::{Deserialize, Serialize};

/// A signed-in browser or API client, as its account sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: DeviceId,
    pub kind: DeviceKind,
    /// What it called itself, in short: `Firefox on Linux`; may be empty.
    pub label: String,
    #[serde(with = "ts_seconds")]
    pub created_at: Instant,
    /// Give or take five minutes.
    #[serde(with = "ts_seconds")]
    pub seen_at: Instant,
}

/// What a device signs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// A cookie.
    Browser,
    /// Access and refresh tokens.
    Api,
}

/// A personal token, as its account sees it in a list; its secret is shown only once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    pub id: TokenId,
    pub name: String,
    pub scope: Scope,
    #[serde(with = "ts_seconds")]
    pub created_at: Instant,
    /// `None` for never.
    #[serde(with = "ts_seconds_option")]
    pub expires_at: Option<Instant>,
    /// Give or take an hour; `None` for never.
    #[serde(with = "ts_seconds_option")]
    pub used_at: Option<Instant>,
}

/// Most characters of a label.
const LABEL_LIMIT: usize = 60;

/// A short name for whoever sends this `User-Agent`.
pub fn label(user_agent: &str) -> String {
    let find = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(mark, _)| user_agent.contains(mark))
            .map(|(_, name)| *name)
    };
    // Whoever pretends to be another one comes first.
    let browser = find(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, _) => {
            let first = user_agent.split_whitespace().next().unwrap_or_default();
            let shown = first.chars().filter(|c| c.is_ascii_graphic());
            shown.take(LABEL_LIMIT).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn devices_are_called_what_people_call_them() {
        let chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
        for (agent, wanted) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                "Firefox on Linux",
            ),
            (
                &format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {chrome}"),
                "Chrome on Windows",
            ),
            (
                &format!("Mozilla/5.0 (Windows NT 10.0) {chrome} Edg/141.0"),
                "Edge on Windows",
            ),
            (
                &format!("Mozilla/5.0 (Linux; Android 16) {chrome}"),
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605 Version/26.0 Mobile Safari/604.1",
                "Safari on iPhone",
            ),
            ("curl/8.14.1", "curl/8.14.1"),
            ("", ""),
            ("\u{202e}evil\u{7}<b> x", "evil<b>"),
            (&"x".repeat(500), &"x".repeat(60)),
        ] {
            assert_eq!(label(agent), wanted, "{agent}");
        }
    }
}
