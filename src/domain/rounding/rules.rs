//! The rules by which the time of several sessions is rounded.

use super::Rounding;
use crate::domain::catalog::ProjectLabel;
use std::collections::{BTreeMap, BTreeSet};

/// Each rule in words, with the projects that have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules(BTreeMap<String, BTreeSet<String>>);

impl Rules {
    /// Notes the rule of one session, of this project.
    pub fn add(&mut self, rule: Rounding, project: Option<&ProjectLabel>) {
        let name = project.map_or_else(|| "no project".to_owned(), ProjectLabel::path);
        self.0.entry(rule.told()).or_default().insert(name);
    }

    /// Whether no session was noted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The only rule; or all of them, each with its projects:
    /// `Time is paid to the second (Acme/Web, no project). Each session is rounded … (Own).`
    pub fn told(&self) -> String {
        let told = self.0.iter().map(|(rule, projects)| {
            let projects: Vec<&str> = projects.iter().map(String::as_str).collect();
            match self.0.len() {
                1 => rule.clone(),
                _ => format!("{} ({}).", rule.trim_end_matches('.'), projects.join(", ")),
            }
        });
        told.collect::<Vec<_>>().join(" ")
    }
}
