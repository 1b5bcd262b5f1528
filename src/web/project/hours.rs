//! The time of a project, week by week: members side by side, days, tags, who works on it now, and
//! the sessions themselves.

use super::Visit;
use crate::{
    domain::{
        AccountId, DurationFormat, Instant, Kind, MemberRecord, Money, Offsets, Period, ProjectId,
        Seconds, Settings, TeamPlace, TeamTime, date, money::spelled,
    },
    error::AppError,
    server::{
        store::{TeamNarrowing, Wanted},
        team_amounts::TeamAmounts,
        zone,
    },
};
use leptos::prelude::*;
use serde::Deserialize;

/// How many sessions are shown below the sums at once.
const MOST: u32 = 50;

/// Which week is asked for, as `2026-W47`, and after which of its sessions the list goes on.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    pub week: String,
    pub after: String,
}

/// A week of a project.
pub struct Hours {
    period: Period,
    time: TeamTime,
    /// What the week comes to: that of all for managers and owners, one's own for others.
    amounts: TeamAmounts,
    manages: bool,
    sessions: Vec<MemberRecord>,
    /// Where they go on, if they do.
    next: Option<TeamPlace>,
    settings: Settings,
    offsets: Offsets,
    now: Instant,
}

/// The week that an address names; the current one, if it names none.
pub async fn read(
    visit: &Visit,
    account: AccountId,
    project: ProjectId,
    Looked { week, after }: &Looked,
) -> Result<Hours, AppError> {
    let (store, now) = (&visit.app.store, visit.now());
    let settings = visit.settings();
    let today = zone::today(&settings, now);
    let current = Period::containing(Kind::Week, today, settings.week_start);
    let period = format!("week/{week}").parse().unwrap_or(current);
    let days = zone::days(&settings, period, now);
    let from = days.first().map_or(now, |day| day.from);
    let to = days.last().map_or(now, |day| day.to);
    let wanted = Wanted {
        from,
        to,
        now,
        containing: None,
        after: after.parse().ok(),
        limit: MOST,
    };
    let all = TeamNarrowing::default();
    let manages = store.catalog(account).await?.manages(project);
    let amounts = async {
        if manages {
            TeamAmounts::of(store, account, project, &all, (from, to), now).await
        } else {
            TeamAmounts::own(store, account, project, (from, to), now).await
        }
    };
    let ((sessions, next), time, amounts) = tokio::try_join!(
        store.team_records(account, project, &all, &wanted),
        store.team_time(account, project, &all, days, now),
        amounts,
    )?;
    let shown = sessions.iter().chain(&time.running);
    let begin = shown.map(|member| member.record.session.span.from()).min();
    let offsets = zone::offsets(
        &settings.zone(),
        begin.unwrap_or(from).min(from),
        to.max(now),
    );
    Ok(Hours {
        period,
        time,
        amounts,
        manages,
        sessions,
        next,
        settings,
        offsets,
        now,
    })
}

/// The part of the page.
pub fn section(hours: &Hours, project: ProjectId) -> AnyView {
    let format = hours.settings.duration_format;
    let total = Seconds(hours.time.total()).written(format);
    let way = |label: &'static str, period: Option<Period>| {
        period.map(|period| view! { <a href=week_of(period, project)>{label}</a> }.into_any())
    };
    let is_empty = hours.time.members.is_empty();
    view! {
        <section class="team" aria-label="Hours">
            <header class="list-head">
                <h2>{hours.period.title()}</h2>
                <section class="total-figure" aria-label="Total">{total}</section>
            </header>
            <nav class="ways-on" aria-label="Weeks">
                {way("Previous", hours.period.previous())}
                <a href=format!("/project/{project}")>"This week"</a>
                {way("Next", hours.period.next())}
            </nav>
            {running(hours)}
            {if is_empty {
                view! { <p class="team-nothing">"Nothing was tracked in this week."</p> }.into_any()
            } else {
                view! { {table(hours, format)} {tags(hours, format)} {sessions(hours, project, format)} }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// The address of a week.
fn week_of(period: Period, project: ProjectId) -> String {
    let path = period.path();
    let week = path.trim_start_matches("/week/");
    format!("/project/{project}?week={week}")
}

/// Who works on it now.
fn running(hours: &Hours) -> AnyView {
    let rows = hours.time.running.iter().map(|member| {
        let session = &member.record.session;
        let since = hours.offsets.time(session.span.from(), hours.settings.hour_format);
        let length = Seconds(session.span.seconds(hours.now)).written(hours.settings.duration_format);
        view! {
            <li>
                <span class="team-who"><bdi>{member.account.called()}</bdi></span>
                <span class="team-what"><bdi>{session.name.shown().to_owned()}</bdi>" since "{since}</span>
                <span class="team-long">{length}</span>
            </li>
        }
        .into_any()
    });
    if hours.time.running.is_empty() {
        return ().into_any();
    }
    view! {
        <h3>"Working on it now"</h3>
        <ul class="team-list team-running">{rows.collect_view()}</ul>
    }
    .into_any()
}

/// Members side by side, day by day. The edges are the sums of what is inside.
fn table(hours: &Hours, format: DurationFormat) -> AnyView {
    let written = move |seconds: i64| {
        if seconds == 0 {
            "–".to_owned()
        } else {
            Seconds(seconds).written(format)
        }
    };
    let cells = move |seconds: Vec<i64>| {
        let cells = seconds.into_iter();
        cells
            .map(|seconds| view! { <td>{written(seconds)}</td> })
            .collect_view()
    };
    let rounding = hours.amounts.rounding();
    let column = rounding.filter(|_| hours.manages);
    let amount = move |money: Vec<Money>| {
        let cell = || view! { <td class="team-sum">{spelled(&money)}</td> };
        column.map(|_| cell())
    };
    let said = rounding.map(|rule| match hours.manages {
        true => rule.told(),
        false => {
            let total = spelled(&hours.amounts.total());
            format!("Your time comes to {total}. {}", rule.told())
        }
    });
    let head = hours.time.days.iter().map(|day| {
        view! { <th scope="col"><abbr title=date::long(day.date)>{date::short(day.date)}</abbr></th> }
    });
    let rows = hours.time.members.iter().map(|member| {
        view! {
            <tr>
                <th scope="row"><bdi>{member.account.called()}</bdi></th>
                {cells(member.seconds.clone())}
                <td class="team-sum">{written(member.total())}</td>
                {amount(hours.amounts.member(member.account.id))}
            </tr>
        }
    });
    view! {
        <div class="team-table" role="region" aria-label="Hours by member and day" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Member"</th>{head.collect_view()}<th scope="col">"Total"</th>
                        {column.map(|_| view! { <th scope="col">"Amount"</th> })}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"All"</th>
                        {cells(hours.time.by_day())}
                        <td class="team-sum">{written(hours.time.total())}</td>
                        {amount(hours.amounts.total())}
                    </tr>
                </tfoot>
            </table>
        </div>
        {said.map(|said| view! { <p class="field-hint">{said}</p> })}
    }
    .into_any()
}

fn tags(hours: &Hours, format: DurationFormat) -> AnyView {
    if hours.time.tags.is_empty() {
        return ().into_any();
    }
    let rows = hours.time.tags.iter().map(|(name, seconds)| {
        let name = format!("#{name}");
        let length = Seconds(*seconds).written(format);
        view! { <li><span class="team-who"><bdi>{name}</bdi></span><span class="team-long">{length}</span></li> }
    });
    view! {
        <h3>"By tag"</h3>
        <ul class="team-list">{rows.collect_view()}</ul>
    }
    .into_any()
}

/// The sessions, newest first.
fn sessions(hours: &Hours, project: ProjectId, format: DurationFormat) -> AnyView {
    let clock = hours.settings.hour_format;
    let rows = hours.sessions.iter().map(|member| {
        let session = &member.record.session;
        let (from, to) = (session.span.from(), session.span.to());
        let begin = hours.offsets.time(from, clock);
        let end = to.map_or_else(|| "now".to_owned(), |to| hours.offsets.time(to, clock));
        let day = date::short(hours.offsets.local(from).date());
        let tags: Vec<String> = member.tags.iter().map(|tag| format!("#{tag}")).collect();
        let length = Seconds(session.span.seconds(hours.now)).written(format);
        view! {
            <li>
                <span class="team-who"><bdi>{session.name.shown().to_owned()}</bdi></span>
                <span class="team-what">
                    <bdi>{member.account.called()}</bdi>{format!(", {day}, {begin} – {end} ")}
                    <bdi>{tags.join(" ")}</bdi>
                </span>
                <span class="team-long">{length}</span>
            </li>
        }
        .into_any()
    });
    let older = hours.next.map(|place| {
        let address = format!("{}&after={place}", week_of(hours.period, project));
        view! { <p class="team-nothing"><a href=address>"Older sessions"</a></p> }
    });
    view! {
        <h3>"Sessions"</h3>
        <ul class="team-list">{rows.collect_view()}</ul>
        {older}
    }
    .into_any()
}
