//! Pages for what sessions belong to: projects with their members and invitations, clients, tags.
//! Plain documents with plain forms, like those of accounts.

mod answer;
mod clients;
mod fields;
mod home;
mod hours;
mod invite;
mod list;
mod members;
mod named;
pub(super) mod part;
mod settings;
mod tags;

use super::{
    form,
    place::{At, Done},
    plain::{self, Table},
    router::WebState,
    visit::Visit,
};
use axum::{
    Router,
    http::Method,
    routing::{get, post},
};
use serde::Deserialize;

/// Every page and every form: method, address, and what answers.
fn table() -> Table {
    let page = |address, answer| (Method::GET, address, answer);
    let form = |address, answer| (Method::POST, address, answer);
    vec![
        page("/projects", get(list::show)),
        form("/projects", post(list::make)),
        page("/project/{id}", get(home::show)),
        form("/project/{id}/settings", post(settings::change)),
        form("/project/{id}/archive", post(settings::archive)),
        form("/project/{id}/delete", post(settings::delete)),
        form("/project/{id}/leave", post(members::leave)),
        form(
            "/project/{id}/members/{account}/role",
            post(members::change_role),
        ),
        form(
            "/project/{id}/members/{account}/remove",
            post(members::remove),
        ),
        form("/project/{id}/invitations", post(invite::by_name)),
        form("/project/{id}/invitation-link", post(invite::by_link)),
        form(
            "/project/{id}/invitations/{invitation}/withdraw",
            post(invite::withdraw),
        ),
        form("/invitations/{id}/accept", post(answer::accept)),
        form("/invitations/{id}/decline", post(answer::decline)),
        page("/invitation", get(answer::show)),
        form("/invitation/accept", post(answer::accept_code)),
        form("/invitation/decline", post(answer::decline_code)),
        page("/clients", get(clients::show)),
        form("/clients", post(clients::make)),
        form("/clients/{id}/rename", post(clients::rename)),
        form("/clients/{id}/archive", post(clients::archive)),
        form("/clients/{id}/delete", post(clients::delete)),
        page("/tags", get(tags::show)),
        form("/tags", post(tags::make)),
        form("/tags/{id}/rename", post(tags::rename)),
        form("/tags/merge", post(tags::merge)),
        form("/tags/{id}/delete", post(tags::delete)),
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

/// A form with one name in it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct NameForm {
    name: String,
}

/// Whether somebody who was told what a change touches goes on with it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct SureForm {
    sure: String,
}

/// Whether something is to be out of use.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ArchiveForm {
    /// `no` takes it back into use.
    archived: String,
}

impl ArchiveForm {
    fn is_archived(&self) -> bool {
        self.archived != "no"
    }
}
