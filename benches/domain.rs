//! What the shared functions cost: deciding what a command does, and adding up a long list.

use chrono::{DateTime, NaiveDate, TimeDelta};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use stint::domain::{
    Action, Bucket, Command, CommandId, Instant, Name, Offsets, Overview, Period, Scope, Session,
    SessionId, Span, Work, WorkRevision, ZoneName, apply,
};

const HOUR: TimeDelta = TimeDelta::hours(1);
const SESSIONS: i32 = 1000;
const DAYS: i32 = 30;

/// 2026-11-01T00:00:00Z
fn month() -> Instant {
    DateTime::from_timestamp(1_793_491_200, 0).expect("a time")
}

fn session(since: Instant, span: Span) -> Session {
    Session {
        id: SessionId::from(CommandId::new(since)),
        name: Name::new("Write the report").expect("a name"),
        span,
        zone: ZoneName::utc(),
        overlap_kept_at: None,
        reached_at: None,
        version: 1,
        work: Work::default(),
    }
}

/// A thousand sessions of half an hour in thirty days.
fn overview() -> Overview {
    let days = (0..DAYS).map(|day| {
        let from = month() + TimeDelta::days(1) * day;
        Bucket {
            date: from.date_naive(),
            from,
            to: from + TimeDelta::days(1),
        }
    });
    let sessions = (0..SESSIONS).rev().map(|number| {
        let from = month() + TimeDelta::minutes(43) * number;
        let to = from + HOUR / 2;
        session(from, Span::Done { from, to })
    });
    Overview {
        period: Period::Month(NaiveDate::from_ymd_opt(2026, 11, 1).expect("a date")),
        days: days.collect(),
        sessions: sessions.collect(),
        offsets: Offsets::utc(),
    }
}

fn commands(criterion: &mut Criterion) {
    let at = month() + HOUR;
    let running = session(month(), Span::Running { since: month() });
    let scope = Scope::of(vec![running]);
    let command = |action| Command {
        id: CommandId::new(at),
        at,
        action,
    };
    let start = command(Action::Start {
        name: Name::new("Call").expect("a name"),
        zone: ZoneName::utc(),
        from: None,
        work: WorkRevision::default(),
    });
    criterion.bench_function("apply: start while another runs", |bencher| {
        bencher.iter(|| apply(black_box(&scope), black_box(&start), at));
    });
    let stop = command(Action::Stop {
        session: None,
        to: None,
        name: None,
        work: WorkRevision::default(),
    });
    criterion.bench_function("apply: stop", |bencher| {
        bencher.iter(|| apply(black_box(&scope), black_box(&stop), at));
    });
}

fn totals(criterion: &mut Criterion) {
    let overview = overview();
    let now = month() + TimeDelta::days(30);
    criterion.bench_function("overview: total of 1,000 sessions", |bencher| {
        bencher.iter(|| black_box(&overview).total(now));
    });
    criterion.bench_function("overview: 30 days of 1,000 sessions", |bencher| {
        bencher.iter(|| black_box(&overview).seconds_by_day(now));
    });
}

criterion_group!(benches, commands, totals);
criterion_main!(benches);
