//! What all pages of tracked time have in common: the sheet is loaded, its forms are taken over,
//! keys work, the tab says what runs, and messages appear.

use super::{message::ErrorMessage, sheet_state::SheetState};
use crate::{
    browser::{forms, hotkeys, outbox, page, ticker},
    components::{field::OriginFields, toast::Toast},
    domain::{
        Instant, Seconds, Session, SheetQuery,
        form::{ADDRESS, CommandForm, Origin, intent},
    },
    server_fns::{settings::guess_zone, tracking::load_sheet},
    wire::Postcard,
};
use leptos::{either::Either, prelude::*, suspense::Unsuspend, task::spawn_local};
use leptos_meta::{Html, Link, Title};
use leptos_router::hooks::use_query_map;

/// Loads the sheet at `period` (empty for the timer page) and shows it with `view`.
#[component]
pub fn SheetPage<V: IntoView + 'static>(
    #[prop(into)] period: Signal<String>,
    /// Makes the inside of the page, once for each period.
    view: fn(SheetState) -> V,
) -> impl IntoView {
    let query = use_query_map();
    let query = move |key: &str| query.with_untracked(|query| query.get(key).unwrap_or_default());
    let sheet = Resource::<_, Postcard>::new_with_options(
        move || period.get(),
        move |period| {
            let asked = ticker::milliseconds();
            let query = SheetQuery {
                period,
                done: query("done"),
                refused: query("refused"),
            };
            async move { load_sheet(query).await.map(|sheet| (asked, sheet)) }
        },
        false,
    );
    view! {
        <Transition>
            {move || sheet.get().map(|sheet| match sheet {
                Ok(sheet) => {
                    let (period, edit, add) = (period.get_untracked(), query("edit").parse().ok(), !query("add").is_empty());
                    // The sheet is the only resource: nothing in here is worth a first rendering
                    // that only looks for others.
                    Either::Left(Unsuspend::new(move || {
                        let state = SheetState::new(sheet, period, edit, add);
                        provide_context(state);
                        view! { <Frame state=state>{view(state)}</Frame> }
                    }))
                }
                Err(error) => Either::Right(view! { <ErrorMessage error=error/> }),
            })}
        </Transition>
    }
    .into_any()
}

/// The page around its content.
#[component]
fn Frame(state: SheetState, children: Children) -> impl IntoView {
    let sheet = state.sheet.read_untracked();
    let origin = Origin::of(&sheet, state.is_timer());
    listen(state);
    if sheet.account.is_some() && sheet.settings.zone.is_none() {
        Effect::new(move |_| settle_zone(state));
    }
    let (running, now) = (state.running(), state.now());
    // On the server the title is read after the page is rendered, when signals of its own are gone.
    let title = ArcRwSignal::new(tab_title(sheet.running.as_ref(), sheet.now));
    let shown = title.clone();
    Effect::new(move |_| shown.set(running.with(|running| tab_title(running.as_ref(), now.get()))));
    let icon = if sheet.running.is_some() {
        RUNNING_ICON
    } else {
        IDLE_ICON
    };
    Effect::new(move |_| {
        page::set_icon(if running.with(Option::is_some) {
            RUNNING_ICON
        } else {
            IDLE_ICON
        })
    });
    Effect::new(move |_| forms::on_submit(move |event| state.intercept(event)));
    let catalog = state.catalog();
    let projects = move || {
        catalog.with(|catalog| {
            let usable = catalog
                .projects
                .iter()
                .filter(|project| project.is_usable());
            let options = usable.map(|project| view! { <option value=project.path()></option> });
            options.collect_view()
        })
    };
    let is_lost = move || {
        state.now().track();
        state.offline.get() || outbox::is_late()
    };
    view! {
        <Html attr:data-theme=sheet.settings.theme.as_str()/>
        <Title text=move || title.get()/>
        <Link rel="icon" href=icon/>
        <div class="page" on:click=move |event| state.note_click(&event)>
            <main class="sheet">
                <p class="offline" role="alert" hidden=move || !is_lost()>
                    {LOST}
                </p>
                {sheet.settings.zone.is_none().then(|| view! { <noscript inner_html=ZONE_HINT></noscript> }.into_any())}
                {children()}
            </main>
            <form id="row" method="post" action=ADDRESS>
                <OriginFields origin=origin.clone()/>
            </form>
            <form id="edit" method="get" action=origin.back></form>
            <Toast notice=state.notice.into()/>
            <datalist id="projects">{move || projects()}</datalist>
        </div>
    }
    .into_any()
}

/// What the tab says.
fn tab_title(running: Option<&Session>, now: Instant) -> String {
    match running {
        Some(session) => format!("{} · Stint", title_of(session, now)),
        None => "Stint".to_owned(),
    }
}

/// What a tab says of what runs: for how long, and its name.
pub fn title_of(running: &Session, now: Instant) -> String {
    format!(
        "{} · {}",
        Seconds(running.span.seconds(now)),
        running.name.isolated()
    )
}

/// For browsers that cannot tell their zone. Set as text, since a browser with JavaScript does not
/// look inside.
const ZONE_HINT: &str = "<p class=\"hint\">Times are shown in UTC until you <a href=\"/settings\">choose your time zone</a>.</p>";

/// What a page says that stands while the server cannot be reached.
pub const LOST: &str =
    "Stint cannot be reached right now. What you see may be old; nothing you typed is lost.";

/// The icon of a tab while nothing runs.
pub const IDLE_ICON: &str = "/favicon.svg";
/// The same while something runs.
pub const RUNNING_ICON: &str = "/favicon-running.svg";

/// Tells a new account's server the browser's zone, and shows the page in it.
fn settle_zone(state: SheetState) {
    if let Some(zone) = page::time_zone() {
        spawn_local(async move {
            if guess_zone(zone).await.is_ok() {
                state.refresh();
            }
        });
    }
}

/// The keys that mean something on a page of tracked time only; [`super::keys`] has the others.
fn listen(state: SheetState) {
    Effect::new(move |_| {
        hotkeys::on_press(move |hotkey| {
            match (hotkey.key.as_str(), hotkey.control) {
                ("z", true) => state.send(form_for(if hotkey.shift {
                    intent::REDO_LATEST
                } else {
                    intent::UNDO_LATEST
                })),
                ("y", true) => state.send(form_for(intent::REDO_LATEST)),
                ("n", false) if state.is_timer() => page::focus("name"),
                ("s", false) if state.is_timer() => page::press("start-stop"),
                ("s", false) => state.send(match state.running().get_untracked() {
                    // It may arrive when another one runs.
                    Some(running) => CommandForm {
                        session: running.id.to_string(),
                        ..form_for(intent::STOP)
                    },
                    None => form_for(intent::START),
                }),
                _ => return false,
            }
            true
        });
    });
}

fn form_for(intent: &str) -> CommandForm {
    CommandForm {
        intent: intent.to_owned(),
        ..CommandForm::default()
    }
}
