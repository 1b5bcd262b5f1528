//! Tracked time: pages, commands and names.

use crate::{
    domain::{Done, Sheet, SheetQuery, form::CommandForm, history::Help},
    error::AppError,
    wire::{Json, Wire},
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::{
    domain::{FieldErrors, form::MOST_FORMS},
    server::{device, queries::for_request, sheet, state, status, submit, suggest},
};

/// The page that `query` asks for, as the viewer sees it.
#[server(prefix = "/rpc", endpoint = "sheet", input = Json, output = Wire)]
pub async fn load_sheet(query: SheetQuery) -> Result<Sheet, AppError> {
    let sheet = for_request(async {
        let viewer = device::viewer().await?;
        sheet::load(&state::app(), viewer.as_ref(), &query).await
    });
    status::told(sheet.await)
}

/// Carries out what a form asks for. A browser without an account becomes a guest. Sent by a plain
/// form, the answer is a redirect to where it came from.
#[server(prefix = "/rpc", endpoint = "submit", output = Wire)]
pub async fn submit(form: CommandForm) -> Result<Done, AppError> {
    let answer = async {
        let viewer = device::sender_of(&form.account, &form.zone).await?;
        let receipt = submit::run(&state::app(), &viewer, &form).await?;
        Ok((viewer, receipt))
    };
    let answer = answer.await;
    submit::redirect(&form, answer.as_ref().map(|(_, receipt)| receipt));
    status::told_unless_form(answer.map(|(viewer, receipt)| submit::done(&viewer, &receipt)))
}

/// Carries out forms one after the other, for a page that is left and hears no answers. At most
/// [`MOST_FORMS`](crate::domain::form::MOST_FORMS).
#[server(prefix = "/rpc", endpoint = "submit-all", output = Wire)]
pub async fn submit_all(forms: Vec<CommandForm>) -> Result<(), AppError> {
    let work = async {
        let Some(first) = forms.first() else {
            return Ok(());
        };
        if forms.len() > MOST_FORMS {
            let message = format!("Send {MOST_FORMS} forms at most.");
            return Err(FieldErrors::one("forms", message).into());
        }
        let viewer = device::sender_of(&first.account, &first.zone).await?;
        submit::run_all(state::app(), viewer, forms).await
    };
    status::told(work.await)
}

/// Help with the line that is typed, with the caret at `caret`, while nothing runs or something does.
#[server(prefix = "/rpc", endpoint = "suggest", input = Json, output = Wire)]
pub async fn suggest(
    typed: String,
    #[server(default)] caret: usize,
    #[server(default)] is_running: bool,
) -> Result<Help, AppError> {
    match device::viewer().await? {
        Some(viewer) => {
            let who = (viewer.account, &viewer.settings);
            suggest::help(&state::app(), who, &typed, caret, is_running).await
        }
        None => Ok(Help::default()),
    }
}
