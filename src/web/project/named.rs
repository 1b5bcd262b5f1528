//! What the pages of clients and of tags have in common: a list of names, and a form for one more.

use super::{
    form::{Alert, Input, said_of, said_of_all},
    part::{ListHead, Told, card},
};
use crate::{components::drawing::EmptyDrawing, error::AppError};
use leptos::prelude::*;

/// What is listed.
pub struct Named {
    /// What the page is called.
    pub title: &'static str,
    pub address: &'static str,
    /// What one of them is called.
    pub one: &'static str,
}

/// A form's name as it was typed, and why it was refused, if it was.
pub type Typed<'a> = (String, Option<&'a AppError>);

impl Named {
    /// The page: what was done just now, the list or else how to begin one, the form for one more, and
    /// what else stands beside the list.
    pub fn page(
        &self,
        told: Option<&'static str>,
        rows: Vec<AnyView>,
        empty: AnyView,
        (typed, error): Typed<'_>,
        beside: Option<AnyView>,
    ) -> AnyView {
        let (title, one) = (self.title, self.one);
        let list = if rows.is_empty() {
            empty
        } else {
            view! { <ul class="items" aria-label=title>{rows}</ul> }.into_any()
        };
        let form = view! {
            <form class="card-form" method="post" action=self.address>
                <Alert message=said_of_all(error, &["name"])/>
                <Input label="Name" name="name" value=typed error=said_of(error, "name")/>
                <button class="primary">{format!("Create {one}")}</button>
            </form>
        };
        view! {
            <main class="sheet">
                <ListHead title/>
                <Told message=told/>
                <div class="columns">
                    <div class="column-main">{list}</div>
                    <div class="side">
                        {card(format!("new-{one}"), format!("New {one}"), form)}
                        {beside}
                    </div>
                </div>
            </main>
        }
        .into_any()
    }

    /// How a list begins: what these are for, and how one is written beside the timer.
    pub fn empty(&self, about: &'static str, example: &'static str) -> AnyView {
        view! {
            <div class="empty">
                <EmptyDrawing/>
                <p class="empty-title">{format!("No {} yet", self.title.to_lowercase())}</p>
                <p>{about}</p>
                <p><code class="example">{example}</code></p>
            </div>
        }
        .into_any()
    }

    /// The form that gives the one with this id another name.
    pub fn rename_form(&self, id: &str, (typed, error): Typed<'_>) -> AnyView {
        view! {
            <form class="line-form" method="post" action=format!("{}/{id}/rename", self.address)>
                <Input label="Name" name="name" of=format!("{id}-") value=typed error=said_of(error, "name")/>
                <button class="plain">"Save"</button>
                <Alert message=said_of_all(error, &["name"])/>
            </form>
        }
        .into_any()
    }
}
