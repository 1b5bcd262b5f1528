//! `/help`: how to begin, and the keys, for whoever has no keyboard dialog.

use super::page;
use crate::{components::help::KeyList, web::visit::Visit};
use axum::response::Response;
use leptos::prelude::*;

/// Lines, and what they are understood as.
const LINES: [(&str, &str); 6] = [
    (
        "fix login @acme/web #bug",
        "@ names the project, with its client before a slash if you like; # names tags. What you do not have yet is made.",
    ),
    (
        "review @\"Blue Harbour/Booking app\" !",
        "Quotes hold names with spaces. ! turns billable round: what the project pays for is not, and what it does not is.",
    ),
    (
        "9:30-11 design @acme/web",
        "A range of time at either end saves what is over: today, or yesterday if it would begin later than now.",
    ),
    (
        "2h call #acme yesterday",
        "So does a length: up to now, or from nine o’clock on the day that you name (yesterday, 2026-11-20).",
    ),
    (
        "standup since 10:15",
        "Starts the timer as if you had pressed it then.",
    ),
    (
        "\\#42 crash on start",
        "A backslash keeps a word in the name that would mean something else.",
    ),
];

/// The page; the same for everybody.
pub async fn show(visit: Visit) -> Response {
    let lines = LINES.into_iter().map(|(line, meaning)| {
        view! { <div><dt><code class="example">{line}</code></dt><dd>{meaning}</dd></div> }
    });
    let main = view! {
        <main class="sheet help-page">
            <h1>"Help"</h1>
            <p>"Press Start when you begin and Stop when you end. Stint keeps counting when the browser is closed or the computer is off."</p>
            <p>"Anything can be undone from the message that follows it."</p>
            <p>"What you start often stands below the timer, to be started again with one press. Pin it there, or pin any session from its history, and it stays."</p>
            <h2 id="line">"What a line can say"</h2>
            <p>"Where you say what you work on, and behind "<code>"stint start"</code>", a line can say more than a name. Before anything is saved you see how it is understood."</p>
            <dl class="lines">{lines.collect_view()}</dl>
            <h2>"Keyboard"</h2>
            <KeyList/>
        </main>
    };
    page(&visit, "Help", "", main)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entry;

    /// The examples say what the page says of them.
    #[test]
    fn lines_are_understood_as_told() {
        let told = LINES.map(|(line, _)| {
            let entry = Entry::read(line).unwrap();
            let project = entry.project.as_ref().map(|project| project.path());
            let tags: Vec<_> = entry
                .tags
                .iter()
                .map(|tag| tag.as_str().to_owned())
                .collect();
            let when = entry.when.as_ref().map(ToString::to_string);
            let said = (
                project.unwrap_or_default(),
                tags.join(" "),
                entry.toggles_billable,
                when.unwrap_or_default(),
            );
            (entry.name.as_str().to_owned(), said)
        });
        let expected = [
            ("fix login", ("acme/web", "bug", false, "")),
            ("review", ("Blue Harbour/Booking app", "", true, "")),
            ("design", ("acme/web", "", false, "9:30-11:00")),
            ("call", ("", "acme", false, "2h yesterday")),
            ("standup", ("", "", false, "since 10:15")),
            ("#42 crash on start", ("", "", false, "")),
        ];
        for ((name, said), (expected_name, expected)) in told.into_iter().zip(expected) {
            assert_eq!(name, expected_name);
            let (project, tags, turned, when) = expected;
            assert_eq!(
                said,
                (project.to_owned(), tags.to_owned(), turned, when.to_owned())
            );
        }
    }
}
