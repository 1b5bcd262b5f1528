//! Invitations to projects, as those see them who are invited.

use super::{
    Store,
    asker::Asker,
    catalog::{read, read_instant, read_title},
    catalog_cache::Altered,
    error::StoreError,
    member::{join, role_in},
    project,
    project_invitation::{InvitationRow, select_invitations},
    writer::Write,
};
use crate::{
    domain::{AccountId, Instant, InvitationId, Project, ReceivedInvitation},
    error::AppError,
};

/// How an invitation is accepted.
#[derive(Clone, Debug)]
pub enum Accepted {
    /// By the one it is for.
    Id(InvitationId),
    /// By whoever has the code with this hash.
    Code(String),
}

impl TryFrom<InvitationRow> for ReceivedInvitation {
    type Error = StoreError;

    fn try_from(row: InvitationRow) -> Result<Self, StoreError> {
        let invited_by = row.inviter()?;
        Ok(Self {
            id: read(&row.id, "invitation id")?,
            project: (
                read(&row.project_id, "project id")?,
                read_title(row.project_name)?,
            ),
            role: read(&row.role, "role")?,
            invited_by,
            created_at: read_instant(row.created_at)?,
            expires_at: read_instant(row.expires_at)?,
        })
    }
}

const RECEIVED: &str = select_invitations!("i.account_id = $1 and i.id = $3");
const BY_CODE: &str = select_invitations!("i.code_hash = $1");

impl Store {
    /// The invitations that wait for the account's answer, newest first.
    pub async fn received_invitations(
        &self,
        account: AccountId,
        now: Instant,
    ) -> Result<Vec<ReceivedInvitation>, AppError> {
        let query = sqlx::query_as::<_, InvitationRow>(select_invitations!(
            "i.account_id = $1 order by i.created_at desc, i.id desc"
        ));
        self.read_all(query.bind(account.to_string()).bind(now.timestamp()))
            .await
    }

    /// The invitation by link whose code has this hash.
    pub async fn invitation_by_code(
        &self,
        code_hash: &str,
        now: Instant,
    ) -> Result<ReceivedInvitation, AppError> {
        let query = sqlx::query_as::<_, InvitationRow>(BY_CODE).bind(code_hash.to_owned());
        let invitation = self.read_one(query.bind(now.timestamp())).await?;
        invitation.ok_or_else(|| self.explain(wrong_code()))
    }

    /// Makes the account a member, and uses the invitation up; the project.
    pub async fn accept_invitation(
        &self,
        asker: impl Into<Asker>,
        accepted: Accepted,
        now: Instant,
    ) -> Result<Project, AppError> {
        let (store, asker) = (self.clone(), asker.into());
        let account = asker.account;
        let work = async move {
            let change = store.change(asker, async |write| {
                accept(write, account, &accepted, now).await
            });
            change.await
        };
        self.alter([Altered::Paid(account)], work).await
    }

    /// Turns an invitation by link down: the code whose hash this is opens nothing any more.
    pub async fn decline_code(
        &self,
        asker: Option<Asker>,
        code_hash: &str,
    ) -> Result<(), AppError> {
        let query = sqlx::query("delete from project_invitation where code_hash = $1");
        let query = query.bind(code_hash.to_owned());
        self.change_unasked(async |write| {
            if let Some(asker) = asker {
                asker.require(write).await?;
            }
            match write.execute(query).await? {
                1 => Ok(()),
                _ => Err(wrong_code()),
            }
        })
        .await
    }

    /// Turns an invitation down.
    pub async fn decline_invitation(
        &self,
        asker: impl Into<Asker>,
        id: InvitationId,
    ) -> Result<(), AppError> {
        let asker = asker.into();
        let account = asker.account;
        let query = sqlx::query("delete from project_invitation where id = $1 and account_id = $2");
        let query = query.bind(id.to_string()).bind(account.to_string());
        match self
            .change(asker, async |write| write.execute(query).await)
            .await?
        {
            1 => Ok(()),
            _ => Err(AppError::NotFound),
        }
    }
}

fn wrong_code() -> StoreError {
    StoreError::invalid("code", "This code is wrong, was used, or is too old.")
}

async fn accept(
    write: &mut Write<'_>,
    account: AccountId,
    accepted: &Accepted,
    now: Instant,
) -> Result<Project, StoreError> {
    let query = match accepted {
        Accepted::Id(id) => sqlx::query_as(RECEIVED)
            .bind(account.to_string())
            .bind(now.timestamp())
            .bind(id.to_string()),
        Accepted::Code(hash) => sqlx::query_as(BY_CODE)
            .bind(hash.clone())
            .bind(now.timestamp()),
    };
    let row: Option<InvitationRow> = write.one(query).await?;
    let invitation: ReceivedInvitation = match (row, accepted) {
        (Some(row), _) => row.try_into()?,
        (None, Accepted::Id(_)) => return Err(StoreError::NOT_FOUND),
        (None, Accepted::Code(_)) => return Err(wrong_code()),
    };
    let project = invitation.project.0;
    let is_member = match role_in(write, account, project).await {
        Ok(_) => true,
        Err(StoreError::Told(AppError::NotFound)) => false,
        Err(error) => return Err(error),
    };
    if is_member && matches!(accepted, Accepted::Code(_)) {
        let message = "You are in this project already. The code is still good for somebody else.";
        return Err(StoreError::invalid("code", message));
    }
    join(write, project, account, invitation.role, now).await?;
    let query = sqlx::query(
        "delete from project_invitation where id = $1 or (project_id = $2 and account_id = $3)",
    );
    let query = query
        .bind(invitation.id.to_string())
        .bind(project.to_string())
        .bind(account.to_string());
    write.execute(query).await?;
    project::find(write, account, project).await
}
