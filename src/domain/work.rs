//! What a session belongs to: a project, tags, and whether somebody pays for it.

use super::id::{ProjectId, TagId};
use serde::{Deserialize, Serialize};

/// The details of a session beside its name and span.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    pub project: Option<ProjectId>,
    /// In the order of their ids, each once. May hold tags that were merged or deleted since.
    pub tags: Vec<TagId>,
    pub billable: bool,
}

impl Work {
    /// Most tags of one session.
    pub const MOST_TAGS: usize = 50;

    /// Whether there is nothing to say.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Takes over what is said, and keeps the rest. A session that comes into a project is billable
    /// if the project says so, unless the revision says otherwise.
    pub fn revised(&self, revision: &WorkRevision, usable: &Usable) -> Result<Self, Unusable> {
        let mut work = self.clone();
        match revision.project {
            Some(Placement::Nowhere) => work.project = None,
            Some(Placement::In(id)) if self.project != Some(id) => {
                let project = usable.project(id).ok_or(Unusable::Project)?;
                work.project = Some(id);
                work.billable = project.billable;
            }
            Some(Placement::In(_)) | None => {}
        }
        if let Some(tags) = &revision.tags {
            let new = |tag: &&TagId| !self.tags.contains(tag);
            if tags
                .iter()
                .filter(new)
                .any(|tag| !usable.tags.contains(tag))
            {
                return Err(Unusable::Tag);
            }
            work.tags.clone_from(tags);
        }
        work.tags.extend(&revision.more_tags);
        work.tags.sort_unstable();
        work.tags.dedup();
        if work.tags.len() > Self::MOST_TAGS {
            return Err(Unusable::TooManyTags);
        }
        match revision.billable {
            Some(Billing::Billable) => work.billable = true,
            Some(Billing::NotBillable) => work.billable = false,
            Some(Billing::Turned) => work.billable = !work.billable,
            None => {}
        }
        Ok(work)
    }

    /// As [`revised`](Self::revised), where several sessions are changed at once: whether each is billable stays
    /// as it is, also in another project, unless the revision says otherwise.
    pub fn reassigned(&self, revision: &WorkRevision, usable: &Usable) -> Result<Self, Unusable> {
        let mut work = self.revised(revision, usable)?;
        work.billable = match revision.billable {
            Some(Billing::Turned) => !self.billable,
            Some(_) => work.billable,
            None => self.billable,
        };
        Ok(work)
    }

    /// The details for another session like this one: without a project that takes no more time.
    pub fn for_another(&self, usable: &Usable) -> Self {
        let project = self.project.filter(|id| usable.project(*id).is_some());
        Self {
            project,
            ..self.clone()
        }
    }
}

/// What to change of [`Work`]; what is not said stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkRevision {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<Placement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<TagId>>,
    /// Tags that are added to those it has, or to `tags`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more_tags: Vec<TagId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billable: Option<Billing>,
}

impl WorkRevision {
    /// Whether nothing is to be changed.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The tags that are asked for.
    pub fn all_tags(&self) -> impl Iterator<Item = &TagId> {
        self.tags.iter().flatten().chain(&self.more_tags)
    }
}

/// Whether somebody pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Billing {
    Billable,
    NotBillable,
    /// The other way round than it would be.
    Turned,
}

impl From<bool> for Billing {
    fn from(billable: bool) -> Self {
        if billable {
            Self::Billable
        } else {
            Self::NotBillable
        }
    }
}

/// Where a session is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// In no project.
    Nowhere,
    In(ProjectId),
}

/// The projects and tags that an account can give its sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usable {
    pub projects: Vec<UsableProject>,
    /// Projects of its own that are archived: they take no more sessions, but those that they have may be
    /// corrected.
    pub archived: Vec<ProjectId>,
    pub tags: Vec<TagId>,
}

/// A project that takes time, and whether its sessions are billable unless somebody says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsableProject {
    pub id: ProjectId,
    pub billable: bool,
}

impl Usable {
    fn project(&self, id: ProjectId) -> Option<&UsableProject> {
        self.projects.iter().find(|project| project.id == id)
    }
}

/// Why details cannot be as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Unusable {
    #[error("This project does not exist, or takes no more time.")]
    Project,
    #[error("This tag does not exist, or no longer.")]
    Tag,
    #[error("A session has at most 50 tags.")]
    TooManyTags,
}
