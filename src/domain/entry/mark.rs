//! The marks of a line: what begins with `@`, `#` or `!`.

use super::{ProjectRef, when};
use crate::domain::title::Title;
use std::ops::Range;

/// A word of a line or, in quotes, several.
pub(super) struct Piece {
    /// Bytes of the line.
    pub range: Range<usize>,
    pub kind: Kind,
}

pub(super) enum Kind {
    /// Not a mark.
    Plain,
    Project(ProjectRef),
    Tag(Title),
    Billable,
}

/// The line from left to right; all of it but the white space between.
pub(super) fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut has_project, mut has_billable) = (false, false);
    let mut at = 0;
    while let Some(skipped) = line[at..].find(|c: char| !c.is_whitespace()) {
        let start = at + skipped;
        let (length, kind) = match first(&line[start..]) {
            (_, Kind::Project(_)) if has_project => plain(&line[start..]),
            (_, Kind::Billable) if has_billable => plain(&line[start..]),
            first => first,
        };
        has_project |= matches!(kind, Kind::Project(_));
        has_billable |= matches!(kind, Kind::Billable);
        at = start + length;
        pieces.push(Piece {
            range: start..at,
            kind,
        });
    }
    pieces
}

/// Whether a word is understood as a mark, if nothing follows it.
pub(super) fn is_mark(word: &str) -> bool {
    !matches!(first(word).1, Kind::Plain)
}

/// Whether a backslash before `word` keeps it in the name.
pub(super) fn is_special(word: &str) -> bool {
    word.starts_with(['@', '#', '!']) || when::is_time_word(word)
}

/// What `rest` begins with, and its length in bytes. `rest` begins with a word.
fn first(rest: &str) -> (usize, Kind) {
    let understood = match rest.as_bytes().first() {
        Some(b'@') => {
            body(rest).and_then(|(length, body)| Some((length, Kind::Project(project(&body)?))))
        }
        Some(b'#') => body(rest).and_then(|(length, body)| Some((length, Kind::Tag(tag(&body)?)))),
        Some(b'!') if word(rest) == "!" => Some((1, Kind::Billable)),
        _ => None,
    };
    understood.unwrap_or_else(|| plain(rest))
}

fn plain(rest: &str) -> (usize, Kind) {
    (word(rest).len(), Kind::Plain)
}

fn word(rest: &str) -> &str {
    rest.split(char::is_whitespace).next().unwrap_or_default()
}

/// What stands behind a mark: its characters, and whether each may divide client and project.
type Body = Vec<(char, bool)>;

/// The body of the mark that `rest` begins with, and the length of both in bytes.
fn body(rest: &str) -> Option<(usize, Body)> {
    let bare = &word(rest)[1..];
    match bare.chars().next()? {
        '"' => quoted(&rest[2..]).map(|(length, body)| (2 + length, body)),
        '@' | '#' | '!' => None,
        _ => Some((
            1 + bare.len(),
            bare.chars().map(|c| (c, c == '/')).collect(),
        )),
    }
}

/// What stands before the closing quote, and the length of both; `None` if it does not end a word.
fn quoted(text: &str) -> Option<(usize, Body)> {
    let mut body = Body::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let escaped = chars.next_if(|(_, next)| c == '\\' && matches!(next, '"' | '\\' | '/'));
        match (c, escaped) {
            (_, Some((_, escaped))) => body.push((escaped, false)),
            ('"', _) => {
                let ends = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
                return ends.then_some((at + 1, body));
            }
            _ => body.push((c, c == '/')),
        }
    }
    None
}

fn project(body: &[(char, bool)]) -> Option<ProjectRef> {
    Some(match body.iter().position(|(_, divides)| *divides) {
        Some(slash) => ProjectRef {
            client: Some(tag(&body[..slash])?),
            name: tag(&body[slash + 1..])?,
        },
        None => ProjectRef {
            client: None,
            name: tag(body)?,
        },
    })
}

fn tag(body: &[(char, bool)]) -> Option<Title> {
    Title::new(&body.iter().map(|(c, _)| c).collect::<String>()).ok()
}

/// `@client/project`, in quotes where it must be.
pub(super) fn written_project(project: &ProjectRef) -> String {
    let titles = || project.client.iter().chain([&project.name]);
    let bare = titles().map(Title::as_str).collect::<Vec<_>>().join("/");
    if titles().all(|title| !title.as_str().contains('/')) && stands_bare(&bare) {
        return format!("@{bare}");
    }
    let parts = titles().map(|title| escaped(title.as_str(), &['"', '\\', '/']));
    format!("@\"{}\"", parts.collect::<Vec<_>>().join("/"))
}

/// `@client/`, to be gone on with; with a quote that is still open where it must be.
pub(super) fn begun_project(client: &Title) -> String {
    let bare = client.as_str();
    if !bare.contains('/') && stands_bare(bare) {
        format!("@{bare}/")
    } else {
        format!("@\"{}/", escaped(bare, &['"', '\\', '/']))
    }
}

/// `#tag`, in quotes where it must be.
pub(super) fn written_tag(tag: &Title) -> String {
    let bare = tag.as_str();
    if stands_bare(bare) {
        format!("#{bare}")
    } else {
        format!("#\"{}\"", escaped(bare, &['"', '\\']))
    }
}

/// Whether a body reads as itself without quotes.
fn stands_bare(body: &str) -> bool {
    // A quote in a word could be taken for the end of one that was left open before it.
    !body.contains(|c: char| c.is_whitespace() || c == '"') && !body.starts_with(['@', '#', '!'])
}

fn escaped(text: &str, characters: &[char]) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if characters.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
