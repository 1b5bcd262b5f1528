//! What was begun in a form that is open, and not saved yet.

use crate::{
    browser::page,
    domain::{Refused, SessionId, form::intent},
};

/// What is said to somebody who would open another form, and lose it.
pub const TOLD: &str = "Save or cancel what you began first.";

/// Whether something was typed into the form that is open, of this session or to add one, or stands there since it was
/// refused. Then it is brought into view.
pub fn is_begun(session: Option<SessionId>, refused: Option<&Refused>) -> bool {
    const FIELDS: [&str; 6] = ["name", "project", "tags", "start", "stop", "duration"];
    let subject = session.map_or_else(String::new, |session| session.to_string());
    let is_kept = refused.is_some_and(|Refused { form, .. }| {
        [intent::ADD, intent::EDIT].contains(&form.intent.as_str()) && form.session == subject
    });
    let suffix = if subject.is_empty() { "new" } else { &subject };
    let is_typed = |field: &str| page::typed(&format!("{field}-{suffix}")).is_some();
    let is_begun = is_kept || FIELDS.into_iter().any(is_typed);
    if is_begun {
        page::reveal(&format!("duration-{suffix}"));
    }
    is_begun
}
