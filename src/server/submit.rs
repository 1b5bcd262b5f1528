//! Carries out a form, and answers browsers that sent it without JavaScript.

use super::{
    device::{self, Viewer},
    entry,
    form::read_command,
    queries, refused,
    state::AppState,
    store::{Asked, Direction, Named},
    zone,
};
use crate::{
    domain::{
        Action, Catalog, CommandId, Done, Instant, Notice, Receipt, Settings,
        form::{CommandForm, intent},
        session::whole_second,
    },
    error::AppError,
    wire,
};

/// What the form asks for, done once however often it is sent.
pub async fn run(
    state: &AppState,
    viewer: &Viewer,
    form: &CommandForm,
) -> Result<Receipt, AppError> {
    let form = form.clone().spelled_out();
    let now = state.clock.now();
    let (given, asked) = match form.intent.as_str() {
        intent::UNDO_LATEST => (step(&form, now)?, Asked::Step(Direction::Undo)),
        intent::REDO_LATEST => (step(&form, now)?, Asked::Step(Direction::Redo)),
        _ => {
            let command = read_command(&form, &viewer.settings, now)?;
            let named = Named {
                action: command.action,
                naming: form.naming()?,
                // Where no project is given beside it, the line has named it.
                field: form.project.is_empty().then_some("name"),
                is_known: !form.again.is_empty(),
            };
            ((command.id, command.at), named.into())
        }
    };
    let carried = state.store.carry_out(viewer, given, asked, now).await?;
    Ok(carried.receipt)
}

/// What the forms ask for, in their order. What is refused keeps none of the others. It goes on to its end
/// although whoever sent them is gone.
pub async fn run_all(
    state: AppState,
    viewer: Viewer,
    forms: Vec<CommandForm>,
) -> Result<(), AppError> {
    queries::to_its_end(async move {
        for form in forms {
            if let Err(error) = run(&state, &viewer, &form).await {
                tracing::warn!(%error, intent = form.intent, "a form of a page that was left was not carried out");
            }
        }
        Ok(())
    })
    .await
}

/// The id and the moment of a step.
fn step(form: &CommandForm, now: Instant) -> Result<(CommandId, Instant), AppError> {
    Ok((form.id()?, whole_second(form.at(now)?)))
}

/// What the page that asked is told, in the viewer's zone.
pub fn done(viewer: &Viewer, receipt: &Receipt) -> Done {
    Done {
        changes: receipt.changes.clone(),
        notice: notice(&viewer.settings, receipt),
    }
}

/// What a person with these settings is told of what was done.
pub fn notice(settings: &Settings, receipt: &Receipt) -> Notice {
    let sides = receipt
        .changes
        .iter()
        .flat_map(|change| [&change.before, &change.after])
        .flatten();
    let stops = || sides.clone().filter_map(|session| session.span.to());
    let (from, to) = (stops().min(), stops().max());
    let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
    let offsets = zone::offsets(&settings.zone(), from, to);
    Notice::of(receipt, &offsets, settings.hour_format)
}

/// What a line was understood as, for whoever saw no preview: `09:30 – 11:00, 1:30:00 · project acme/web · tag bug`.
/// `None` where it said nothing but a name.
pub fn understood(
    settings: &Settings,
    catalog: &Catalog,
    receipt: &Receipt,
    now: Instant,
) -> Option<String> {
    let (work, has_time) = match &receipt.action {
        Action::Start { from, work, .. } => (work, from.is_some()),
        Action::Add { work, .. } => (work, true),
        Action::Stop { work, .. } | Action::Rename { work, .. } => (work, false),
        _ => return None,
    };
    let session = receipt.changes.last()?.after.as_ref()?;
    let time = has_time.then(|| entry::told(&session.span, settings, now));
    let project = work.project.and_then(|_| catalog.project_of(&session.work));
    let project = project.map(|project| format!("project {}", project.path()));
    let tags = catalog
        .tags_of(&session.work)
        .filter(|_| work.all_tags().next().is_some());
    let tags = tags.map(|tag| format!("tag {}", tag.name));
    let billable = work.billable.map(|_| match session.work.billable {
        true => "billable".to_owned(),
        false => "not billable".to_owned(),
    });
    let parts = time.into_iter().chain(project).chain(tags).chain(billable);
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| format!("{}.", parts.join(" · ")))
}

/// Sends a browser without JavaScript back to where the form was, with the command to report on or
/// with what was typed and refused. Has no effect on answers to scripts.
pub fn redirect(form: &CommandForm, answer: Result<&Receipt, &AppError>) {
    if !wire::is_plain_form() {
        return;
    }
    let back = local_path(&form.back);
    let separator = if back.contains('?') { '&' } else { '?' };
    let location = match (answer, form.id()) {
        (Ok(receipt), _) => format!("{back}{separator}done={}", receipt.command),
        (Err(error), Ok(command)) => {
            let refused = error.refuse(form.clone().spelled_out());
            let edited = match refused.form.intent.as_str() {
                intent::EDIT => format!("&edit={}", refused.form.session),
                intent::ADD => "&add=1".to_owned(),
                _ => String::new(),
            };
            if let Some(sender) = device::sender() {
                refused::COMMANDS.keep(sender, command, refused);
            }
            format!("{back}{separator}refused={command}{edited}")
        }
        (Err(_), Err(_)) => back,
    };
    device::redirect_form(&location);
}

/// Only addresses of this site: a path, and not one that a browser takes for another host.
pub fn local_path(typed: &str) -> String {
    let local = typed.starts_with('/')
        && !typed.starts_with("//")
        && !typed.contains('\\')
        && typed.chars().all(|c| c.is_ascii_graphic());
    if local {
        typed.to_owned()
    } else {
        "/".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_led_back_to() {
        for good in [
            "/",
            "/day/2026-11-20",
            "/week/2026-W47?edit=1&done=2#row",
            "/last/7-days?to=https://evil.test",
            "/a//b",
        ] {
            assert_eq!(local_path(good), good);
        }
        for bad in [
            "",
            "day",
            "//evil.test",
            "///evil.test",
            r"/\evil.test",
            r"/day\..\..",
            "https://evil.test",
            "https:/evil.test",
            "javascript:alert(1)",
            " /day",
            "/day ",
            "/\t/evil.test",
            "/\n/evil.test",
            "/\r\nset-cookie: a=b",
            "\t//evil.test",
            "/täglich",
        ] {
            assert_eq!(local_path(bad), "/", "{bad:?}");
        }
    }
}
