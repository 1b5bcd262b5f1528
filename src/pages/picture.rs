//! The picture of a sheet: a strip for a day, bars for days in a row, a map for a month.

use super::sheet_state::SheetState;
use crate::{
    components::{day_strip::DayStrip, month_map::MonthMap, week_bars::WeekBars},
    domain::{Bucket, Kind},
};
use leptos::prelude::*;

/// The picture that suits the period shown; a new one when that changes, as at midnight.
#[component]
pub fn Picture(state: SheetState) -> impl IntoView {
    let days = Memo::new(move |_| state.sheet.with(|sheet| sheet.overview.days.clone()));
    view! {
        {move || draw(state, days.get())}
    }
}

fn draw(state: SheetState, days: Vec<Bucket>) -> AnyView {
    let sheet = state.sheet.read_untracked();
    let (format, today) = (sheet.settings.duration_format, sheet.today);
    let seconds = Memo::new(move |_| {
        let now = state.now().get();
        state.sheet.with(|sheet| sheet.overview.seconds_by_day(now))
    });
    match sheet.overview.period.kind() {
        Some(Kind::Day) => {
            let sessions =
                Memo::new(move |_| state.sheet.with(|sheet| sheet.overview.sessions.clone()));
            let (offsets, hours) = (sheet.overview.offsets.clone(), sheet.settings.hour_format);
            view! { <DayStrip day=days[0] sessions=sessions catalog=state.catalog() now=state.now() offsets=offsets hours=hours/> }.into_any()
        }
        Some(Kind::Month) => {
            let week_start = sheet.settings.week_start;
            view! { <MonthMap days=days seconds=seconds week_start=week_start today=today format=format/> }.into_any()
        }
        Some(Kind::Week) | None => {
            view! { <WeekBars days=days seconds=seconds today=today format=format/> }.into_any()
        }
    }
}
