//! Tracked time: pages, commands and names.

use crate::{
    domain::{Done, Sheet, SheetQuery, form::CommandForm, history::Help},
    error::AppError,
    wire::{Json, Wire},
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::server::{device, sheet, state, status, submit, suggest};

/// The page that `query` asks for, as the viewer sees it.
#[server(prefix = "/rpc", endpoint = "sheet", input = Json, output = Wire)]
pub async fn load_sheet(query: SheetQuery) -> Result<Sheet, AppError> {
    let viewer = device::viewer().await?;
    status::told(sheet::load(&state::app(), viewer.as_ref(), &query).await)
}

/// Carries out what a form asks for. A browser without an account becomes a guest. Sent by a plain
/// form, the answer is a redirect to where it came from.
#[server(prefix = "/rpc", endpoint = "submit", output = Wire)]
pub async fn submit(form: CommandForm) -> Result<Done, AppError> {
    let viewer = device::viewer_or_guest(&form.zone).await?;
    let answer = submit::run(&state::app(), &viewer, &form).await;
    submit::redirect(&form, &answer);
    status::told_unless_form(answer.map(|receipt| submit::done(&viewer, &receipt)))
}

/// Help with the line that is typed, with the caret at `caret`, while nothing runs or something does.
#[server(prefix = "/rpc", endpoint = "suggest", input = Json, output = Wire)]
pub async fn suggest(
    typed: String,
    #[server(default)] caret: usize,
    #[server(default)] is_running: bool,
) -> Result<Help, AppError> {
    match device::viewer().await? {
        Some(viewer) => suggest::help(&state::app(), &viewer, &typed, caret, is_running).await,
        None => Ok(Help::default()),
    }
}
