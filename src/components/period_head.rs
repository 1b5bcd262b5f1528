//! Where in the calendar we are, and the ways on.

use crate::domain::{Kind, Period, Rolling, Settings};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The period's name, its neighbours, and the rolling windows beside them.
#[component]
pub fn PeriodHead(period: Period, today: NaiveDate, settings: Settings) -> impl IntoView {
    let kind = period.kind().unwrap_or(Kind::Day);
    let current = Period::containing(kind, today, settings.week_start);
    let is_rolling = period.kind().is_none();
    let rolling = |window: Rolling| {
        let here = period == Period::Rolling(window);
        view! { <a href=Period::Rolling(window).path() aria-current=here.then_some("page")>{window.label()}</a> }.into_any()
    };
    view! {
        <header class="period-head">
            <h1>{period.title()}</h1>
            <nav class="period-steps" aria-label="Neighbouring periods">
                {period.previous().map(|to| view! { <a class="step icon-previous" href=to.path()>"Previous"</a> }.into_any())}
                {(!is_rolling).then(|| view! { <a class="step" href=current.path()>"Today"</a> }.into_any())}
                {period.next().map(|to| view! { <a class="step icon-next" href=to.path()>"Next"</a> }.into_any())}
            </nav>
            <nav class="period-windows" aria-label="Rolling windows">{Rolling::ALL.into_iter().map(rolling).collect_view()}</nav>
        </header>
    }
    .into_any()
}
