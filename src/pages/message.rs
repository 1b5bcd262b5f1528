//! Pages that only say what went wrong.

use super::sheet::IDLE_ICON;
use crate::{components::message::message, error::AppError};
use leptos::prelude::*;
use leptos_meta::{Link, Title};

/// An error in place of a page.
#[component]
pub fn ErrorMessage(error: AppError) -> impl IntoView {
    let (title, main) = message(&error);
    view! {
        <Title text=format!("{title} · Stint")/>
        <Link rel="icon" href=IDLE_ICON/>
        {main}
    }
    .into_any()
}

/// What an unknown address shows.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <ErrorMessage error=AppError::NotFound/> }.into_any()
}
