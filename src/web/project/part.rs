//! What these pages are made of.

use crate::domain::{Instant, Offsets, Role};
use leptos::prelude::*;

/// The head of the three pages that list things, with the ways to each other.
#[component]
pub fn ListHead(title: &'static str) -> impl IntoView {
    let ways = [
        ("Projects", "/projects"),
        ("Clients", "/clients"),
        ("Tags", "/tags"),
        ("Rates", "/rates"),
    ];
    let ways = ways.map(|(name, address)| {
        let current = (name == title).then_some("page");
        view! { <a href=address aria-current=current>{name}</a> }
    });
    view! {
        <div class="project-head">
            <h1>{title}</h1>
            <nav class="ways-on" aria-label="What sessions belong to">{ways.collect_view()}</nav>
        </div>
    }
}

/// What was done just now.
#[component]
pub fn Told(message: Option<&'static str>) -> impl IntoView {
    message.map(|message| view! { <p class="form-done" role="status">{message}</p> })
}

/// A part of a page: what it is about, and beside it what there is and what can be done.
pub fn part(
    id: &'static str,
    title: &'static str,
    about: &'static str,
    body: impl IntoView,
) -> AnyView {
    view! {
        <section class="part" aria-labelledby=id>
            <div class="part-about">
                <h2 id=id>{title}</h2>
                <p>{about}</p>
            </div>
            <div class="part-body">{body.into_any()}</div>
        </section>
    }
    .into_any()
}

/// A form beside a list.
pub fn card(id: impl Into<String>, title: impl Into<String>, form: impl IntoView) -> AnyView {
    let (id, title) = (id.into(), title.into());
    let name = id.clone();
    view! {
        <section class="card" aria-labelledby=name>
            <h2 id=id>{title}</h2>
            {form.into_any()}
        </section>
    }
    .into_any()
}

/// One of a list.
pub struct Item {
    pub name: String,
    /// A word set apart behind the name.
    pub chip: Option<&'static str>,
    pub facts: String,
    /// Whether what can be done with it is shown already.
    pub open: bool,
}

impl Item {
    /// The line, and behind "Edit" what can be done with it, if anything.
    pub fn view(self, body: Option<AnyView>) -> AnyView {
        let chip = self.chip.map(|text| view! { <Chip text/> });
        let line = view! {
            <span class="item-name"><bdi>{self.name.clone()}</bdi>{chip}</span>
            <span class="item-facts">{self.facts}</span>
        };
        match body {
            Some(body) => view! {
                <li class="item">
                    <details open=self.open>
                        <summary class="item-row">
                            {line}
                            <span class="item-edit">"Edit"<span class="visually-hidden">{format!(" {}", self.name)}</span></span>
                        </summary>
                        <div class="item-body">{body}</div>
                    </details>
                </li>
            }
            .into_any(),
            None => view! { <li class="item"><div class="item-row">{line}</div></li> }.into_any(),
        }
    }
}

/// Something that is not done by one press: it says first what becomes of things.
#[component]
pub fn Ask(
    summary: &'static str,
    #[prop(into)] about: String,
    action: String,
    #[prop(into)] button: String,
    /// Why it was not done, if it was tried.
    error: Option<String>,
    /// Whether that is what it would do: whoever presses again is sure.
    #[prop(optional)]
    is_told: bool,
) -> impl IntoView {
    let open = error.is_some();
    let error = error.map(|error| view! { <p class="field-error" role="alert">{error}</p> });
    let sure = is_told.then(|| view! { <input type="hidden" name="sure" value="yes"/> });
    view! {
        <details class="ask" open=open>
            <summary>{summary}</summary>
            <form method="post" action=action>
                <p>{about}</p>
                {error}
                {sure}
                <button class="plain danger">{button}</button>
            </form>
        </details>
    }
    .into_any()
}

/// A word about something, set apart.
#[component]
pub fn Chip(#[prop(into)] text: String) -> impl IntoView {
    view! { <span class="chip">{text}</span> }
}

/// `20 Nov 2026`, where the person sits.
pub fn day_of(offsets: &Offsets, at: Instant) -> String {
    offsets.local(at).format("%-d %b %Y").to_string()
}

/// What a role is called.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Member => "Member",
        Role::Manager => "Manager",
        Role::Owner => "Owner",
    }
}

/// What can be chosen of `roles`, and that `chosen` is.
pub fn role_options(roles: &[Role], chosen: Role) -> AnyView {
    let options = roles.iter().map(|role| {
        view! { <option value=role.as_str() selected=*role == chosen>{role_name(*role)}</option> }
    });
    options.collect_view().into_any()
}

/// `1 project`, `2 projects`.
pub fn count(number: u64, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    }
}
