//! Help while a line is typed: what stands at the caret, and how a choice is put in its place.
//!
//! A caret is counted in UTF-16 code units, as browsers do.

use super::{
    ProjectRef,
    mark::{self, Kind, Piece},
};
use crate::domain::title::Title;
use std::ops::Range;

/// A mark that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    pub kind: TokenKind,
    /// What stands between the mark, or its opening quote, and the caret; may be empty. Of a project
    /// it may be `client/pro`.
    pub typed: &'a str,
    /// The bytes of the line that a choice replaces: the whole mark, also what follows the caret.
    pub range: Range<usize>,
}

/// What a token names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Project,
    Tag,
}

/// What a person chose for a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Project(ProjectRef),
    /// The client of a project that is still to be typed.
    Client(Title),
    Tag(Title),
}

/// The project or tag that is typed at the caret. `None` in front of a mark and behind a closing
/// quote, in what a backslash keeps in the name, between two quotes that do not belong together, and in a second project.
pub fn token_at(line: &str, caret: usize) -> Option<Token<'_>> {
    let caret = byte_of(line, caret);
    let pieces = mark::pieces(line);
    let before = &pieces[..pieces.partition_point(|piece| piece.range.start < caret)];
    let text = |piece: &Piece| &line[piece.range.clone()];
    let is_plain = |piece: &Piece| matches!(piece.kind, Kind::Plain);
    let opens_quote = |piece: &&Piece| matches!(text(piece).get(..2), Some("@\"" | "#\""));

    let last = before.last()?;
    // Also one that is not yet understood, such as `#` or `@acme/`.
    let may_become = |piece: &Piece| !text(piece)[1..].starts_with(['@', '#', '!', '"']);
    let is_typed = caret <= last.range.end
        && (!is_plain(last) || (text(last).starts_with(['@', '#']) && may_become(last)));
    let piece = if is_typed {
        last
    } else {
        // Behind a mark that is understood, no quote is open.
        before
            .iter()
            .rev()
            .take_while(|piece| is_plain(piece))
            .find(opens_quote)?
    };

    let kind = match text(piece).as_bytes()[0] {
        b'@' => TokenKind::Project,
        b'#' => TokenKind::Tag,
        _ => return None,
    };
    let mut earlier = before
        .iter()
        .take_while(|other| other.range.start < piece.range.start);
    let range = piece.range.start..piece.range.end.max(caret);
    // A quote without an end would find one behind what is put here, and take it in.
    let is_open = |other| is_plain(other) && opens_quote(&other);
    if line[range.end..].contains('"') && earlier.clone().any(is_open) {
        return None;
    }
    let mut is_second = || earlier.any(|other| matches!(other.kind, Kind::Project(_)));
    let quoted = opens_quote(&piece);
    let is_closed = quoted && !is_plain(piece) && caret == piece.range.end;
    if is_closed || (kind == TokenKind::Project && is_second()) {
        return None;
    }
    let body = piece.range.start + if quoted { 2 } else { 1 };
    Some(Token {
        kind,
        typed: line.get(body..caret).unwrap_or_default(),
        range,
    })
}

/// The byte at which the character begins that the caret stands in or before; at most the length.
fn byte_of(line: &str, caret: usize) -> usize {
    let mut units = 0;
    let mut starts = line.char_indices().map(|(at, c)| {
        units += c.len_utf16();
        (at, units)
    });
    starts
        .find(|(_, end)| *end > caret)
        .map_or(line.len(), |(at, _)| at)
}

/// The line with the choice in the token's place, and the caret behind it and one space; behind the slash of a
/// client, to which the rest of the line gives way.
pub fn complete(line: &str, token: &Token<'_>, choice: &Choice) -> (String, usize) {
    let mark = match choice {
        Choice::Project(project) => mark::written_project(project),
        Choice::Tag(tag) => mark::written_tag(tag),
        Choice::Client(client) => {
            let before = format!(
                "{}{}",
                &line[..token.range.start],
                mark::begun_project(client)
            );
            let caret = before.encode_utf16().count();
            return (before, caret);
        }
    };
    let rest = &line[token.range.end..];
    let space = rest.chars().next().filter(|c| c.is_whitespace());
    let before = format!(
        "{}{mark}{}",
        &line[..token.range.start],
        space.unwrap_or(' ')
    );
    let caret = before.encode_utf16().count();
    (before + &rest[space.map_or(0, char::len_utf8)..], caret)
}
