//! A project of ten members with 100,000 sessions: what it looks like to who manages it and to who
//! only works on it.

use crate::{
    DAY, api, client,
    report::{self, milliseconds},
    seed::{self, EVERY, Seed, cookie, id},
    server::Server,
};
use std::path::Path;

/// The first of the members, who owns the project.
const OWNER: u32 = 320;
const MEMBERS: u32 = 10;
const SESSIONS: i64 = 100_000;
const TAGS: u32 = 8;

/// The accounts of the members: a year of work for each.
pub fn seeds(now: i64) -> impl Iterator<Item = Seed> {
    members().map(move |number| Seed {
        number,
        sessions: SESSIONS / i64::from(MEMBERS),
        every: EVERY,
        last: now - EVERY - i64::from(number) * 60,
    })
}

fn members() -> impl Iterator<Item = u32> {
    (OWNER..).take(MEMBERS as usize)
}

fn project() -> String {
    id(OWNER, 10)
}

/// Puts their sessions into a project that is paid by the hour, a tag on each.
pub async fn fill(file: &Path, now: i64) -> Result<(), sqlx::Error> {
    let mut connection = seed::open(file, false).await?;
    let statements = [
        "insert into project (id, name, name_key, colour, billable, rounding, rounding_minutes,
                              budget_minor, budget_currency, created_at)
         values ($1, 'Team', 'team', '#2f6f8f', 1, 'up', 6, 1000000000, 'EUR', $2)",
        "insert into rate (id, level, project_id, hourly_minor, currency, holds_from, created_at)
         values ($1, 'project', $1, 8550, 'EUR', '2020-01-01', $2)",
    ];
    for statement in statements {
        let query = sqlx::query(statement).bind(project()).bind(now);
        query.execute(&mut connection).await?;
    }
    for number in members() {
        let account = id(number, 0);
        let role = if number == OWNER { "owner" } else { "member" };
        let query = sqlx::query(
            "insert into member (project_id, account_id, role, joined_at) values ($1, $2, $3, $4)",
        );
        let query = query.bind(project()).bind(&account).bind(role).bind(now);
        query.execute(&mut connection).await?;
        let query =
            sqlx::query("update session set project_id = $1, billable = 1 where account_id = $2");
        query
            .bind(project())
            .bind(&account)
            .execute(&mut connection)
            .await?;
        for tag in 0..TAGS {
            let query = sqlx::query(
                "insert into tag (id, account_id, name, name_key, created_at)
                 values ($1, $2, 'tag ' || $3, 'tag ' || $3, $4)",
            );
            let query = query.bind(id(number, 20 + tag)).bind(&account);
            query.bind(tag).bind(now).execute(&mut connection).await?;
            let query = sqlx::query(
                "insert into session_tag (account_id, session_id, tag_id)
                 select account_id, id, $2 from session where account_id = $1 and rowid % $3 = $4",
            );
            let query = query.bind(&account).bind(id(number, 20 + tag));
            query.bind(TAGS).bind(tag).execute(&mut connection).await?;
        }
    }
    Ok(())
}

/// A week and a month of the past, so that they are whole.
pub fn measure(server: &Server, seconds: f64, now: i64) {
    report::section("A project of 10 members with 100,000 sessions, 1 client");
    let at = chrono::DateTime::from_timestamp(now - 40 * DAY, 0).expect("a time");
    let path = format!("/api/v1/projects/{}", project());
    for period in ["week", "month"] {
        let path = format!(
            "{path}/overview?period={period}&date={}",
            at.format("%Y-%m-%d")
        );
        for (who, number) in [("owner, with amounts", OWNER), ("member", OWNER + 1)] {
            let request = || api::get(number, &path);
            let load = client::load(server.address, seconds, vec![|_| request()]);
            report::load(&format!("overview, {period}, {who}"), &load);
            let p99 = milliseconds(load.p99);
            report::goal("p99", p99, "ms", "< 30", p99 < 30.0);
        }
    }
    let page = format!("/project/{}", project());
    for (what, path) in [
        (
            "the page, a week",
            format!("{page}?week={}", at.format("%G-W%V")),
        ),
        ("the page, this week", page.clone()),
    ] {
        let load = client::load_page(server.address, seconds, 1, &path, Some(&cookie(OWNER)));
        report::load(what, &load);
        let p99 = milliseconds(load.p99);
        report::goal("p99", p99, "ms", "< 30", p99 < 30.0);
    }
    let money = format!("{page}/money");
    let load = client::load_page(server.address, seconds, 1, &money, Some(&cookie(OWNER)));
    report::load("its money, a budget of all 100,000", &load);
}
