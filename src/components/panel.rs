//! The timer: what is being worked on, for how long, and the one big button.

use super::{
    belonging::belonging,
    field::{Hidden, OriginFields},
    line::{Line, LineField},
};
use crate::domain::{
    Catalog, Instant, Offsets, Seconds, Session, Settings,
    entry::Entry,
    form::{ADDRESS, Origin, intent},
};
use leptos::prelude::*;

/// The panel. The name field keeps what is typed while the page refreshes around it.
#[component]
pub fn TimerPanel(
    running: Signal<Option<Session>>,
    now: Signal<Instant>,
    settings: Settings,
    offsets: Signal<Offsets>,
    origin: Origin,
    catalog: Signal<Catalog>,
    /// What is worked on.
    line: Line,
    /// Asked for when the field is left.
    on_leave: Callback<()>,
) -> impl IntoView {
    let is_running = Memo::new(move |_| running.with(Option::is_some));
    let elapsed = move || {
        running.with(|running| {
            running
                .as_ref()
                .map_or(0, |session| session.span.seconds(now.get()))
        })
    };
    let id = move || {
        running.with(|running| {
            running
                .as_ref()
                .map(|session| session.id.to_string())
                .unwrap_or_default()
        })
    };
    let format = settings.hour_format;
    let since = move || {
        running.with(|running| {
            running.as_ref().map(|session| {
                let time = offsets.with(|offsets| offsets.time(session.span.from(), format));
                let started = session.id;
                view! {
                    <button class="since" form="edit" name="edit" value=started.to_string() title="Change when it began">
                        "since "{time}
                    </button>
                }
                .into_any()
            })
        })
    };
    let belonging = move || {
        running.with(|running| {
            let session = running.as_ref()?;
            let work = catalog.with(|catalog| belonging(&session.work, catalog));
            Some(work.into_string())
        })
    };
    view! {
        <form class="panel" class:panel--running=is_running method="post" action=ADDRESS aria-label="Timer">
            <OriginFields origin/>
            <Hidden name="named" value="1"/>
            <Hidden name="name_was" value=running.with_untracked(Entry::of_running)/>
            <input type="hidden" name="form[session]" prop:value=id value=untrack(id)/>
            <div class="panel-name">
                <LineField
                    line=line
                    id="name".to_owned()
                    label="What are you working on?"
                    most="500"
                    offers="Earlier names"
                    described_by="name-preview".to_owned()
                    on_leave=on_leave
                />
                <div class="panel-meta">
                    {move || since()}
                    <span class="panel-belonging" inner_html=move || belonging().unwrap_or_default()></span>
                    {line.preview("name")}
                    <button class="panel-enter quiet" tabindex="-1" name="form[intent]" value=move || if is_running.get() { intent::RENAME } else { intent::START }>
                        {move || if is_running.get() { "Rename" } else { "Begin" }}
                    </button>
                </div>
            </div>
            <time class="panel-clock" role="timer" aria-label="Elapsed">{move || Seconds(elapsed()).to_string()}</time>
            {move || if is_running.get() {
                view! { <button id="start-stop" class="primary panel-button" name="form[intent]" value=intent::STOP>"Stop"</button> }.into_any()
            } else {
                view! { <button id="start-stop" class="primary panel-button" name="form[intent]" value=intent::START>"Start"</button> }.into_any()
            }}
        </form>
    }
    .into_any()
}
