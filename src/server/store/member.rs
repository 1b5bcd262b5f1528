//! Who is in a project, and as what. What may be done is decided in the transaction that does it.

use super::{
    Store,
    asker::Asker,
    catalog::{read, read_instant},
    catalog_cache::Altered,
    error::StoreError,
    inherit::keep_clients,
    project_invitation::withdraw_invitations,
    writer::Write,
};
use crate::{
    domain::{AccountId, Instant, Member, Person, ProjectId, Role, Username},
    error::AppError,
};

/// The only reader of members.
#[derive(sqlx::FromRow)]
struct MemberRow {
    account_id: String,
    username: Option<String>,
    role: String,
    joined_at: i64,
}

impl TryFrom<MemberRow> for Member {
    type Error = StoreError;

    fn try_from(row: MemberRow) -> Result<Self, StoreError> {
        Ok(Self {
            account: read_person(&row.account_id, row.username)?,
            role: read(&row.role, "role")?,
            joined_at: read_instant(row.joined_at)?,
        })
    }
}

/// Reads an account as others see it.
pub fn read_person(id: &str, username: Option<String>) -> Result<Person, StoreError> {
    let username = username.map(Username::try_from).transpose();
    Ok(Person {
        id: read(id, "account id")?,
        username: username.map_err(|error| StoreError::unreadable("user name", error))?,
    })
}

/// Reads members of the project $2, if the account $1 is one; to be followed by more.
macro_rules! select_members {
    ($more:literal) => {
        concat!(
            "select m.account_id, a.username, m.role, m.joined_at
             from member m join account a on a.id = m.account_id
             where m.project_id = $2 and m.left_at is null
               and exists (select 1 from member mine join project p on p.id = mine.project_id
                           where mine.project_id = $2 and mine.account_id = $1
                             and mine.left_at is null and p.deleted_at is null) ",
            $more
        )
    };
}

const ONE: &str = select_members!("and m.account_id = $3");

impl Store {
    /// The members of a project that the account is in, in the order in which they came.
    pub async fn members(
        &self,
        account: AccountId,
        project: ProjectId,
    ) -> Result<Vec<Member>, AppError> {
        let query =
            sqlx::query_as::<_, MemberRow>(select_members!("order by m.joined_at, m.account_id"));
        let query = query.bind(account.to_string()).bind(project.to_string());
        let members: Vec<_> = self.read_all(query).await?;
        if members.is_empty() {
            return Err(AppError::NotFound);
        }
        Ok(members)
    }

    /// One member of a project that the account is in.
    pub async fn member(
        &self,
        account: AccountId,
        project: ProjectId,
        other: AccountId,
    ) -> Result<Member, AppError> {
        let query = sqlx::query_as::<_, MemberRow>(ONE)
            .bind(account.to_string())
            .bind(project.to_string());
        let member = self.read_one(query.bind(other.to_string())).await?;
        member.ok_or(AppError::NotFound)
    }

    /// Gives a member another role, as far as one's own allows. Refused if no owner were left. The project's client
    /// goes over from who is an owner no more.
    pub async fn change_role(
        &self,
        asker: impl Into<Asker>,
        project: ProjectId,
        other: AccountId,
        role: Role,
        now: Instant,
    ) -> Result<Member, AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                let mine = role_in(write, account, project).await?;
                let mut member = member_in(write, account, project, other).await?;
                if !mine.may_change(member.role, role) {
                    return Err(StoreError::Told(AppError::NotAllowed));
                }
                if member.role == Role::Owner && role != Role::Owner {
                    refuse_last_owner(write, project).await?;
                    keep_clients(write, other, Some(project), now).await?;
                }
                if role == Role::Member {
                    withdraw_invitations(write, other, Some(project)).await?;
                }
                let query = sqlx::query(
                    "update member set role = $3 where project_id = $1 and account_id = $2",
                );
                let query = query.bind(project.to_string()).bind(other.to_string());
                write.execute(query.bind(role.as_str())).await?;
                member.role = role;
                Ok(member)
            });
            change.await
        };
        // The project may get another client.
        let altered = [Altered::Of(other), Altered::Project(project)];
        self.alter(altered, work).await
    }

    /// Ends a membership, at once: one's own; of anybody, for an owner; of those who are neither
    /// owner nor manager, for a manager. Refused if no owner were left. Sessions stay as they are.
    pub async fn end_membership(
        &self,
        asker: impl Into<Asker>,
        project: ProjectId,
        other: AccountId,
        now: Instant,
    ) -> Result<(), AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                let mine = role_in(write, account, project).await?;
                let member = member_in(write, account, project, other).await?;
                let allowed = match mine {
                    _ if account == other => true,
                    Role::Owner => true,
                    Role::Manager => member.role == Role::Member,
                    Role::Member => false,
                };
                if !allowed {
                    return Err(StoreError::Told(AppError::NotAllowed));
                }
                if member.role == Role::Owner {
                    refuse_last_owner(write, project).await?;
                }
                leave(write, project, other, now).await
            });
            change.await
        };
        // The project may get another client.
        let altered = [Altered::Of(other), Altered::Project(project)];
        self.alter(altered, work).await
    }
}

/// One member of a project that the account is in, inside a transaction.
pub async fn member_in(
    write: &mut Write<'_>,
    account: AccountId,
    project: ProjectId,
    other: AccountId,
) -> Result<Member, StoreError> {
    let query = sqlx::query_as(ONE)
        .bind(account.to_string())
        .bind(project.to_string());
    let row: Option<MemberRow> = write.one(query.bind(other.to_string())).await?;
    row.ok_or(StoreError::NOT_FOUND)?.try_into()
}

/// The role of an account in a project; there is no project for who is not in it.
pub async fn role_in(
    write: &mut Write<'_>,
    account: AccountId,
    project: ProjectId,
) -> Result<Role, StoreError> {
    Ok(member_in(write, account, project, account).await?.role)
}

/// There is a project for who manages it; for other members there is nothing they may do.
pub async fn require_manager(
    write: &mut Write<'_>,
    account: AccountId,
    project: ProjectId,
) -> Result<(), StoreError> {
    match role_in(write, account, project).await? {
        Role::Owner | Role::Manager => Ok(()),
        Role::Member => Err(StoreError::Told(AppError::NotAllowed)),
    }
}

/// The transaction holds the write lock, so of two owners who go at once, one comes second.
async fn refuse_last_owner(write: &mut Write<'_>, project: ProjectId) -> Result<(), StoreError> {
    let query = sqlx::query_as(
        "select count(*) from member where project_id = $1 and role = 'owner' and left_at is null",
    );
    let owners: Option<(i64,)> = write.one(query.bind(project.to_string())).await?;
    match owners {
        Some((2..,)) => Ok(()),
        _ => Err(StoreError::Told(AppError::LastOwner)),
    }
}

async fn leave(
    write: &mut Write<'_>,
    project: ProjectId,
    account: AccountId,
    now: Instant,
) -> Result<(), StoreError> {
    withdraw_invitations(write, account, Some(project)).await?;
    keep_clients(write, account, Some(project), now).await?;
    keep_parting_rates(write, project, account).await?;
    let query = sqlx::query(
        "update member set left_at = $3, left_name = (select name from project where id = $1)
         where project_id = $1 and account_id = $2",
    );
    let query = query.bind(project.to_string()).bind(account.to_string());
    write.execute(query.bind(now.timestamp())).await.map(drop)
}

/// What the account charges by itself stays for what it did in the project, in place of what it charged when it
/// left before.
async fn keep_parting_rates(
    write: &mut Write<'_>,
    project: ProjectId,
    account: AccountId,
) -> Result<(), StoreError> {
    for step in [
        "delete from parting_rate where project_id = $1 and account_id = $2",
        "insert into parting_rate (project_id, account_id, hourly_minor, currency, holds_from)
         select $1, account_id, hourly_minor, currency, holds_from
         from rate where level = 'account' and account_id = $2",
    ] {
        let query = sqlx::query(step).bind(project.to_string());
        write.execute(query.bind(account.to_string())).await?;
    }
    Ok(())
}

/// Makes an account the first owner of a project.
pub async fn insert_owner(
    write: &mut Write<'_>,
    project: ProjectId,
    account: AccountId,
    now: Instant,
) -> Result<(), StoreError> {
    join(write, project, account, Role::Owner, now).await
}

/// Makes an account a member, for the first time or again. One that is a member stays what it is.
pub async fn join(
    write: &mut Write<'_>,
    project: ProjectId,
    account: AccountId,
    role: Role,
    now: Instant,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "insert into member (project_id, account_id, role, joined_at) values ($1, $2, $3, $4)
         on conflict (project_id, account_id) do update
         set role = excluded.role, joined_at = excluded.joined_at, left_at = null, left_name = null
         where member.left_at is not null",
    );
    let query = query.bind(project.to_string()).bind(account.to_string());
    let query = query.bind(role.as_str()).bind(now.timestamp());
    write.execute(query).await.map(drop)
}
