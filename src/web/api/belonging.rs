//! What a session shall belong to, as requests say it.

use super::{carrier::Carrier, problem::Problem};
use crate::{
    domain::{
        Action, Instant, Placement, ProjectId, Settings, TagId, Title, WorkRevision, entry::Entry,
        naming::Naming,
    },
    server::{
        entry,
        store::{Asked, Named},
    },
};

/// The fields that say so. What is not said stays as it is.
#[derive(Debug, Default)]
pub struct Belonging {
    /// `Some(None)` for no project.
    pub project_id: Option<Option<ProjectId>>,
    /// Names, or ids.
    pub tags: Option<Vec<String>>,
    pub billable: Option<bool>,
}

impl Belonging {
    /// The same, by ids; what is named is beside them.
    pub async fn read(self, carrier: &Carrier<'_>) -> Result<(WorkRevision, Naming), Problem> {
        let (tags, names) = match self.tags {
            None => (None, None),
            Some(words) => {
                let (ids, names) = read_tags(carrier, &words).await?;
                (Some(ids), (!names.is_empty()).then_some(names))
            }
        };
        let work = WorkRevision {
            project: self
                .project_id
                .map(|project| project.map_or(Placement::Nowhere, Placement::In)),
            tags,
            more_tags: Vec::new(),
            billable: self.billable.map(Into::into),
        };
        let naming = Naming {
            tags: names,
            ..Naming::default()
        };
        Ok((work, naming))
    }

    /// What `action` asks for of sessions that shall belong to this.
    pub async fn asked(
        self,
        carrier: &Carrier<'_>,
        action: impl FnOnce(WorkRevision) -> Action,
    ) -> Result<Asked, Problem> {
        let (work, naming) = self.read(carrier).await?;
        Ok(Named {
            action: action(work),
            naming,
            field: None,
            is_known: false,
        }
        .into())
    }
}

/// What a line asks for that was given there and then, together with what is said beside it.
pub fn read_line(
    line: &str,
    (settings, at): (&Settings, Instant),
    (work, naming): (WorkRevision, Naming),
) -> Result<Asked, Problem> {
    let line = Entry::read(line).map_err(|errors| errors.for_field("entry"))?;
    let action = entry::action(&line, settings, at);
    let action = action.map_err(|errors| errors.for_field("entry"))?;
    Ok(Named {
        action: action.with_work(work),
        naming: naming.and(&line),
        field: Some("entry"),
        is_known: false,
    }
    .into())
}

/// Ids, each once, and names.
async fn read_tags(
    carrier: &Carrier<'_>,
    words: &[String],
) -> Result<(Vec<TagId>, Vec<Title>), Problem> {
    let catalog = carrier.catalog().await?;
    let (mut ids, mut names) = (Vec::new(), Vec::new());
    for word in words {
        if let Ok(id) = word.parse() {
            ids.push(catalog.tag(id).map_or(id, |tag| tag.id));
        } else {
            names.push(Title::new(word).map_err(|errors| errors.for_field("tags"))?);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok((ids, names))
}
