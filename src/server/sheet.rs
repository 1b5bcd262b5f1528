//! Puts a page's sheet together: a handful of queries, however much an account holds.

use super::{
    device::{self, Viewer},
    login::Guests,
    refused,
    state::AppState,
    store::Tracked,
    submit, worth, zone,
};
use crate::{
    domain::{
        Bucket, CommandId, Instant, Kind, Notice, Offsets, Overview, Period, Session, Settings,
        Sheet, SheetQuery, Tally, session::whole_second,
    },
    error::AppError,
};
use chrono::{NaiveDate, TimeDelta};
use std::sync::Arc;

/// Most projects, and most tags, that a page knows beside those of its sessions. Further ones are
/// found by the server as they are typed.
const MOST_NAMED: usize = 50;

/// What the page at `query` shows to `viewer`, or to a browser that has no account yet.
pub async fn load(
    state: &AppState,
    viewer: Option<&Viewer>,
    query: &SheetQuery,
) -> Result<Sheet, AppError> {
    if viewer.is_none() && state.login.policy.guests == Guests::Off {
        return Err(AppError::SignedOut);
    }
    let now = state.clock.now();
    let settings = viewer
        .map(|viewer| viewer.settings.clone())
        .unwrap_or_default();
    let today = zone::today(&settings, now);
    let current = |kind| Period::containing(kind, today, settings.week_start);
    let period = match query.period.as_str() {
        "" | "day" => current(Kind::Day),
        "week" => current(Kind::Week),
        "month" => current(Kind::Month),
        address => address.parse().map_err(|_| AppError::NotFound)?,
    };
    let days = zone::days(&settings, period, now);
    let tallied = query
        .period
        .is_empty()
        .then(|| tallied(&settings, today, now));
    let buckets: Vec<Bucket> = tallied.iter().flatten().flatten().copied().collect();
    let mut tracked = Tracked {
        sums: vec![0; buckets.len()],
        ..Tracked::default()
    };
    if let Some(viewer) = viewer {
        let range = (days[0].from, days[days.len() - 1].to);
        tracked = state.store.tracked(viewer.account, range, &buckets).await?;
    }
    let Tracked {
        sessions,
        running,
        sums,
    } = tracked;
    let offsets = offsets(&settings, &days, &sessions, running.as_ref(), now);
    let (week, month) = tallied.map(|days| tallies(days, sums)).unzip();
    let overview = Overview {
        period,
        days,
        sessions,
        offsets,
    };
    let (mut all, mut worth, mut shortcuts) = (Arc::default(), None, Arc::from([]));
    if let Some(viewer) = viewer {
        let (store, account) = (&state.store, viewer.account);
        all = store.catalog(account).await?;
        worth = worth::of(store, account, &all, &overview, now).await?;
        if query.period.is_empty() {
            shortcuts = store.shortcuts(account, now).await?;
        }
    }
    let shown = overview.sessions.iter().chain(&running);
    let shown = shown.map(|session| &session.work);
    let shown = shown.chain(shortcuts.iter().map(|shortcut| &shortcut.work));
    let catalog = all.excerpt(shown, MOST_NAMED);
    let mut sheet = Sheet {
        now,
        today,
        account: viewer.map(|viewer| viewer.account),
        left_at: viewer.and_then(|viewer| viewer.presence.left_at(now)),
        overview,
        worth,
        catalog,
        shortcuts: shortcuts.to_vec(),
        settings,
        running,
        week,
        month,
        command: CommandId::new(now),
        notice: None,
        refused: query
            .refused
            .parse()
            .ok()
            .and_then(|id| refused::COMMANDS.find(&device::browser()?, id)),
    };
    if viewer.is_none() && sheet.refused.is_none() && device::was_signed_out().await? {
        sheet.notice = Some(Notice::told(
            "This browser was signed out. Sign in under Settings to see your sessions, or begin anew.",
        ));
    }
    if let (Some(viewer), Ok(done)) = (viewer, query.done.parse()) {
        let receipt = state.store.receipt(viewer.account, done).await?;
        sheet.notice = receipt.map(|receipt| {
            let notice = submit::notice(&sheet.settings, &receipt);
            let more = submit::understood(&sheet.settings, &all, &receipt, now);
            let text = [Some(notice.text), more].into_iter().flatten();
            Notice {
                text: text.collect::<Vec<_>>().join(" "),
                ..notice
            }
        });
    }
    Ok(sheet)
}

/// The days of this week, and this month as one bucket.
fn tallied(settings: &Settings, today: NaiveDate, now: Instant) -> [Vec<Bucket>; 2] {
    let days = |kind| {
        let period = Period::containing(kind, today, settings.week_start);
        zone::days(settings, period, now)
    };
    [days(Kind::Week), whole(&days(Kind::Month))]
}

/// This week and this month, with the sums of the buckets of both.
fn tallies([week, month]: [Vec<Bucket>; 2], mut sums: Vec<i64>) -> (Tally, Tally) {
    let of_month = sums.split_off(week.len());
    let tally = |days, done| Tally { days, done };
    (tally(week, sums), tally(month, of_month))
}

/// All days as one bucket, under the date of the first.
fn whole(days: &[Bucket]) -> Vec<Bucket> {
    days.first()
        .zip(days.last())
        .map(|(first, last)| Bucket {
            to: last.to,
            ..*first
        })
        .into_iter()
        .collect()
}

/// The offsets for everything on the page, and for what may be added to it while it is open.
fn offsets(
    settings: &Settings,
    days: &[Bucket],
    sessions: &[Session],
    running: Option<&Session>,
    now: Instant,
) -> Offsets {
    let starts = sessions
        .iter()
        .chain(running)
        .map(|session| session.span.from());
    let stops = sessions.iter().map(|session| session.span.end(now));
    let from = starts
        .chain(days.iter().map(|day| day.from))
        .chain([now])
        .min()
        .unwrap_or(now);
    let to = stops
        .chain(days.iter().map(|day| day.to))
        .chain([now + TimeDelta::days(2)])
        .max()
        .unwrap_or(now);
    zone::offsets(&settings.zone(), whole_second(from), to)
}
