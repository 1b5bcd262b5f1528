//! What a form says about the sessions that are selected on a page.

use super::{CommandForm, incomplete};
use crate::domain::{
    field::FieldErrors,
    id::SessionId,
    naming::{self, Naming},
};
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};
use std::fmt;

/// Stands in a field for what is to be taken away.
const NOTHING: &str = "-";

impl CommandForm {
    /// The selected sessions.
    pub fn selected(&self) -> Result<Vec<SessionId>, FieldErrors> {
        if self.sessions.is_empty() {
            return Err(FieldErrors::one("form", "Select a session first."));
        }
        let ids = self.sessions.split(',');
        ids.map(|id| id.parse().map_err(|_| incomplete())).collect()
    }

    /// What the selected sessions shall belong to. An empty field changes nothing; `-` takes away the
    /// project, or as the first of several the tags that they have.
    pub(super) fn naming_of_selected(&self) -> Result<Naming, FieldErrors> {
        let project = match self.project.trim() {
            "" => None,
            NOTHING => Some(None),
            typed => Some(named("Project", naming::read_project(typed))?),
        };
        let (first, others) = self.tags.split_once(',').unwrap_or((&self.tags, ""));
        let read = |typed| named("Tags", naming::read_tags(typed));
        let (tags, more_tags) = if first.trim() == NOTHING {
            (Some(read(others)?), Vec::new())
        } else {
            (None, read(&self.tags)?)
        };
        let naming = Naming {
            project,
            tags,
            more_tags,
            billable: match self.billable.as_str() {
                "" => None,
                answer => Some((answer != "no").into()),
            },
        };
        if naming.is_none() {
            return Err(FieldErrors::one(
                "form",
                "Say what to change: project, tags or billable.",
            ));
        }
        Ok(naming)
    }
}

/// The same; errors name the field, since with scripts they are told beside the form.
fn named<T>(label: &str, read: Result<T, FieldErrors>) -> Result<T, FieldErrors> {
    read.map_err(|FieldErrors(mut errors)| {
        for error in &mut errors {
            error.message = format!("{label}: {}", error.message);
        }
        FieldErrors(errors)
    })
}

/// One text, or several as a plain form sends them, with commas between them.
pub(super) struct Selected(pub String);

impl<'de> Deserialize<'de> for Selected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What crosses as postcard is always one, and its reader has to know.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(OneOrMany).map(Self)
        } else {
            String::deserialize(deserializer).map(Self)
        }
    }
}

struct OneOrMany;

impl<'de> Visitor<'de> for OneOrMany {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or several")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut texts: A) -> Result<String, A::Error> {
        let mut all = Vec::new();
        while let Some(text) = texts.next_element::<String>()? {
            all.push(text);
        }
        Ok(all.join(","))
    }
}

#[cfg(test)]
mod tests;
