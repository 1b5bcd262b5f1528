//! A page that stays open while one day becomes another.

use super::sheet_state::SheetState;
use leptos::prelude::*;

/// How often the page of a new day is asked for again, as long as it does not come.
const AGAIN_SECONDS: i64 = 10;

/// Asks for the page again when one of its days ends, until the server has one from after that. A
/// rolling window slides on each minute.
pub fn turn_over(state: SheetState, is_rolling: bool) {
    let tries = Memo::new(move |_| {
        let now = state.now().get();
        let over = state.sheet.with(|sheet| {
            let days = sheet.overview.days.iter().map(|day| day.to);
            days.filter(|end| sheet.now < *end && *end <= now).max()
        });
        over.map_or(0, |end| 1 + (now - end).num_seconds() / AGAIN_SECONDS)
    });
    Effect::new(move |_| {
        if tries.get() > 0 {
            state.refresh();
        }
    });
    let minute = Memo::new(move |_| state.now().get().timestamp() / 60);
    Effect::new(move |shown: Option<i64>| {
        let minute = minute.get();
        if is_rolling && shown.is_some() {
            let now = state.ticker.exact();
            state.sheet.update(|sheet| sheet.overview.slide(now));
        }
        minute
    });
}
