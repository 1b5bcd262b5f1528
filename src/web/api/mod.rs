//! The API: what the pages can do, as JSON for programs.
//!
//! Tokens are all that counts here; the cookie means nothing. Whatever is not as asked is answered
//! with a [`Problem`](problem::Problem).

mod belonging;
mod carrier;
mod change_body;
mod clients;
mod commands;
mod describe;
mod devices;
mod door;
mod estimate;
pub mod export;
mod extract;
mod favourites;
mod filter;
mod grant;
mod guests;
mod history;
mod invitations;
mod item;
mod login;
mod me;
mod members;
mod moment;
mod money;
mod overview;
mod page;
mod period;
pub mod problem;
mod problem_kind;
mod projects;
mod rate_preview;
mod rates;
mod received_invitations;
mod register;
mod second_factor;
mod serde_words;
mod session;
pub mod session_body;
mod sessions;
mod suggestions;
mod tags;
mod team;
mod tokens;
mod unread;
mod value;

use super::{failure::Failure, router::WebState};
use axum::{
    Json, Router,
    extract::Request,
    http::header,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::any,
};
use describe::{Description, with_problems};
use problem::Problem;
use std::sync::LazyLock;
use utoipa::{OpenApi, openapi};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Where everything of the API lies.
pub const ROOT: &str = "/api/v1";

/// The calls and what they say of themselves.
fn described() -> OpenApiRouter<WebState> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(guests::create_guest))
        .routes(routes!(register::register))
        .routes(routes!(register::recover))
        .routes(routes!(login::login))
        .routes(routes!(login::refresh))
        .routes(routes!(login::logout))
        .routes(routes!(login::make_link_code))
        .routes(routes!(login::link))
        .routes(routes!(me::show_me, me::change_me, me::delete_me))
        .routes(routes!(export::show_export))
        .routes(routes!(me::change_password))
        .routes(routes!(register::renew_recovery_codes))
        .routes(routes!(second_factor::offer_second_factor))
        .routes(routes!(second_factor::confirm_second_factor))
        .routes(routes!(second_factor::remove_second_factor))
        .routes(routes!(devices::list_devices, devices::end_devices))
        .routes(routes!(devices::show_device, devices::end_device))
        .routes(routes!(
            tokens::list_tokens,
            tokens::make_token,
            tokens::remove_tokens
        ))
        .routes(routes!(tokens::show_token, tokens::remove_token))
        .routes(routes!(sessions::create_session, sessions::list_sessions))
        .routes(routes!(sessions::show_running))
        .routes(routes!(suggestions::suggest))
        .routes(routes!(
            session::show_session,
            session::change_session,
            session::delete_session
        ))
        .routes(routes!(session::stop_session))
        .routes(routes!(session::continue_session))
        .routes(routes!(session::duplicate_session))
        .routes(routes!(history::show_history))
        .routes(routes!(history::undo))
        .routes(routes!(history::redo))
        .routes(routes!(
            favourites::list_favourites,
            favourites::pin_session
        ))
        .routes(routes!(favourites::unpin))
        .routes(routes!(overview::show_overview))
        .routes(routes!(commands::run_commands))
        .routes(routes!(clients::list_clients, clients::make_client))
        .routes(routes!(
            clients::show_client,
            clients::change_client,
            clients::delete_client
        ))
        .routes(routes!(projects::list_projects, projects::make_project))
        .routes(routes!(
            projects::show_project,
            projects::change_project,
            projects::delete_project
        ))
        .routes(routes!(members::list_members))
        .routes(routes!(
            members::show_member,
            members::change_member,
            members::end_membership
        ))
        .routes(routes!(
            invitations::invite,
            invitations::list_open_invitations
        ))
        .routes(routes!(invitations::withdraw_invitation))
        .routes(routes!(received_invitations::list_invitations))
        .routes(routes!(received_invitations::show_code))
        .routes(routes!(received_invitations::accept_code))
        .routes(routes!(received_invitations::decline_code))
        .routes(routes!(received_invitations::accept_invitation))
        .routes(routes!(received_invitations::decline_invitation))
        .routes(routes!(rates::list_rates, rates::make_rate))
        .routes(routes!(rate_preview::preview_rate))
        .routes(routes!(rate_preview::preview_rounding))
        .routes(routes!(rate_preview::preview_client))
        .routes(routes!(rate_preview::preview_project_end))
        .routes(routes!(rate_preview::preview_client_end))
        .routes(routes!(
            rates::show_rate,
            rates::change_rate,
            rates::delete_rate
        ))
        .routes(routes!(estimate::show_estimate))
        .routes(routes!(team::list_team_sessions))
        .routes(routes!(team::show_team_overview))
        .routes(routes!(tags::list_tags, tags::make_tag))
        .routes(routes!(tags::show_tag, tags::change_tag, tags::delete_tag))
        .routes(routes!(tags::merge_tag))
}

/// What the API can do, as OpenAPI 3.1.
pub fn description() -> &'static openapi::OpenApi {
    static DESCRIPTION: LazyLock<openapi::OpenApi> =
        LazyLock::new(|| with_problems(described().into_openapi()));
    &DESCRIPTION
}

/// Where the API describes itself.
pub const DESCRIPTION: &str = "/api/v1/openapi.json";

/// The description.
pub async fn show_description() -> Json<&'static openapi::OpenApi> {
    Json(description())
}

/// The routes of the API.
pub fn routes() -> Router<WebState> {
    let (calls, _) = described().split_for_parts();
    let no_such_call = async || Problem::not_found();
    let calls = calls
        .route_layer(from_fn(unread::refuse))
        .fallback(no_such_call)
        .method_not_allowed_fallback(async || Problem::from(Failure::NoSuchMethod));
    Router::new()
        .nest(ROOT, calls)
        .route("/api", any(no_such_call))
        .route("/api/", any(no_such_call))
        .route("/api/{*rest}", any(no_such_call))
}

/// Whether an address belongs to the API, of whatever version.
pub fn is_call(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Puts failures that happen on the way to the API into its words.
pub async fn speak_problems(request: Request, next: Next) -> Response {
    let is_call = is_call(request.uri().path());
    let response = next.run(request).await;
    match response.extensions().get::<Failure>() {
        Some(failure) if is_call => {
            let mut problem = Problem::from(*failure).into_response();
            for name in [header::CONNECTION, header::RETRY_AFTER, header::ALLOW] {
                if let Some(value) = response.headers().get(&name) {
                    problem.headers_mut().insert(name, value.clone());
                }
            }
            problem
        }
        _ => response,
    }
}
