//! Lists of sessions. Every row works as it stands: its buttons belong to the page's two forms,
//! `row` (post) and `edit` (get).

use super::{
    belonging::Belonging,
    swatch::{Swatch, hue},
};
use crate::domain::{
    Bucket, Catalog, HourFormat, Instant, Offsets, Seconds, Session, SessionId, Settings, Span,
    date, form::intent,
};
use leptos::prelude::*;

/// What all rows of a page share.
#[derive(Clone)]
pub struct RowContext {
    pub settings: Settings,
    pub offsets: Signal<Offsets>,
    pub catalog: Signal<Catalog>,
    pub now: Signal<Instant>,
    /// For each session that overlaps another one unasked, that other one.
    pub overlaps: Memo<std::collections::HashMap<SessionId, (SessionId, String)>>,
}

/// One session, with the seconds of it that lie in `within`.
#[component]
pub fn SessionRow(session: Session, within: Bucket, context: RowContext) -> impl IntoView {
    let RowContext {
        settings,
        offsets,
        catalog,
        now,
        overlaps,
    } = context;
    let name = session.name.shown().to_owned();
    let id = session.id;
    let span = session.span;
    let running = session.is_running();
    let times = move || {
        offsets.with(|offsets| written_times(&span, &within, offsets, settings.hour_format))
    };
    let format = settings.duration_format;
    let duration = if running {
        view! { {move || Seconds(within.seconds(&span, now.get())).written(format)} }.into_any()
    } else {
        Seconds(within.seconds(&span, within.to))
            .written(format)
            .into_any()
    };
    let whole =
        (!running && within.seconds(&span, within.to) < span.seconds(within.to)).then(|| {
            format!(
                "part of {}",
                Seconds(span.seconds(within.to)).written(format)
            )
        });
    let warning = move || {
        overlaps.with(|overlaps| overlaps.get(&id).cloned()).map(|(other, other_name)| {
            view! {
                <p class="row-warning">
                    <span>"Overlaps “"<bdi>{other_name}</bdi>"”"</span>
                    <button class="quiet" form="row" name="form[press]" value=format!("{}/{other}/{id}", intent::TRIM)>"Trim the other"</button>
                    <button class="quiet" form="row" name="form[press]" value=format!("{}/{id}", intent::KEEP_OVERLAP)>"Keep both"</button>
                </p>
            }
            .into_any()
        })
    };
    let (hue, belonging) = catalog.with_untracked(|catalog| {
        let belonging = view! { <Belonging work=&session.work catalog/> }.into_any();
        (hue(&session, catalog), belonging)
    });
    let press = |intent: &str| format!("{intent}/{id}");
    view! {
        <div class="row-main">
            <span class="row-name"><Swatch hue/><bdi>{name.clone()}</bdi></span>
            {belonging}
            {whole.map(|whole| view! { <span class="row-note">{whole}</span> }.into_any())}
            {move || warning()}
        </div>
        <span class="row-time">{move || times()}</span>
        <span class="row-duration">{duration}</span>
        <div class="row-actions">
            {(!running).then(|| view! {
                <button class="icon-button icon-button-main icon-play" form="row" name="form[press]" value=press(intent::CONTINUE) aria-label=format!("Continue {name}") title="Continue"></button>
            }.into_any())}
            <button class="icon-button icon-pencil" form="edit" name="edit" value=id.to_string() aria-label=format!("Edit {name}") title="Edit"></button>
            <button class="icon-button icon-copy" form="row" name="form[press]" value=press(intent::DUPLICATE) aria-label=format!("Duplicate {name}") title="Duplicate"></button>
            <button class="icon-button icon-cross" form="row" name="form[press]" value=press(intent::DELETE) aria-label=format!("Delete {name}") title=if running { "Discard" } else { "Delete" }></button>
        </div>
    }
    .into_any()
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
