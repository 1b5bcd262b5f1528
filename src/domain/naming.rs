//! What a session shall belong to, by names, as people type them.

use super::{
    catalog::Catalog,
    entry::{Entry, ProjectRef},
    field::FieldErrors,
    id::TagId,
    title::Title,
    work::{Billing, Placement, WorkRevision},
};
use std::collections::HashSet;

/// A [`WorkRevision`] in names, which may be those of things that do not exist yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// The project; `Some(None)` for none.
    pub project: Option<Option<ProjectRef>>,
    /// All tags.
    pub tags: Option<Vec<Title>>,
    /// Tags beside those it has.
    pub more_tags: Vec<Title>,
    pub billable: Option<Billing>,
}

impl Naming {
    /// What a line says.
    pub fn of(entry: &Entry) -> Self {
        Self {
            project: entry.project.clone().map(Some),
            tags: None,
            more_tags: entry.tags.clone(),
            billable: entry.toggles_billable.then_some(Billing::Turned),
        }
    }

    /// This and what `entry` says, which comes first.
    pub fn and(self, entry: &Entry) -> Self {
        let said = Self::of(entry);
        Self {
            project: said.project.or(self.project),
            tags: self.tags,
            more_tags: [self.more_tags, said.more_tags].concat(),
            billable: said.billable.or(self.billable),
        }
    }

    /// Whether nothing is to be changed.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The projects that are named.
    pub fn projects(&self) -> impl Iterator<Item = &ProjectRef> {
        self.project.iter().flatten()
    }

    /// The tags that are named.
    pub fn all_tags(&self) -> impl Iterator<Item = &Title> {
        self.tags.iter().flatten().chain(&self.more_tags)
    }

    /// The same by ids; `None` if the catalogue does not know a name.
    pub fn resolve(&self, catalog: &Catalog) -> Option<WorkRevision> {
        let place = |project: &Option<ProjectRef>| match project {
            None => Some(Placement::Nowhere),
            Some(written) => catalog
                .find_project(written)
                .map(|project| Placement::In(project.id)),
        };
        let ids = |names: &[Title]| {
            let ids = names
                .iter()
                .map(|name| catalog.find_tag(name).map(|tag| tag.id));
            ids.collect::<Option<Vec<_>>>()
        };
        Some(WorkRevision {
            project: match &self.project {
                None => None,
                Some(project) => Some(place(project)?),
            },
            tags: match &self.tags {
                None => None,
                Some(tags) => Some(ids(tags)?),
            },
            more_tags: ids(&self.more_tags)?,
            billable: self.billable,
        })
    }

    /// Whether this and `beside` may have come to `done`, for all that is known of what could be named `then`. A name
    /// that stands for nothing may have stood for anything: what had it has another one, or is gone.
    pub fn may_mean(&self, beside: &WorkRevision, done: &WorkRevision, then: &Catalog) -> bool {
        let has_place = match (&self.project, done.project) {
            (None, place) => place == beside.project,
            (Some(None), place) => place == Some(Placement::Nowhere),
            (Some(Some(written)), Some(Placement::In(id))) => then.may_be_written(id, written),
            (Some(Some(_)), _) => false,
        };
        let has_tags = self.tags.is_some() || beside.tags.is_some();
        has_place
            && has_tags == done.tags.is_some()
            && self.more_tags.len() + beside.more_tags.len() == done.more_tags.len()
            && self.may_mean_tags(beside, done, then)
            && self.billable.or(beside.billable) == done.billable
    }

    fn may_mean_tags(&self, beside: &WorkRevision, done: &WorkRevision, then: &Catalog) -> bool {
        // Merged tags stand under the one that took their place.
        let now = |id: &TagId| then.tag(*id).map_or(*id, |tag| tag.id);
        let done: HashSet<TagId> = done.all_tags().map(now).collect();
        let mut asked: HashSet<TagId> = beside.all_tags().map(now).collect();
        let mut unknown = 0;
        for name in self.all_tags() {
            match then.find_tag(name) {
                Some(tag) => drop(asked.insert(tag.id)),
                None => unknown += 1,
            }
        }
        asked.is_subset(&done) && done.len() <= asked.len() + unknown
    }
}

/// Reads `Client/Project` or `Project`; `None` for an empty field. The first slash divides.
pub fn read_project(typed: &str) -> Result<Option<ProjectRef>, FieldErrors> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let title = |typed: &str| Title::new(typed).map_err(|errors| errors.for_field("project"));
    let project = match typed.split_once('/') {
        Some((client, name)) if !client.trim().is_empty() => ProjectRef {
            client: Some(title(client)?),
            name: title(name)?,
        },
        _ => ProjectRef {
            client: None,
            name: title(typed)?,
        },
    };
    Ok(Some(project))
}

/// Reads tags with commas between them, each once.
pub fn read_tags(typed: &str) -> Result<Vec<Title>, FieldErrors> {
    let mut tags: Vec<Title> = Vec::new();
    for word in typed.split(',').filter(|word| !word.trim().is_empty()) {
        let word = word.trim();
        let tag = Title::new(word.strip_prefix('#').unwrap_or(word))
            .map_err(|errors| errors.for_field("tags"))?;
        if tags.iter().all(|known| known.key() != tag.key()) {
            tags.push(tag);
        }
    }
    Ok(tags)
}
