//! Clients, projects, members, invitations and tags, as whoever manages them sees them.

use super::{
    catalog::{ProjectLabel, Role},
    colour::Colour,
    estimate::Budget,
    id::{AccountId, ClientId, InvitationId, ProjectId, TagId},
    login::Username,
    rounding::Rounding,
    session::Instant,
    title::Title,
};
use chrono::serde::ts_seconds;
use serde::{Deserialize, Serialize};

/// Whom an account works for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    pub id: ClientId,
    pub name: Title,
    pub is_archived: bool,
    #[serde(with = "ts_seconds")]
    pub created_at: Instant,
}

/// A project that an account is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    pub label: ProjectLabel,
    pub rounding: Rounding,
    /// For whoever manages it to see, and if it is one of time, for all members.
    pub budget: Option<Budget>,
    #[serde(with = "ts_seconds")]
    pub created_at: Instant,
}

impl Project {
    /// One that was made just now.
    pub fn new(label: ProjectLabel, created_at: Instant) -> Self {
        Self {
            label,
            rounding: Rounding::default(),
            budget: None,
            created_at,
        }
    }

    /// Whether the account may see rates and amounts of all its members.
    pub fn shows_money(&self) -> bool {
        self.label.role.is_some_and(Role::manages)
    }

    /// The budget, as far as the account may see it.
    pub fn visible_budget(&self) -> Option<Budget> {
        let sees = |budget: &Budget| matches!(budget, Budget::Time(_)) || self.shows_money();
        self.budget.filter(sees)
    }
}

/// A project to make, owned by whoever makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectDraft {
    pub name: Title,
    pub client: Option<ClientChoice>,
    /// One of those that are offered, if nobody chooses.
    pub colour: Option<Colour>,
    pub billable: bool,
}

impl ProjectDraft {
    /// Whether a project is what it asks for.
    pub fn is_of(&self, project: &Project) -> bool {
        let label = &project.label;
        let client = match (&self.client, &label.client) {
            (Some(asked), Some(had)) => asked.is(had),
            (None, None) => true,
            _ => false,
        };
        client
            && self.name == label.name
            && self.billable == label.billable
            && self
                .colour
                .as_ref()
                .is_none_or(|colour| *colour == label.colour)
    }
}

/// What to change of a project; what is not said stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectRevision {
    pub name: Option<Title>,
    /// The one the project has may be named too; `Some(None)` for no client.
    pub client: Option<Option<ClientChoice>>,
    pub colour: Option<Colour>,
    pub billable: Option<bool>,
    pub archived: Option<bool>,
    pub rounding: Option<Rounding>,
    /// `Some(None)` for no budget.
    pub budget: Option<Option<Budget>>,
}

/// Which client a project is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientChoice {
    /// One of the account's own.
    Known(ClientId),
    /// The account's own that is called so; it is made, if there is none.
    Named(Title),
}

impl ClientChoice {
    /// Whether it is this one.
    pub fn is(&self, (id, name): &(ClientId, Title)) -> bool {
        match self {
            Self::Known(asked) => asked == id,
            Self::Named(asked) => asked.key() == name.key(),
        }
    }
}

/// Somebody who is in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub account: Person,
    pub role: Role,
    #[serde(with = "ts_seconds")]
    pub joined_at: Instant,
}

/// An account as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: AccountId,
    /// `None` for a guest.
    pub username: Option<Username>,
}

impl Person {
    /// The user name, or `A guest`.
    pub fn called(&self) -> String {
        let name = self.username.as_ref();
        name.map_or_else(|| "A guest".to_owned(), ToString::to_string)
    }
}

/// An invitation that was not answered yet, as the project's managers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenInvitation {
    pub id: InvitationId,
    /// As the inviter wrote it, whether or not there is such an account; `None` for a link.
    pub username: Option<Username>,
    pub role: Role,
    /// `None` if the account is gone.
    pub invited_by: Option<Person>,
    #[serde(with = "ts_seconds")]
    pub created_at: Instant,
    #[serde(with = "ts_seconds")]
    pub expires_at: Instant,
}

/// An invitation, as the invited one sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedInvitation {
    pub id: InvitationId,
    pub project: (ProjectId, Title),
    pub role: Role,
    /// `None` if the account is gone.
    pub invited_by: Option<Person>,
    #[serde(with = "ts_seconds")]
    pub created_at: Instant,
    #[serde(with = "ts_seconds")]
    pub expires_at: Instant,
}

/// A tag that is in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    pub id: TagId,
    pub name: Title,
    #[serde(with = "ts_seconds")]
    pub created_at: Instant,
}
