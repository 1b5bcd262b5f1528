//! The line that says what somebody works on: `fix login @acme/web #bug ! 9:30-11`.
//!
//! The one grammar of the name field, of the API's `entry` and of `stint start`. Words are divided
//! by white space. What is not understood stays in the name, word for word.
//!
//! **Marks** count at the beginning of a word, wherever it stands in the line, up to the end of the
//! word.
//! - `@project` or `@client/project`; the first slash divides. Only the first that is understood
//!   counts, a second stays in the name.
//! - `#tag`, any number of them; one that differs from an earlier one in case only is dropped.
//! - `!` alone turns billable around; a second stays in the name.
//! - `@"Big Corp/Web site"`, `#"needs review"` hold spaces. Within quotes `\"`, `\\` and `\/` are the
//!   characters themselves. The closing quote must end the word; a quote that is not closed is a word
//!   like any other, as is a mark with nothing, another mark, or more than a [`Title`] behind it
//!   (`#`, `##`, `@/`).
//!
//! **Time** counts only where the plain words (those that are not marks) begin or end, because in
//! between it belongs to the name.
//! - A range `9:30-11`, `9am-11:30am`, `9-11am`, `9:30 – 11`, with a hyphen or an en dash. One that
//!   ends before it begins ends on the next day, and then both ends must say their minutes or their
//!   half of the day: `22:00-1:30`. Where one end alone says its half, the other is in that which makes
//!   the range shorter.
//! - A length `2h`, `1h30m`, `1h 30m`, `1:30h`, `1.5h`, `90m` in lower case: `3M` is a name, and so is
//!   `90s`, as seconds count only behind hours or minutes.
//! - A moment since which something runs, `since 10:15`, `since 2pm`.
//! - `today`, `yesterday` or `2026-11-20` beside it or at the other end; a day alone is no time.
//!
//! A bare number is never a time (`Route 66`, `Agenda 2030`, `since 2019`). A range of two bare hours
//! (`9-11`) counts at the beginning; at the end only where no word of the name stands right before it,
//! but a mark or a day: `design @acme 9-11` has a time, `Version 2-3` has none. Where both ends of the
//! line hold a time, the first counts.
//!
//! **A backslash** before a mark, or before a word that could be part of a time, keeps the word in the
//! name and goes: `\#123`, `\2h`. Anywhere else it is a character like others.

mod caret;
mod clock;
mod mark;
mod when;

use super::{
    catalog::{Catalog, ProjectLabel},
    field::FieldErrors,
    session::{Name, Session},
    title::Title,
    work::Work,
};
pub use caret::{Choice, Token, TokenKind, complete, token_at};
use mark::{Kind, Piece};
use std::{collections::HashSet, fmt, ops::Range};
pub use when::{DayRef, Part, When};

/// What a line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What is left when everything else is taken out; may be empty.
    pub name: Name,
    pub project: Option<ProjectRef>,
    /// No two with the same key.
    pub tags: Vec<Title>,
    pub toggles_billable: bool,
    pub when: Option<When>,
}

/// A project as people write it. Without a client, whichever project has the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectRef {
    pub client: Option<Title>,
    pub name: Title,
}

impl ProjectRef {
    /// `Client/Project`, or its name alone.
    pub fn path(&self) -> String {
        match &self.client {
            Some(client) => format!("{client}/{}", self.name),
            None => self.name.to_string(),
        }
    }
}

/// Which of the plain words are left for the name, and the time that the others say.
type TimeFound = (Range<usize>, Option<When>);

impl Entry {
    /// Reads a line. Refused only if what is left is no [`Name`]; the field is `name`.
    pub fn read(line: &str) -> Result<Self, FieldErrors> {
        Self::read_words(line, when::find)
    }

    /// Reads the line of a session that has its times: those stay in the name.
    pub fn read_untimed(line: &str) -> Result<Self, FieldErrors> {
        Self::read_words(line, |words| (0..words.len(), None))
    }

    fn read_words(line: &str, find_time: fn(&[Word]) -> TimeFound) -> Result<Self, FieldErrors> {
        let mut entry = Self::default();
        let mut keys = HashSet::new();
        let mut words: Vec<Word> = Vec::new();
        let mut end = 0;
        let mut after_mark = false;
        for Piece { range, kind } in mark::pieces(line) {
            let is_plain = matches!(kind, Kind::Plain);
            match kind {
                Kind::Plain => words.push(Word {
                    typed: &line[range.clone()],
                    space: if after_mark {
                        " "
                    } else {
                        &line[end..range.start]
                    },
                    after_mark,
                }),
                Kind::Project(project) => entry.project = Some(project),
                Kind::Tag(tag) => entry.tags.extend(keys.insert(tag.key()).then_some(tag)),
                Kind::Billable => entry.toggles_billable = true,
            }
            end = range.end;
            after_mark = !is_plain;
        }
        let (kept, when) = find_time(&words);
        entry.when = when;
        let mut name = String::new();
        for (index, word) in words[kept].iter().enumerate() {
            name.push_str(if index == 0 { "" } else { word.space });
            name.push_str(word.meant());
        }
        entry.name = Name::new(&name)?;
        Ok(entry)
    }

    /// Whether it says nothing but a name.
    pub fn is_plain(&self) -> bool {
        let name = self.name.clone();
        *self
            == Self {
                name,
                ..Self::default()
            }
    }

    /// The line that says nothing but this name.
    pub fn of_name(name: &Name) -> String {
        let name = name.clone();
        Self {
            name,
            ..Self::default()
        }
        .write()
    }

    /// The line that says the name of what runs; an empty one where nothing does.
    pub fn of_running(running: &Option<Session>) -> String {
        let name = running.as_ref().map(|session| &session.name);
        name.map_or_else(String::new, Self::of_name)
    }

    /// What starts a session with this name and work, as far as it can be given today.
    pub fn again(name: &Name, work: &Work, catalog: &Catalog) -> Self {
        let project = catalog.usable_project_of(work);
        let tags = catalog.tags_of(work).map(|tag| tag.name.clone());
        Self {
            name: name.clone(),
            project: project.map(ProjectLabel::written),
            tags: tags.collect(),
            toggles_billable: work.billable != project.is_some_and(|project| project.billable),
            when: None,
        }
    }

    /// The line that [`Entry::read`] reads as this entry: name, project, tags, billable, time. With
    /// backslashes only where the name would be misunderstood.
    ///
    /// Guaranteed as long as no two tags share a key, times are whole seconds, a range is not empty, a length
    /// lasts from a second to [`super::Seconds::LONGEST`] and a date lies in the years 0 to 9999.
    pub fn write(&self) -> String {
        let light = self.line(mark::is_mark);
        if Self::read(&light).as_ref() == Ok(self) {
            light
        } else {
            self.line(mark::is_special)
        }
    }

    /// The line, with a backslash before each word of the name that `needs` one.
    fn line(&self, needs: impl Fn(&str) -> bool) -> String {
        let name = self.name.as_str();
        let mut parts = Vec::new();
        if !name.is_empty() {
            let mut written = String::new();
            for word in name.split_inclusive(char::is_whitespace) {
                let bare = word.trim_end();
                let hides =
                    bare.starts_with('\\') && mark::is_special(bare.trim_start_matches('\\'));
                if hides || needs(bare) {
                    written.push('\\');
                }
                written.push_str(word);
            }
            parts.push(written);
        }
        parts.extend(self.project.as_ref().map(mark::written_project));
        parts.extend(self.tags.iter().map(mark::written_tag));
        parts.extend(self.toggles_billable.then(|| "!".to_owned()));
        parts.extend(self.when.as_ref().map(When::to_string));
        parts.join(" ")
    }
}

impl fmt::Display for Entry {
    /// As [`Entry::write`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.write())
    }
}

/// A word that is no mark.
struct Word<'a> {
    typed: &'a str,
    /// What divides it from the word before; a single space where a mark was taken out.
    space: &'a str,
    /// Whether a mark stands right before it.
    after_mark: bool,
}

impl<'a> Word<'a> {
    /// Without the backslash that keeps it in the name.
    fn meant(&self) -> &'a str {
        match self.typed.strip_prefix('\\') {
            Some(rest) if mark::is_special(rest.trim_start_matches('\\')) => rest,
            _ => self.typed,
        }
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
