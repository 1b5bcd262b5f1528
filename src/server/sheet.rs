//! Puts a page's sheet together: a handful of queries, however much an account holds.

use super::{
    device::Viewer, login::Guests, part_sums::part_sums, refused, state::AppState, submit, worth,
    zone,
};
use crate::{
    domain::{
        Bucket, Catalog, CommandId, Instant, Kind, Notice, Offsets, Overview, Period, Session,
        Settings, Sheet, SheetQuery, Tally, session::whole_second,
    },
    error::AppError,
};
use chrono::TimeDelta;
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
    let (mut running, mut sessions, mut tallies, mut worth) = (None, Vec::new(), None, None);
    let mut sums = (Vec::new(), Vec::new());
    let (mut catalog, mut shortcuts) = (Catalog::default(), Arc::from([]));
    if let Some(viewer) = viewer {
        let (from, to) = (days[0].from, days[days.len() - 1].to);
        sessions = state
            .store
            .sessions_within(viewer.account, from, to)
            .await?;
        running = match sessions.iter().find(|session| session.is_running()) {
            Some(session) => Some(session.clone()),
            None if from <= now && now < to => None,
            None => state.store.running(viewer.account).await?,
        };
        worth = worth::of(&state.store, viewer.account, &sessions, (from, to), now).await?;
        let whole = state.store.catalog(viewer.account).await?;
        if query.period.is_empty() {
            shortcuts = state.store.shortcuts(viewer.account, now).await?;
        }
        if !query.period.is_empty() {
            sums = part_sums(&sessions, (from, to), &whole, now);
        }
        let shown = sessions.iter().chain(&running).map(|session| &session.work);
        let shown = shown.chain(shortcuts.iter().map(|shortcut| &shortcut.work));
        catalog = whole.excerpt(shown, MOST_NAMED);
    }
    if query.period.is_empty() {
        tallies = Some(load_tallies(state, viewer, &settings, now).await?);
    }
    let offsets = offsets(&settings, &days, &sessions, running.as_ref(), now);
    let (week, month) = tallies.unzip();
    let mut sheet = Sheet {
        now,
        today,
        known: viewer.is_some(),
        left_at: viewer.and_then(|viewer| viewer.left_at),
        overview: Overview {
            period,
            days,
            sessions,
            offsets,
        },
        worth,
        by_project: sums.0,
        by_tag: sums.1,
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
            .and_then(|id| refused::COMMANDS.find(id)),
    };
    if let (Some(viewer), Ok(done)) = (viewer, query.done.parse()) {
        let whole = state.store.catalog(viewer.account).await?;
        let receipt = state.store.receipt(viewer.account, done).await?;
        sheet.notice = receipt.map(|receipt| {
            let notice = submit::notice(&sheet.settings, &receipt);
            let more = submit::understood(&sheet.settings, &whole, &receipt, now);
            let text = [Some(notice.text), more].into_iter().flatten();
            Notice {
                text: text.collect::<Vec<_>>().join(" "),
                ..notice
            }
        });
    }
    Ok(sheet)
}

/// This week by day and this month by day, with one query.
async fn load_tallies(
    state: &AppState,
    viewer: Option<&Viewer>,
    settings: &Settings,
    now: Instant,
) -> Result<(Tally, Tally), AppError> {
    let today = zone::today(settings, now);
    let days = |kind| {
        zone::days(
            settings,
            Period::containing(kind, today, settings.week_start),
            now,
        )
    };
    let (week, month) = (days(Kind::Week), whole(&days(Kind::Month)));
    let both: Vec<Bucket> = week.iter().chain(&month).copied().collect();
    let mut sums = match viewer {
        Some(viewer) => state.store.sums(viewer.account, &both).await?,
        None => vec![0; both.len()],
    };
    let month_sums = sums.split_off(week.len());
    Ok((
        Tally {
            days: week,
            done: sums,
        },
        Tally {
            days: month,
            done: month_sums,
        },
    ))
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
