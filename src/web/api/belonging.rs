//! What a session shall belong to, as requests say it.

use super::{carrier::Carrier, problem::Problem};
use crate::{
    domain::{
        Action, Instant, Placement, ProjectId, Title, WorkRevision, ZoneName, entry::Entry,
        naming::Naming,
    },
    server::entry,
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
    /// The same by ids. A tag that is named for the first time is made.
    pub async fn read(self, carrier: &Carrier<'_>) -> Result<WorkRevision, Problem> {
        let tags = match self.tags {
            None => None,
            Some(words) => Some(read_tags(carrier, &words).await?),
        };
        Ok(WorkRevision {
            project: self
                .project_id
                .map(|project| project.map_or(Placement::Nowhere, Placement::In)),
            tags,
            more_tags: Vec::new(),
            billable: self.billable.map(Into::into),
        })
    }
}

/// What a line asks for that was given there and then, together with what is said beside it.
pub async fn read_line(
    carrier: &Carrier<'_>,
    line: &str,
    (zone, at): (&ZoneName, Instant),
    beside: WorkRevision,
) -> Result<Action, Problem> {
    let line = Entry::read(line).map_err(|errors| errors.for_field("entry"))?;
    let action = entry::action(&line, zone, at);
    let action = action.map_err(|errors| errors.for_field("entry"))?;
    let naming = Naming::of(&line);
    let said = entry::resolve(carrier.app, carrier.account, &naming, carrier.now).await;
    let said = said.map_err(|error| error.for_field("entry"))?;
    Ok(action.with_work(WorkRevision {
        project: said.project.or(beside.project),
        billable: said.billable.or(beside.billable),
        more_tags: said.more_tags,
        ..beside
    }))
}

async fn read_tags(
    carrier: &Carrier<'_>,
    words: &[String],
) -> Result<Vec<crate::domain::TagId>, Problem> {
    let catalog = carrier.catalog().await?;
    let (mut ids, mut names) = (Vec::new(), Vec::new());
    for word in words {
        if let Ok(id) = word.parse() {
            let tag = catalog
                .tags
                .iter()
                .find(|tag| tag.id == id || tag.merged.contains(&id));
            ids.push(tag.map_or(id, |tag| tag.id));
        } else {
            names.push(Title::new(word).map_err(|errors| errors.for_field("tags"))?);
        }
    }
    let naming = Naming {
        more_tags: names,
        ..Naming::default()
    };
    let made = entry::resolve(carrier.app, carrier.account, &naming, carrier.now).await?;
    ids.extend(made.more_tags);
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
