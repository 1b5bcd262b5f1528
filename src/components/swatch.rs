//! The colour by which sessions of one name are known.

use crate::domain::Name;
use leptos::prelude::*;

/// A small square of the colour of sessions called `name`; while one runs, of the accent.
#[component]
pub fn Swatch(name: Name, running: bool) -> impl IntoView {
    let hue = if running { "hue-running" } else { hue(&name) };
    view! { <span class=format!("swatch {hue}") aria-hidden="true"></span> }
}

/// The class of the colour that sessions of this name have everywhere: `hue-0` to `hue-4`.
pub fn hue(name: &Name) -> &'static str {
    const HUES: [&str; 5] = ["hue-0", "hue-1", "hue-2", "hue-3", "hue-4"];
    // FNV-1a: the same in both builds and in every release, unlike the standard hasher.
    let hash = name
        .as_str()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    HUES[(hash % 5) as usize]
}
