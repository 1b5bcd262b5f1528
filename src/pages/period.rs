//! A day, a week, a month, or a rolling window.

use super::{
    forgotten::Forgotten,
    list::{AddSession, DayGroup, row_context},
    picture::Picture,
    sheet::SheetPage,
    sheet_state::SheetState,
};
use crate::{
    components::{
        drawing::EmptyDrawing, part_sums::PartSums, period_head::PeriodHead, rows::RowContext,
        worth::WorthLine,
    },
    domain::{Bucket, Seconds, Sheet},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The page at a period's address.
#[component]
pub fn PeriodPage() -> impl IntoView {
    let path = use_location().pathname;
    // On the way to another page the path is already that page's.
    let address = Memo::new(move |before: Option<&String>| {
        let address = path.with(|path| path.trim_matches('/').to_owned());
        let is_ours = ["day", "week", "month", "last"]
            .iter()
            .any(|kind| address.starts_with(kind));
        before.filter(|_| !is_ours).cloned().unwrap_or(address)
    });
    view! { <SheetPage period=address view=overview/> }.into_any()
}

fn overview(state: SheetState) -> impl IntoView {
    let sheet = state.sheet.read_untracked();
    let context = row_context(state);
    let settings = sheet.settings.clone();
    let format = settings.duration_format;
    let head = move || {
        let place = |sheet: &Sheet| (sheet.overview.period, sheet.today);
        let (period, today) = state.sheet.with(place);
        view! { <PeriodHead period today settings=settings.clone()/> }
    };
    let total = move || {
        let now = state.now().get();
        Seconds(state.sheet.with(|sheet| sheet.overview.total(now))).written(format)
    };
    let list = if sheet.overview.days.len() == 1 {
        let day = Memo::new(move |_| state.sheet.with(|sheet| sheet.overview.days[0]));
        view! { <DayGroup state=state day=day context=context heading="Sessions" is_summed=true/> }
            .into_any()
    } else {
        view! { <Days state=state context=context/> }.into_any()
    };
    view! {
        {move || head()}
        <Forgotten state=state/>
        <section class="total period-total" aria-label="Total">{move || total()}</section>
        <WorthLine sheet=state.sheet/>
        <Picture state=state/>
        <PartSums sheet=state.sheet now=state.now()/>
        {list}
        <AddSession state=state/>
    }
    .into_any()
}

/// What counts of a day now: a rolling window begins within its first one, and ends within its last.
fn same_day(state: SheetState, day: Bucket) -> Memo<Bucket> {
    Memo::new(move |_| {
        let now = state.now().get();
        let is_same = |it: &&Bucket| it.date == day.date;
        state.sheet.with(|Sheet { overview, .. }| {
            let found = overview.days.iter().find(is_same);
            overview.counted(*found.unwrap_or(&day), now)
        })
    })
}

/// The days that have sessions, newest first. None goes while a form is open: it may be in there.
#[component]
fn Days(state: SheetState, context: RowContext) -> impl IntoView {
    let days = Memo::new(move |before: Option<&Vec<Bucket>>| {
        context.begun.track();
        let now = state.now().get_untracked();
        let kept = before.filter(|_| state.editing.get().is_some());
        state.sheet.with(|sheet| {
            let (days, sessions) = (&sheet.overview.days, &sheet.overview.sessions);
            let has_any = |day: &&Bucket| {
                let counted = sheet.overview.counted(**day, now);
                let has_some = sessions.iter().any(|it| counted.holds(&it.span, now));
                has_some || kept.is_some_and(|kept| kept.iter().any(|it| it.date == day.date))
            };
            days.iter()
                .filter(has_any)
                .rev()
                .copied()
                .collect::<Vec<_>>()
        })
    });
    view! {
        <For each=move || days.get() key=|day| day.date let:day>
            <DayGroup state=state day=same_day(state, day) context/>
        </For>
        {move || days.with(Vec::is_empty).then(|| view! {
            <div class="empty">
                <EmptyDrawing/>
                <p class="empty-title">"Nothing tracked here"</p>
                <p>"Choose another period above, or add a session that belongs here."</p>
            </div>
        }.into_any())}
    }
    .into_any()
}
