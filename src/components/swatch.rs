//! The colour by which sessions are known.

use crate::domain::{Catalog, Colour, Name, Session, Work};
use leptos::prelude::*;

const HUES: [&str; 5] = ["hue-0", "hue-1", "hue-2", "hue-3", "hue-4"];

/// A small square of a session's colour.
#[component]
pub fn Swatch(hue: &'static str) -> impl IntoView {
    view! { <span class=format!("swatch {hue}") aria-hidden="true"></span> }
}

/// The class of a session's colour: the accent while it runs, else that of its project, or of its
/// name where it has none.
pub fn hue(session: &Session, catalog: &Catalog) -> &'static str {
    if session.is_running() {
        return "hue-running";
    }
    hue_of_details(&session.name, &session.work, catalog)
}

/// The class of the colour of a session with these details that does not run.
pub fn hue_of_details(name: &Name, work: &Work, catalog: &Catalog) -> &'static str {
    match catalog.project_of(work) {
        Some(project) => hue_of(&project.colour),
        None => hue_of_name(name),
    }
}

/// The class of a project's colour.
pub fn hue_of(colour: &Colour) -> &'static str {
    HUES[colour.place()]
}

/// The class of the colour that sessions of this name have everywhere: `hue-0` to `hue-4`.
fn hue_of_name(name: &Name) -> &'static str {
    // FNV-1a: the same in both builds and in every release, unlike the standard hasher.
    let hash = name
        .as_str()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    HUES[(hash % 5) as usize]
}
