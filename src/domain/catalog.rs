//! What an account can name on its sessions: its projects and tags.

use super::{
    colour::Colour,
    entry::ProjectRef,
    field::FieldErrors,
    id::{ClientId, ProjectId, TagId},
    title::Title,
    work::{Usable, UsableProject, Work},
};
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, str::FromStr};

/// A project, as its members see it on their sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectLabel {
    pub id: ProjectId,
    pub name: Title,
    pub colour: Colour,
    pub client: Option<(ClientId, Title)>,
    /// Whether its sessions are billable unless somebody says otherwise.
    pub billable: bool,
    /// What the account is in it; none where it has left and knows the project by the name from then.
    pub role: Option<Role>,
    pub is_archived: bool,
}

impl ProjectLabel {
    /// Whether it takes more time.
    pub fn is_usable(&self) -> bool {
        self.role.is_some() && !self.is_archived
    }

    /// As people write it.
    pub fn written(&self) -> ProjectRef {
        ProjectRef {
            client: self.client.as_ref().map(|(_, name)| name.clone()),
            name: self.name.clone(),
        }
    }

    /// `Client/Project`, or its name alone.
    pub fn path(&self) -> String {
        self.written().path()
    }
}

/// A tag that is in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagLabel {
    pub id: TagId,
    pub name: Title,
    /// The tags that were merged into it.
    pub merged: Vec<TagId>,
}

impl TagLabel {
    /// Whether sessions with these details have it, or one that was merged into it.
    pub fn is_on(&self, work: &Work) -> bool {
        work.tags.contains(&self.id) || self.merged.iter().any(|id| work.tags.contains(id))
    }
}

/// The projects and tags of an account, each by name. Deleted ones are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    pub projects: Vec<ProjectLabel>,
    pub tags: Vec<TagLabel>,
}

impl Catalog {
    /// A project by its id.
    pub fn project(&self, id: ProjectId) -> Option<&ProjectLabel> {
        self.projects.iter().find(|project| project.id == id)
    }

    /// The project of a session, if the account can still give it to another one.
    pub fn usable_project_of(&self, work: &Work) -> Option<&ProjectLabel> {
        let project = work.project.and_then(|id| self.project(id));
        project.filter(|project| project.is_usable())
    }

    /// The projects of a client, as far as the account is in them.
    pub fn projects_of(&self, client: ClientId) -> Vec<ProjectId> {
        let is_for = |project: &&ProjectLabel| {
            let of = project.client.as_ref();
            of.is_some_and(|(id, _)| *id == client)
        };
        let projects = self.projects.iter().filter(is_for);
        projects.map(|project| project.id).collect()
    }

    /// Whether the account manages a project, and sees what all its members' time comes to.
    pub fn manages(&self, id: ProjectId) -> bool {
        let role = self.project(id).and_then(|project| project.role);
        role.is_some_and(Role::manages)
    }

    /// The project that takes more time and is meant by what somebody wrote. Without a client, one
    /// that has none comes first. A slash divides only where no name holds it.
    pub fn find_project(&self, written: &ProjectRef) -> Option<&ProjectLabel> {
        let client = written.client.as_ref().map(Title::key);
        let fits = |project: &&ProjectLabel| {
            let its = project.client.as_ref().map(|(_, name)| name.key());
            project.is_usable()
                && project.name.key() == written.name.key()
                && (client.is_none() || its == client)
        };
        let mut fitting: Vec<_> = self.projects.iter().filter(fits).collect();
        fitting.sort_by_key(|project| project.client.is_some());
        let mut whole = self
            .written_like(written)
            .filter(|project| project.is_usable());
        fitting.first().copied().or_else(|| whole.next())
    }

    /// The projects, usable or not, that are written the same as a whole, wherever a slash divides.
    pub fn written_like(&self, written: &ProjectRef) -> impl Iterator<Item = &ProjectLabel> {
        let key = path_key(written);
        let is_same = move |project: &&ProjectLabel| path_key(&project.written()) == key;
        self.projects.iter().filter(is_same)
    }

    /// Refuses to make a twin of what was put away; the field is `project`.
    pub fn refuse_archived(&self, written: &ProjectRef) -> Result<(), FieldErrors> {
        let mut alike = self.written_like(written);
        match alike.find(|project| project.is_archived) {
            None => Ok(()),
            Some(project) => {
                let message = format!(
                    "The project “{}” is archived. Take it back into use, or choose another name.",
                    project.path()
                );
                Err(FieldErrors::one("project", message))
            }
        }
    }

    /// Whether somebody may have written a project like that before: nothing else is meant by it now that takes time,
    /// or the project itself takes none any more.
    pub fn may_be_written(&self, id: ProjectId, written: &ProjectRef) -> bool {
        let is_gone = self.project(id).is_none_or(|project| !project.is_usable());
        let meant = self.find_project(written);
        is_gone || meant.is_none_or(|project| project.id == id)
    }

    /// The tag with this id, or the one that took its place.
    pub fn tag(&self, id: TagId) -> Option<&TagLabel> {
        let mut tags = self.tags.iter();
        tags.find(|tag| tag.id == id || tag.merged.contains(&id))
    }

    /// The tag of this name, whatever its case.
    pub fn find_tag(&self, name: &Title) -> Option<&TagLabel> {
        self.tags.iter().find(|tag| tag.name.key() == name.key())
    }

    /// The project of a session.
    pub fn project_of(&self, work: &Work) -> Option<&ProjectLabel> {
        work.project.and_then(|id| self.project(id))
    }

    /// The tags of a session, by name: merged ones stand under the tag that took their place.
    pub fn tags_of<'a>(&'a self, work: &'a Work) -> impl Iterator<Item = &'a TagLabel> {
        // Most sessions have none, and most accounts many.
        let tags = if work.tags.is_empty() {
            &[]
        } else {
            &self.tags[..]
        };
        tags.iter().filter(|tag| tag.is_on(work))
    }

    /// What is needed to show sessions of which these are the details, and at most `more` projects and
    /// tags that can be given to others.
    pub fn excerpt<'a>(&self, shown: impl Iterator<Item = &'a Work>, more: usize) -> Self {
        let (mut projects, mut tags) = (HashSet::<ProjectId>::new(), HashSet::<TagId>::new());
        for work in shown {
            projects.extend(work.project);
            tags.extend(&work.tags);
        }
        let (mut more_projects, mut more_tags) = (0..more, 0..more);
        let is_wanted = |project: &&ProjectLabel| {
            projects.contains(&project.id)
                || (project.is_usable() && more_projects.next().is_some())
        };
        let is_tag_wanted = |tag: &&TagLabel| {
            tags.contains(&tag.id)
                || tag.merged.iter().any(|id| tags.contains(id))
                || more_tags.next().is_some()
        };
        Self {
            projects: self.projects.iter().filter(is_wanted).cloned().collect(),
            tags: self.tags.iter().filter(is_tag_wanted).cloned().collect(),
        }
    }

    /// What the account can give its sessions.
    pub fn usable(&self) -> Usable {
        let projects = self.projects.iter().filter(|project| project.is_usable());
        let archived =
            (self.projects.iter()).filter(|project| project.is_archived && project.role.is_some());
        Usable {
            projects: projects
                .map(|project| UsableProject {
                    id: project.id,
                    billable: project.billable,
                })
                .collect(),
            archived: archived.map(|project| project.id).collect(),
            tags: self.tags.iter().map(|tag| tag.id).collect(),
        }
    }
}

/// What projects share that are written the same: their path in lower case, without spaces at slashes.
fn path_key(written: &ProjectRef) -> String {
    let path = written.path().to_lowercase();
    path.split('/').map(str::trim).collect::<Vec<_>>().join("/")
}

/// What a member may do in a project. Members see the sessions of all; managers also manage members
/// and rates; owners also the project itself. Nobody alters the sessions of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Member,
    Manager,
    Owner,
}

impl Role {
    /// Whether it is to manage members and rates, and to see what all of them come to.
    pub fn manages(self) -> bool {
        self >= Self::Manager
    }

    /// Whether it may make a `before` an `after`: owners any of any, managers a manager of a member. Who could
    /// take the role from other managers could remove them, too.
    pub fn may_change(self, before: Self, after: Self) -> bool {
        match self {
            Self::Owner => true,
            Self::Manager => before == Self::Member && after < Self::Owner,
            Self::Member => false,
        }
    }

    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }
}

impl FromStr for Role {
    type Err = FieldErrors;

    fn from_str(text: &str) -> Result<Self, FieldErrors> {
        [Self::Member, Self::Manager, Self::Owner]
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| FieldErrors::one("role", "Choose owner, manager or member."))
    }
}
