//! What was begun in a form that is open, and not saved yet.

use crate::{
    browser::{outbox, page},
    domain::{
        Refused, SessionId,
        form::{CommandForm, intent},
    },
};

/// What is said to somebody who would open another form, and lose it.
pub const TOLD: &str = "Save or cancel what you began first.";

/// Whether something was typed into the form that is open, of this session or to add one, or stands there since it was
/// refused, and is not on its way. Then it is brought into view.
pub fn is_begun(session: Option<SessionId>, refused: Option<&Refused>) -> bool {
    const FIELDS: [&str; 7] = [
        "name", "project", "tags", "billable", "start", "stop", "duration",
    ];
    let subject = session.map_or_else(String::new, |session| session.to_string());
    let is_it = |form: &CommandForm| {
        [intent::ADD, intent::EDIT].contains(&form.intent.as_str()) && form.session == subject
    };
    if outbox::waiting().iter().any(is_it) {
        return false;
    }
    let suffix = if subject.is_empty() { "new" } else { &subject };
    let is_typed = |field: &str| page::typed(&format!("{field}-{suffix}")).is_some();
    let is_kept = refused.is_some_and(|refused| is_it(&refused.form));
    (is_kept || FIELDS.into_iter().any(is_typed)) && page::reveal(&format!("name-{suffix}"))
}
