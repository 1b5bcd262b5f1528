//! Invitations to projects: by user name, and by a link that is good once.

use super::{
    Store,
    asker::Asker,
    catalog::{read, read_instant},
    error::StoreError,
    member::{read_person, require_manager},
    writer::Write,
};
use crate::{
    domain::{AccountId, Instant, InvitationId, OpenInvitation, Person, ProjectId, Role, Username},
    error::AppError,
};

/// Most invitations to a project that wait for an answer.
const MOST: i64 = 200;

/// An invitation to make.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    pub invitee: Invitee,
    pub role: Role,
    pub expires_at: Instant,
}

/// Who may answer an invitation.
#[derive(Clone, Debug)]
pub enum Invitee {
    /// The account that has this name now, if there is one.
    Named(Username),
    /// Whoever has the code with this hash.
    Link(String),
}

/// The only reader of invitations.
#[derive(sqlx::FromRow)]
pub struct InvitationRow {
    pub id: String,
    username: Option<String>,
    pub role: String,
    inviter: Option<String>,
    inviter_name: Option<String>,
    pub created_at: i64,
    pub expires_at: i64,
    pub project_id: String,
    pub project_name: String,
}

impl InvitationRow {
    /// Who invited, if the account is still there.
    pub fn inviter(&self) -> Result<Option<Person>, StoreError> {
        let id = self.inviter.as_deref();
        id.map(|id| read_person(id, self.inviter_name.clone()))
            .transpose()
    }
}

impl TryFrom<InvitationRow> for OpenInvitation {
    type Error = StoreError;

    fn try_from(row: InvitationRow) -> Result<Self, StoreError> {
        let invited_by = row.inviter()?;
        let username = row.username.map(Username::try_from).transpose();
        Ok(Self {
            id: read(&row.id, "invitation id")?,
            username: username.map_err(|error| StoreError::unreadable("user name", error))?,
            role: read(&row.role, "role")?,
            invited_by,
            created_at: read_instant(row.created_at)?,
            expires_at: read_instant(row.expires_at)?,
        })
    }
}

/// Reads invitations that can be answered at the moment $2; to be followed by a condition.
macro_rules! select_invitations {
    ($condition:literal) => {
        concat!(
            "select i.id, i.username, i.role, i.invited_by as inviter, a.username as inviter_name,
                    i.created_at, i.expires_at, p.id as project_id, p.name as project_name
             from project_invitation i join project p on p.id = i.project_id
             left join account a on a.id = i.invited_by
             where i.expires_at > $2 and p.deleted_at is null and ",
            $condition
        )
    };
}

pub(super) use select_invitations;

const ONE: &str = select_invitations!("i.id = $1");
impl Store {
    /// Invites somebody to a project that the account manages. What is answered, and listed later,
    /// is the same whether or not somebody has the user name; an earlier invitation of that name
    /// is replaced. Who is a member cannot be invited.
    pub async fn invite(
        &self,
        asker: impl Into<Asker>,
        project: ProjectId,
        new: &NewInvitation,
        now: Instant,
    ) -> Result<OpenInvitation, AppError> {
        let asker = asker.into();
        let account = asker.account;
        self.change(asker, async |write| {
            require_manager(write, account, project).await?;
            if new.role == Role::Owner {
                let message = "Invite a manager or a member; an owner can make them an owner then.";
                return Err(StoreError::invalid("role", message));
            }
            clear(write, project, now).await?;
            insert(write, account, project, new, now).await
        })
        .await
    }

    /// The invitations to a project that nobody answered yet, newest first; managers see them.
    pub async fn open_invitations(
        &self,
        account: AccountId,
        project: ProjectId,
        now: Instant,
    ) -> Result<Vec<OpenInvitation>, AppError> {
        if self.member(account, project, account).await?.role == Role::Member {
            return Err(AppError::NotAllowed);
        }
        let query = sqlx::query_as::<_, InvitationRow>(select_invitations!(
            "i.project_id = $1 order by i.created_at desc, i.id desc"
        ));
        self.read_all(query.bind(project.to_string()).bind(now.timestamp()))
            .await
    }

    /// Takes an invitation back.
    pub async fn withdraw_invitation(
        &self,
        asker: impl Into<Asker>,
        project: ProjectId,
        id: InvitationId,
    ) -> Result<(), AppError> {
        let asker = asker.into();
        let account = asker.account;
        self.change(asker, async |write| {
            require_manager(write, account, project).await?;
            let query =
                sqlx::query("delete from project_invitation where id = $1 and project_id = $2");
            let query = query.bind(id.to_string()).bind(project.to_string());
            match write.execute(query).await? {
                1 => Ok(()),
                _ => Err(StoreError::NOT_FOUND),
            }
        })
        .await
    }
}

/// Forgets what has expired, and refuses more than there is room for.
async fn clear(write: &mut Write<'_>, project: ProjectId, now: Instant) -> Result<(), StoreError> {
    let query =
        sqlx::query("delete from project_invitation where project_id = $1 and expires_at <= $2");
    let query = query.bind(project.to_string()).bind(now.timestamp());
    write.execute(query).await?;
    let query = sqlx::query_as("select count(*) from project_invitation where project_id = $1");
    let open: Option<(i64,)> = write.one(query.bind(project.to_string())).await?;
    if open.is_some_and(|(open,)| open >= MOST) {
        let message = "Two hundred invitations wait for an answer. Take some back first.";
        return Err(StoreError::invalid("username", message));
    }
    Ok(())
}

async fn insert(
    write: &mut Write<'_>,
    account: AccountId,
    project: ProjectId,
    new: &NewInvitation,
    now: Instant,
) -> Result<OpenInvitation, StoreError> {
    let id = InvitationId::new(now);
    let (username, code_hash) = match &new.invitee {
        Invitee::Named(username) => (Some(username), None),
        Invitee::Link(hash) => (None, Some(hash.clone())),
    };
    let invited = match username {
        Some(username) => find_invited(write, project, username).await?,
        None => None,
    };
    let query = sqlx::query(
        "insert into project_invitation
            (id, project_id, username, username_key, account_id, code_hash, role, invited_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    let query = query
        .bind(id.to_string())
        .bind(project.to_string())
        .bind(username.map(|username| username.as_str().to_owned()))
        .bind(username.map(Username::key))
        .bind(invited)
        .bind(code_hash)
        .bind(new.role.as_str())
        .bind(account.to_string());
    let query = query.bind(now.timestamp()).bind(new.expires_at.timestamp());
    write.execute(query).await?;
    let query = sqlx::query_as(ONE).bind(id.to_string());
    let row: Option<InvitationRow> = write.one(query.bind(now.timestamp())).await?;
    row.ok_or(StoreError::NOT_FOUND)?.try_into()
}

/// The account with this user name, if there is one. Makes room for another invitation of it.
async fn find_invited(
    write: &mut Write<'_>,
    project: ProjectId,
    username: &Username,
) -> Result<Option<String>, StoreError> {
    let query = sqlx::query_as(
        "select a.id, m.account_id from account a
         left join member m on m.account_id = a.id and m.project_id = $2 and m.left_at is null
         where a.username_key = $1",
    );
    let query = query.bind(username.key()).bind(project.to_string());
    let found: Option<(String, Option<String>)> = write.one(query).await?;
    if let Some((_, Some(_))) = found {
        let message = "This person is in the project already.";
        return Err(StoreError::invalid("username", message));
    }
    let invited = found.map(|(account, _)| account);
    let query = sqlx::query(
        "delete from project_invitation where project_id = $1 and (username_key = $2 or account_id = $3)",
    );
    let query = query.bind(project.to_string()).bind(username.key());
    write.execute(query.bind(invited.clone())).await?;
    Ok(invited)
}

/// Takes back what somebody gave out who may no longer invite: nobody comes back by their own link.
pub async fn withdraw_invitations(
    write: &mut Write<'_>,
    inviter: AccountId,
    project: Option<ProjectId>,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "delete from project_invitation where invited_by = $1 and project_id = coalesce($2, project_id)",
    );
    let query = query
        .bind(inviter.to_string())
        .bind(project.map(|project| project.to_string()));
    write.execute(query).await.map(drop)
}
