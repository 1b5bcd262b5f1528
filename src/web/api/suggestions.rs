//! Help with a line that is typed, as the pages give it.

use super::{
    extract::{Query, Reader},
    problem::Problem,
};
use crate::{domain::history::Suggestion, server::suggest, web::router::WebState};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// As long as an `entry` may be.
const MOST_TYPED: usize = 2000;

/// The line so far.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Typed {
    /// As `entry` of a session is written.
    #[serde(default)]
    #[param(required = false, max_length = 2000, example = "fix login @acme")]
    typed: String,
    /// Where in it the caret stands, in UTF-16 code units; at its end, if it is not said. A project or tag
    /// is completed there.
    #[param(minimum = 0)]
    caret: Option<usize>,
    /// Whether the line is about a session that there is: then it names it, and no times are read. What is offered then
    /// says nothing of what is billable.
    #[serde(default)]
    #[param(required = false)]
    running: bool,
}

/// A line to choose instead of what is typed.
#[derive(Serialize, ToSchema)]
#[schema(as = Suggestion)]
pub struct SuggestionBody {
    /// What it is called.
    #[schema(example = "Acme/Web site")]
    name: String,
    /// What it belongs to, or what kind of thing it is; may be empty.
    note: String,
    /// The whole line with it.
    #[schema(example = "fix login @\"Acme/Web site\" ")]
    line: String,
}

impl From<Suggestion> for SuggestionBody {
    fn from(suggestion: Suggestion) -> Self {
        Self {
            name: suggestion.shown,
            note: suggestion.note,
            line: suggestion.line,
        }
    }
}

/// What can be meant by a line.
#[derive(Serialize, ToSchema)]
pub struct Suggestions {
    /// Names that were used before, or projects or tags; eight at most, likeliest first.
    items: Vec<SuggestionBody>,
    /// What the line would do; null where it is nothing but a name.
    #[schema(required, example = "Starts “fix login” · project Acme/Web site")]
    preview: Option<String>,
}

/// Completes a line, and tells what it means.
#[utoipa::path(
    get, path = "/suggestions", tag = "Sessions", params(Typed),
    responses((status = 200, description = "What can be meant", body = Suggestions))
)]
pub async fn suggest(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(line): Query<Typed>,
) -> Result<Json<Suggestions>, Problem> {
    if line.typed.chars().count() > MOST_TYPED {
        return Err(Problem::invalid("typed", "Send at most 2000 characters."));
    }
    let settings = state.app.store.settings(caller.account).await?;
    let caret = line
        .caret
        .unwrap_or_else(|| line.typed.encode_utf16().count());
    let who = (caller.account, &settings);
    let help = suggest::help(&state.app, who, &line.typed, caret, line.running).await?;
    Ok(Json(Suggestions {
        items: help.suggestions.into_iter().map(Into::into).collect(),
        preview: Some(help.preview).filter(|preview| !preview.is_empty()),
    }))
}
