//! Pages to register, sign in and look after an account: plain documents with plain forms. No script
//! runs on them, so none reads a password, and nothing is lost without one.

mod codes;
mod export;
mod home;
mod link;
mod profile;
mod recover;
mod register;
mod second;
mod sign_in;
mod tokens;

use super::{
    form,
    plain::{self, Table},
    router::WebState,
    visit::Visit,
};
use axum::{
    Router,
    http::Method,
    routing::{get, post},
};

/// Every page and every form: method, address, and what answers.
fn table() -> Table {
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
        form("/account/sign-out-everywhere", post(sign_in::end_all)),
    ]
}

/// The routes of the pages and forms.
pub fn routes() -> Router<WebState> {
    plain::routes(table())
}

/// The method and address of each, for whoever checks that none was forgotten.
pub fn addresses() -> Vec<(Method, &'static str)> {
    plain::addresses(table())
}
