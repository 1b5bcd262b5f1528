//! Whatever the pages can do, the API can: each form has its call.

use super::table::TABLE;
use axum::http::Method;
use std::collections::BTreeSet;
use stint::{
    domain::form::intent,
    web::{account, document, project, rate},
};

/// The address of a form or server function, and the call that does the same.
const FORMS: &[(&str, &str)] = &[
    ("/register", "POST /register"),
    ("/sign-in", "POST /login"),
    ("/sign-out", "POST /logout"),
    ("/link", "POST /link"),
    ("/recover", "POST /recover"),
    ("/account/export.json", "GET /export"),
    ("/account/link-code", "POST /link-codes"),
    ("/account/username", "PATCH /me"),
    ("/account/password", "POST /me/password"),
    ("/account/delete", "DELETE /me"),
    ("/account/recovery-codes", "POST /me/recovery-codes"),
    ("/account/second-factor", "POST /me/second-factor"),
    (
        "/account/second-factor/confirm",
        "POST /me/second-factor/confirm",
    ),
    (
        "/account/second-factor/remove",
        "POST /me/second-factor/remove",
    ),
    ("/account/tokens", "POST /tokens"),
    ("/account/tokens/{id}/remove", "DELETE /tokens/{id}"),
    ("/account/devices/{id}/sign-out", "DELETE /devices/{id}"),
    ("/account/sign-out-others", "DELETE /devices"),
    // And then POST /logout.
    ("/account/sign-out-everywhere", "DELETE /devices"),
    ("/favourites", "POST /favourites"),
    ("/favourites", "DELETE /favourites/{id}"),
    ("/projects", "POST /projects"),
    ("/project/{id}/settings", "PATCH /projects/{id}"),
    ("/project/{id}/archive", "PATCH /projects/{id}"),
    ("/project/{id}/delete", "DELETE /projects/{id}"),
    (
        "/project/{id}/leave",
        "DELETE /projects/{id}/members/{account}",
    ),
    (
        "/project/{id}/members/{account}/role",
        "PATCH /projects/{id}/members/{account}",
    ),
    (
        "/project/{id}/members/{account}/remove",
        "DELETE /projects/{id}/members/{account}",
    ),
    (
        "/project/{id}/invitations",
        "POST /projects/{id}/invitations",
    ),
    (
        "/project/{id}/invitation-link",
        "POST /projects/{id}/invitations",
    ),
    (
        "/project/{id}/invitations/{invitation}/withdraw",
        "DELETE /projects/{id}/invitations/{invitation}",
    ),
    ("/invitations/{id}/accept", "POST /invitations/{id}/accept"),
    (
        "/invitations/{id}/decline",
        "POST /invitations/{id}/decline",
    ),
    ("/invitation", "POST /invitations/preview"),
    ("/invitation/accept", "POST /invitations/accept"),
    ("/invitation/decline", "POST /invitations/decline"),
    ("/clients", "POST /clients"),
    ("/clients/{id}/rename", "PATCH /clients/{id}"),
    ("/clients/{id}/archive", "PATCH /clients/{id}"),
    ("/clients/{id}/delete", "DELETE /clients/{id}"),
    ("/tags", "POST /tags"),
    ("/tags/{id}/rename", "PATCH /tags/{id}"),
    ("/tags/merge", "POST /tags/{id}/merge"),
    ("/tags/{id}/delete", "DELETE /tags/{id}"),
    ("/rates", "POST /rates"),
    ("/rates/preview", "POST /rates/preview"),
    ("/rates/{id}", "PATCH /rates/{id}"),
    ("/rates/{id}/preview", "POST /rates/preview"),
    ("/rates/{id}/preview-delete", "POST /rates/preview"),
    ("/rates/{id}/delete", "DELETE /rates/{id}"),
    ("/project/{id}/rounding", "PATCH /projects/{id}"),
    (
        "/project/{id}/rounding/preview",
        "POST /projects/{id}/rounding/preview",
    ),
    ("/project/{id}/budget", "PATCH /projects/{id}"),
    ("/rpc/sheet", "GET /sessions"),
    ("/rpc/suggest", "GET /suggestions"),
    ("/rpc/submit", "POST /commands"),
    ("/rpc/submit-all", "POST /commands"),
    ("/rpc/settings/save", "PATCH /me"),
    ("/rpc/settings/guess-zone", "PATCH /me"),
];

/// Addresses that are only read, where a page tells what a call tells.
const TOLD: [&str; 2] = ["/account/export.json", "/invitation"];

/// What a form about tracked time asks for, and the call.
const INTENTS: [(&str, &str); 15] = [
    (intent::START, "POST /sessions"),
    (intent::STOP, "POST /sessions/{id}/stop"),
    (intent::RENAME, "PATCH /sessions/{id}"),
    (intent::EDIT, "PATCH /sessions/{id}"),
    (intent::ADD, "POST /sessions"),
    (intent::CONTINUE, "POST /sessions/{id}/continue"),
    (intent::DUPLICATE, "POST /sessions/{id}/duplicate"),
    (intent::DELETE, "DELETE /sessions/{id}"),
    (intent::ASSIGN, "POST /commands"),
    (intent::DELETE_ALL, "POST /commands"),
    (intent::TRIM, "POST /commands"),
    (intent::KEEP_OVERLAP, "POST /commands"),
    (intent::UNDO, "POST /undo"),
    (intent::UNDO_LATEST, "POST /undo"),
    (intent::REDO_LATEST, "POST /redo"),
];

#[test]
fn every_form_has_a_call() {
    let pages = [
        document::addresses(),
        account::addresses(),
        project::addresses(),
        rate::addresses(),
    ];
    let functions = leptos::server_fn::axum::server_fn_paths();
    let is_paired = |method: &Method, address: &str| {
        *method == Method::POST || *method == Method::GET && TOLD.contains(&address)
    };
    let forms = pages
        .into_iter()
        .flatten()
        .filter(|(method, address)| is_paired(method, address))
        .map(|(_, address)| address)
        .chain(functions.map(|(path, _)| path));
    let known: BTreeSet<_> = forms.collect();
    let paired: BTreeSet<_> = FORMS.iter().map(|(form, _)| *form).collect();
    assert_eq!(paired, known);
    assert_eq!(INTENTS.map(|(intent, _)| intent), intent::ALL);
    for (form, call) in FORMS.iter().chain(&INTENTS) {
        let exists = TABLE.iter().any(|row| row.0 == *call);
        assert!(exists, "{form} is paired with {call}, which does not exist");
    }
}
