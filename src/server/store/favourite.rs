//! What an account keeps one click away.

use super::{
    Store,
    asker::Asker,
    catalog::{read, read_instant},
    catalog_cache::{Altered, Shortcuts},
    error::StoreError,
    session::{SessionRow, read_tags, select_sessions},
    writer::Write,
};
use crate::{
    domain::{
        AccountId, Favourite, FavouriteId, Habit, Instant, Session, SessionId, Work,
        favourite::{habits, shortcuts},
        session::whole_second,
    },
    error::AppError,
};
use chrono::TimeDelta;

/// Most favourites of an account.
const MOST: usize = 100;

/// How far back habits reach.
const LOOKED_BACK: TimeDelta = TimeDelta::weeks(4);

/// How many of the newest sessions habits are told from.
const LOOKED_THROUGH: i64 = 1000;

/// How long it may be before a habit is told of that is new.
const LATELY: TimeDelta = TimeDelta::minutes(1);

/// The only reader of favourites.
#[derive(sqlx::FromRow)]
struct FavouriteRow {
    id: String,
    name: String,
    project_id: Option<String>,
    billable: i64,
    tags: String,
    created_at: i64,
}

impl TryFrom<FavouriteRow> for Favourite {
    type Error = StoreError;

    fn try_from(row: FavouriteRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: read(&row.id, "favourite id")?,
            name: row
                .name
                .try_into()
                .map_err(|error| StoreError::unreadable("name", error))?,
            work: Work {
                project: row
                    .project_id
                    .map(|id| read(&id, "project id"))
                    .transpose()?,
                tags: read_tags(&row.tags)?,
                billable: row.billable != 0,
            },
            created_at: read_instant(row.created_at)?,
        })
    }
}

/// Reads favourites of the account $1; to be followed by more of the condition.
macro_rules! select_favourites {
    ($more:literal) => {
        concat!(
            "select id, name, project_id, billable, tags, created_at from favourite
             where account_id = $1 ",
            $more
        )
    };
}

const RECENT: &str = concat!(
    select_sessions!(),
    "started_at >= $2 order by started_at desc, id desc limit $3"
);

impl Store {
    /// What the account has pinned, oldest first, and what it often started in the four weeks before
    /// `now` besides. Two statements, whatever the account holds.
    pub async fn favourites(
        &self,
        account: AccountId,
        now: Instant,
    ) -> Result<(Vec<Favourite>, Vec<Habit>), AppError> {
        let query = sqlx::query_as(select_favourites!("order by created_at, id"));
        let rows: Vec<FavouriteRow> = self.all(query.bind(account.to_string())).await?;
        let query = sqlx::query_as(RECENT)
            .bind(account.to_string())
            .bind((now - LOOKED_BACK).timestamp())
            .bind(LOOKED_THROUGH);
        let sessions: Vec<SessionRow> = self.all(query).await?;
        let read = || {
            let pinned = rows.into_iter().map(Favourite::try_from);
            let pinned: Vec<_> = pinned.collect::<Result<_, _>>()?;
            let sessions = sessions.into_iter().map(Session::try_from);
            let habits = habits(&sessions.collect::<Result<Vec<_>, _>>()?, &pinned);
            Ok((pinned, habits))
        };
        read().map_err(|error| self.explain(error))
    }

    /// What [`favourites`](Self::favourites) tells as what can be started, with habits as they were up
    /// to a minute ago: no statement for an account that was asked about since, and pinned nothing.
    pub async fn shortcuts(&self, account: AccountId, now: Instant) -> Result<Shortcuts, AppError> {
        let known = self.known(account).await?;
        if let Some((since, kept)) = &known.shortcuts
            && (TimeDelta::zero()..LATELY).contains(&(now - *since))
        {
            return Ok(kept.clone());
        }
        let (pinned, habits) = self.favourites(account, now).await?;
        let shortcuts: Shortcuts = shortcuts(&pinned, &habits, &known.catalog).into();
        let cache = &self.inner.catalogs;
        cache.keep_shortcuts(account, known, &shortcuts, now);
        Ok(shortcuts)
    }

    /// Pins the details of a session of the account, and whether that is new: details that are pinned
    /// already stay as they are.
    pub async fn pin(
        &self,
        asker: impl Into<Asker>,
        session: SessionId,
        now: Instant,
    ) -> Result<(Favourite, bool), AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                let query = sqlx::query_as(concat!(select_sessions!(), "id = $2"));
                let query = query.bind(account.to_string()).bind(session.to_string());
                let row: Option<SessionRow> = write.one(query).await?;
                let session: Session = row
                    .ok_or(StoreError::Told(AppError::NotFound))?
                    .try_into()?;
                if let Some(pinned) = find(write, account, &session).await? {
                    return Ok((pinned, false));
                }
                refuse_more(write, account).await?;
                let favourite = Favourite {
                    id: FavouriteId::new(now),
                    name: session.name,
                    work: session.work,
                    created_at: whole_second(now),
                };
                insert(write, account, &favourite).await?;
                Ok((favourite, true))
            });
            change.await
        };
        self.alter([Altered::Of(account)], work).await
    }

    /// Takes a favourite off. Sessions are not touched.
    pub async fn unpin(&self, asker: impl Into<Asker>, id: FavouriteId) -> Result<(), AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                let query = sqlx::query("delete from favourite where account_id = $1 and id = $2");
                let query = query.bind(account.to_string()).bind(id.to_string());
                match write.execute(query).await? {
                    0 => Err(StoreError::Told(AppError::NotFound)),
                    _ => Ok(()),
                }
            });
            change.await
        };
        self.alter([Altered::Of(account)], work).await
    }
}

/// What is pinned of the same details.
async fn find(
    write: &mut Write<'_>,
    account: AccountId,
    session: &Session,
) -> Result<Option<Favourite>, StoreError> {
    let query = sqlx::query_as(select_favourites!(
        "and name = $2 and coalesce(project_id, '') = $3 and billable = $4 and tags = $5"
    ));
    let project = session.work.project.map(|id| id.to_string());
    let query = query
        .bind(account.to_string())
        .bind(session.name.as_str().to_owned())
        .bind(project.unwrap_or_default())
        .bind(i64::from(session.work.billable))
        .bind(written_tags(&session.work));
    let row: Option<FavouriteRow> = write.one(query).await?;
    row.map(Favourite::try_from).transpose()
}

async fn insert(
    write: &mut Write<'_>,
    account: AccountId,
    favourite: &Favourite,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into favourite (id, account_id, name, project_id, billable, tags, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    );
    let work = &favourite.work;
    let query = query
        .bind(favourite.id.to_string())
        .bind(account.to_string())
        .bind(favourite.name.as_str().to_owned())
        .bind(work.project.map(|id| id.to_string()))
        .bind(i64::from(work.billable))
        .bind(written_tags(work))
        .bind(favourite.created_at.timestamp());
    write.execute(query).await.map(drop)
}

async fn refuse_more(write: &mut Write<'_>, account: AccountId) -> Result<(), StoreError> {
    let query = sqlx::query_as("select count(*) from favourite where account_id = $1");
    let count: Option<(i64,)> = write.one(query.bind(account.to_string())).await?;
    let count = count.map_or(0, |(count,)| usize::try_from(count).unwrap_or(MOST));
    if count < MOST {
        return Ok(());
    }
    let message = "There are 100 already. Take some off first.";
    Err(StoreError::invalid("session_id", message))
}

/// Ids in their order, with spaces between.
fn written_tags(work: &Work) -> String {
    let ids = work.tags.iter().map(ToString::to_string);
    ids.collect::<Vec<_>>().join(" ")
}
