//! The sessions of a day, and the form to add one.

use super::{line::line, sheet_state::SheetState};
use crate::{
    components::{
        drawing::EmptyDrawing,
        edit_form::EditForm,
        rows::{RowContext, session_row},
    },
    domain::{Bucket, Period, Seconds, Session, Sheet, date, form::Origin, overlap::overlaps},
};
use leptos::prelude::*;
use std::collections::HashMap;

/// What all rows of a page share.
pub fn row_context(state: SheetState) -> RowContext {
    let begun = Memo::new(move |_| {
        let now = state.now().get();
        state.sheet.with(|Sheet { overview, .. }| {
            let days = overview.days.iter().map(|day| day.from <= now);
            let sessions = overview.sessions.iter().map(|it| it.span.from() < now);
            days.chain(sessions).map(i64::from).sum()
        })
    });
    let found = Memo::new(move |_| {
        begun.track();
        state.sheet.with(|sheet| {
            let sessions = &sheet.overview.sessions;
            let names: HashMap<_, _> = sessions
                .iter()
                .map(|session| (session.id, session.name.shown()))
                .collect();
            let named = |other| {
                (
                    other,
                    names
                        .get(&other)
                        .map_or_else(String::new, |name| (*name).to_owned()),
                )
            };
            overlaps(sessions, state.now().get_untracked())
                .into_iter()
                .map(|(id, other)| (id, named(other)))
                .collect()
        })
    });
    let (hours, format) = state.sheet.with_untracked(|sheet| {
        let settings = &sheet.settings;
        (settings.hour_format, settings.duration_format)
    });
    RowContext {
        hours,
        format,
        sheet: state.sheet,
        now: state.now(),
        begun,
        overlaps: found,
    }
}

/// The sessions that touch a day, under `heading`.
#[component]
pub fn DayGroup(
    state: SheetState,
    #[prop(into)] day: Signal<Bucket>,
    context: RowContext,
    /// The name of the list; `None` stands for the date, which then links to the day.
    #[prop(optional)]
    heading: Option<&'static str>,
    /// Whether the page says the total of this day elsewhere.
    #[prop(optional)]
    is_summed: bool,
) -> impl IntoView {
    // A form stays as it is typed, and where it is, whatever becomes of its session meanwhile.
    let sessions = Memo::new(move |before: Option<&Vec<Session>>| {
        context.begun.track();
        let (day, now) = (day.get(), state.now().get_untracked());
        let mut shown: Vec<_> = state.sheet.with(|sheet| {
            let sessions = sheet.overview.sessions.iter();
            let held = sessions.filter(|session| day.holds(&session.span, now));
            held.cloned().collect()
        });
        let edited = state.editing.get();
        let form = |sessions: &[Session]| sessions.iter().position(|it| edited == Some(it.id));
        if let Some(before) = before
            && let Some(place) = form(before)
            && form(&shown).is_none()
        {
            shown.insert(place.min(shown.len()), before[place].clone());
        }
        shown
    });
    let format = context.format;
    let total = move || {
        let (day, now) = (day.get(), state.now().get());
        let seconds = |session: &Session| day.seconds(&session.span, now);
        let total = |sheet: &Sheet| sheet.overview.sessions.iter().map(seconds).sum();
        Seconds(state.sheet.with(total)).written(format)
    };
    let date = day.get_untracked().date;
    // Whether a row is the form to edit it is part of what it is: nothing listens in the others.
    let rows = move || {
        let edited = state.editing.get();
        let sessions = sessions.get().into_iter();
        sessions
            .map(|session| (edited == Some(session.id), session))
            .collect::<Vec<_>>()
    };
    let is_empty = Memo::new(move |_| sessions.with(Vec::is_empty));
    view! {
        <section class="day-list" aria-label=heading.map_or_else(|| date::long(date), str::to_owned)>
            <header class="list-head">
                {match heading {
                    Some(heading) => view! { <h2>{heading}</h2> }.into_any(),
                    None => view! { <h2><a href=Period::Day(date).path()>{date::long(date)}</a></h2> }.into_any(),
                }}
                {match heading {
                    Some(_) if is_summed => ().into_any(),
                    Some(_) => view! { <section class="total-figure" aria-label="Total">{move || total()}</section> }.into_any(),
                    None => view! { <p class="total-figure">{move || total()}</p> }.into_any(),
                }}
            </header>
            <ul class="rows">
                <For
                    each=rows
                    key=|(is_edited, session)| (session.id, (!is_edited).then_some(session.version))
                    children=move |(is_edited, session)| row(state, session, day, context, is_edited)
                />
            </ul>
            {move || is_empty.get().then(|| view! { <EmptyDay is_timer=state.is_timer()/> }.into_any())}
        </section>
    }
    .into_any()
}

/// A row, or the form to edit it.
fn row(
    state: SheetState,
    session: Session,
    day: Signal<Bucket>,
    context: RowContext,
    is_edited: bool,
) -> AnyView {
    if is_edited {
        return view! { <li class="row"><SessionForm state session=Some(session)/></li> }
            .into_any();
    }
    let is_selected = state.stays_selected(session.id);
    session_row(session, day, context, is_selected)
}

/// The form to edit a session, or to add one.
#[component]
fn SessionForm(state: SheetState, session: Option<Session>) -> impl IntoView {
    let (offsets, catalog, origin) = state.sheet.with_untracked(|sheet| {
        (
            sheet.overview.offsets.clone(),
            sheet.catalog.clone(),
            Origin::of(sheet, state.is_timer()),
        )
    });
    let on_cancel = Callback::new(move |()| {
        state.editing.set(None);
        state.adding.set(false);
        state.refused.set(None);
        state
            .notice
            .update(|notice| *notice = notice.take().filter(|notice| !notice.is_error));
    });
    let line = |id: &str, text| line(id, text, Signal::stored(true));
    view! { <EditForm session offsets catalog origin refused=state.refused.into() line on_cancel/> }
        .into_any()
}

/// The button that opens the form to add a session, or the form.
#[component]
pub fn AddSession(state: SheetState) -> impl IntoView {
    view! {
        <div class="add-session">
            {move || if state.adding.get() {
                view! { <SessionForm state=state session=None/> }.into_any()
            } else {
                view! { <button class="plain add-button" form="edit" name="add" value="1">"Add session"</button> }.into_any()
            }}
        </div>
    }
    .into_any()
}

/// What to do when nothing was tracked.
#[component]
fn EmptyDay(is_timer: bool) -> impl IntoView {
    let first_step = if is_timer {
        "Say what you are working on and press Start, or add a session you forgot."
    } else {
        "Add a session that belongs here, or start one on the timer's page."
    };
    view! {
        <div class="empty">
            <EmptyDrawing/>
            <p class="empty-title">"Nothing tracked yet"</p>
            <p>{first_step}</p>
        </div>
    }
    .into_any()
}
