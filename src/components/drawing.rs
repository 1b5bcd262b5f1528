//! The picture of an empty list: a sheet of paper with a clock on it.

use leptos::prelude::*;

/// Decoration for places where nothing is tracked yet; the text beside it says what to do.
#[component]
pub fn EmptyDrawing() -> impl IntoView {
    view! {
        <svg class="drawing" viewBox="0 0 160 112" width="160" height="112" aria-hidden="true" focusable="false">
            <rect class="drawing-sheet" x="28" y="8" width="84" height="96" rx="6"></rect>
            <path class="drawing-line" d="M42 30h40M42 46h28M42 62h22M42 78h18"></path>
            <circle class="drawing-sheet" cx="108" cy="68" r="30"></circle>
            <path class="drawing-hand" d="M108 48v20l13 9"></path>
            <circle class="drawing-dot" cx="108" cy="68" r="4"></circle>
        </svg>
    }
}
