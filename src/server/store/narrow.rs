//! What lists and sums are narrowed to, by what sessions belong to.

use super::connection::{Row, Statement};
use crate::domain::{AccountId, ProjectId, TagId, Title, Work};

/// What sessions of an account must belong to; what is not said is all the same.
#[derive(Clone, Debug, Default)]
pub struct Narrowing {
    /// One of these projects.
    pub projects: Option<Vec<ProjectId>>,
    /// One of these tags at least.
    pub tags: Option<Vec<TagId>>,
    pub billable: Option<bool>,
}

impl Narrowing {
    /// Whether a session that belongs to `work` is meant.
    pub fn keeps(&self, work: &Work) -> bool {
        let is_for =
            |projects: &Vec<ProjectId>| work.project.is_some_and(|id| projects.contains(&id));
        let has = |tags: &Vec<TagId>| tags.iter().any(|tag| work.tags.contains(tag));
        self.projects.as_ref().is_none_or(is_for)
            && self.tags.as_ref().is_none_or(has)
            && self.billable.is_none_or(|said| work.billable == said)
    }

    /// More of a condition about `session`, whose places are numbered from `first`; nothing, where nothing is
    /// said. The text depends on nothing but how much is. `coalesce` keeps the search to the index
    /// of the account, whose order is that of its lists.
    pub(super) fn condition(&self, first: usize) -> String {
        let mut next = first;
        let mut places = |count: usize| {
            let places: Vec<String> = (next..next + count).map(|n| format!("${n}")).collect();
            next += count;
            places.join(", ")
        };
        let mut condition = String::new();
        let none = " and 1 = 0".to_owned();
        condition += &match self.projects.as_deref() {
            None => String::new(),
            Some([]) => none.clone(),
            Some(ids) => format!(" and coalesce(project_id, '') in ({})", places(ids.len())),
        };
        condition += &match self.tags.as_deref() {
            None => String::new(),
            Some([]) => none,
            Some(ids) => format!(
                " and exists (select 1 from session_tag k
                              where k.account_id = session.account_id and k.session_id = session.id
                                and k.tag_id in ({}))",
                places(ids.len())
            ),
        };
        if self.billable.is_some() {
            condition += &format!(" and billable = {}", places(1));
        }
        condition
    }

    /// Binds what the places of [`condition`](Self::condition) stand for.
    pub(super) fn bind<'q, R: Row>(&self, query: Statement<'q, R>) -> Statement<'q, R> {
        let projects = self.projects.iter().flatten().map(ToString::to_string);
        let tags = self.tags.iter().flatten().map(ToString::to_string);
        let query = projects.chain(tags).fold(query, Statement::bind);
        self.billable
            .iter()
            .fold(query, |query, said| query.bind(i64::from(*said)))
    }
}

/// Which sessions of a project are meant; what is not said is all the same.
#[derive(Clone, Debug, Default)]
pub struct TeamNarrowing {
    /// Whose.
    pub of: Option<AccountId>,
    /// A tag of this name, whoever calls one so.
    pub tag: Option<Title>,
    pub billable: Option<bool>,
}

impl TeamNarrowing {
    /// Binds tag and billing, for the two places of `narrowed`.
    pub(super) fn bind<'q, R: Row>(&self, query: Statement<'q, R>) -> Statement<'q, R> {
        query
            .bind(self.tag.as_ref().map(Title::key))
            .bind(self.billable.map(i64::from))
    }
}

/// More of a condition about sessions of a project: with a tag of the name, and billable or not, both bound by
/// [`TeamNarrowing::bind`] and null where they are not said.
macro_rules! narrowed {
    ($session:literal, $tag:literal, $billable:literal) => {
        concat!(
            " and (", $billable, " is null or ", $session, ".billable = ", $billable, ")
              and (", $tag, " is null or exists (
                   select 1 from session_tag k join tag w on w.id = k.tag_id left join tag v on v.id = w.merged_into
                   where k.account_id = ", $session, ".account_id and k.session_id = ", $session, ".id
                     and w.deleted_at is null and v.deleted_at is null
                     and coalesce(v.name_key, w.name_key) = ", $tag, ")) "
        )
    };
}
pub(super) use narrowed;
