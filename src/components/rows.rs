//! Rows of sessions. Every row works as it stands: its buttons belong to the page's two forms, `row`
//! (post) and `edit` (get). A page has hundreds of rows in which nothing listens, so what a row says is
//! written as text in both builds; only the duration of the running session is a view that ticks.

use super::{belonging::belonging, selection::select_box, swatch::hue};
use crate::domain::{
    Bucket, Catalog, DurationFormat, HourFormat, Instant, Offsets, Seconds, Session, SessionId,
    Sheet, Span, date, form::intent,
};
use leptos::prelude::*;
use maud::{Markup, PreEscaped, html};
use std::collections::HashMap;

/// For each session that overlaps another one unasked, that other one and its name.
pub type Overlaps = HashMap<SessionId, (SessionId, String)>;

/// What all rows of a page share.
#[derive(Clone, Copy)]
pub struct RowContext {
    pub hours: HourFormat,
    pub format: DurationFormat,
    pub sheet: RwSignal<Sheet>,
    pub now: Signal<Instant>,
    /// How many of the days and sessions shown have begun.
    pub begun: Memo<i64>,
    pub overlaps: Memo<Overlaps>,
}

/// One session as an item of a list, with the seconds of it that lie in `within`; selected from the
/// start or not.
///
/// What changes is an attribute's own affair: it is only set where its text is another one, so that the
/// boxes and the focus in other rows stay.
pub fn session_row(
    session: Session,
    within: Signal<Bucket>,
    context: RowContext,
    is_selected: bool,
) -> AnyView {
    let RowContext {
        overlaps, format, ..
    } = context;
    let span = session.span;
    let times = move |within: Bucket, sheet: &Sheet| {
        written_times(&span, &within, &sheet.overview.offsets, context.hours)
    };
    let duration = move |within: Bucket, now| Seconds(within.seconds(&span, now)).written(format);
    let (select, actions) = (select_box(&session, is_selected), actions(&session));
    let is_running = session.is_running();
    let main = move |within: Bucket, sheet: &Sheet, overlaps: &Overlaps| {
        main(&session, &within, &sheet.catalog, overlaps, format)
    };
    if is_running {
        let main = move || {
            overlaps.with(|overlaps| {
                context
                    .sheet
                    .with(|sheet| main(within.get(), sheet, overlaps))
            })
        };
        return view! {
            <li class="row row--running">
                <span class="row-part" inner_html=select.into_string()></span>
                <div class="row-main" inner_html=move || main().into_string()></div>
                <span class="row-time">{move || context.sheet.with(|sheet| times(within.get(), sheet))}</span>
                <span class="row-duration">{move || duration(within.get(), context.now.get())}</span>
                <div class="row-actions" inner_html=actions.into_string()></div>
            </li>
        }
        .into_any();
    }
    let inside = move |sheet: &Sheet, overlaps: &Overlaps| {
        let within = within.get();
        html! {
            (select)
            div.row-main { (main(within, sheet, overlaps)) }
            span.row-time { (times(within, sheet)) }
            span.row-duration { (duration(within, within.to)) }
            div.row-actions { (actions) }
        }
        .into_string()
    };
    let inside =
        move || overlaps.with(|overlaps| context.sheet.with(|sheet| inside(sheet, overlaps)));
    view! { <li class="row" inner_html=inside></li> }.into_any()
}

fn main(
    session: &Session,
    within: &Bucket,
    catalog: &Catalog,
    overlaps: &Overlaps,
    format: DurationFormat,
) -> Markup {
    let (id, span) = (session.id, &session.span);
    let whole = span.seconds(within.to);
    let is_part = !session.is_running() && within.seconds(span, within.to) < whole;
    html! {
        span.row-name {
            span.{ "swatch " (hue(session, catalog)) } aria-hidden="true" {}
            bdi { (session.name.shown()) }
        }
        (belonging(&session.work, catalog))
        @if is_part {
            span.row-note { "part of " (Seconds(whole).written(format)) }
        }
        @if let Some((other, other_name)) = overlaps.get(&id) {
            p.row-warning {
                span { "Overlaps “" bdi { (other_name) } "”" }
                button.quiet form="row" name="form[press]" value={ (intent::TRIM) "/" (other) "/" (id) } { "Trim the other" }
                button.quiet form="row" name="form[press]" value={ (intent::KEEP_OVERLAP) "/" (id) } { "Keep both" }
            }
        }
    }
}

fn actions(session: &Session) -> Markup {
    let (id, name) = (PreEscaped(session.id.to_string()), session.name.shown());
    let discard = if session.is_running() {
        "Discard"
    } else {
        "Delete"
    };
    html! {
        @if !session.is_running() {
            button.icon-button.icon-button-main.icon-play form="row" name="form[press]" value={ (intent::CONTINUE) "/" (id) } aria-label={ "Continue " (name) } title="Continue" {}
        }
        button.icon-button.icon-pencil form="edit" name="edit" value=(id) aria-label={ "Edit " (name) } title="Edit" {}
        button.icon-button.icon-copy form="row" name="form[press]" value={ (intent::DUPLICATE) "/" (id) } aria-label={ "Duplicate " (name) } title="Duplicate" {}
        button.icon-button.icon-cross form="row" name="form[press]" value={ (intent::DELETE) "/" (id) } aria-label={ "Delete " (name) } title=(discard) {}
    }
}

/// `13:42 – now`; a day is named where a session leaves the one it is listed under.
fn written_times(span: &Span, within: &Bucket, offsets: &Offsets, format: HourFormat) -> String {
    let moment = |at: Instant| {
        let time = offsets.time(at, format);
        let elsewhere = at < within.from || at > within.to;
        if elsewhere {
            format!("{} {time}", date::short(offsets.local(at).date()))
        } else {
            time
        }
    };
    match span.to() {
        Some(to) => format!("{} – {}", moment(span.from()), moment(to)),
        None => format!("{} – now", moment(span.from())),
    }
}
