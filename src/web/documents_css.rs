//! How plain documents look beyond what all pages share: a style sheet of its own, which a first visit
//! of the timer does not pay for. It is sent as it is written, so nothing stands in it that browsers of the last years
//! do not know.

use super::assets;
use axum::{
    http::header,
    middleware::from_fn,
    response::IntoResponse,
    routing::{MethodRouter, get},
};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Where it is, without its hash.
pub const PATH: &str = "/documents.css";

/// In the layers of `style/main.css`, which come first.
const SHEET: &str = concat!(
    "@layer components {\n",
    include_str!("../../style/components/team.css"),
    include_str!("../../style/components/history.css"),
    include_str!("../../style/components/item.css"),
    include_str!("../../style/components/ask.css"),
    include_str!("../../style/components/palette.css"),
    "}\n@layer pages {\n",
    include_str!("../../style/pages/settings.css"),
    include_str!("../../style/pages/help.css"),
    include_str!("../../style/pages/docs.css"),
    include_str!("../../style/pages/account.css"),
    include_str!("../../style/pages/project.css"),
    include_str!("../../style/pages/rate.css"),
    "}\n",
);

/// Its address, with a hash of what it says.
pub fn address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| {
        let hash = Sha256::digest(SHEET);
        let digits: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{PATH}?{digits}")
    });
    &ADDRESS
}

/// Answers with it, to be kept for ever under the address with the hash.
pub fn answer<S: Clone + Send + Sync + 'static>() -> MethodRouter<S> {
    let sheet =
        async || ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], SHEET).into_response();
    get(sheet).layer(from_fn(assets::cache_for_long))
}
