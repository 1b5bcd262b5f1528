//! `/tags`: the words that an account puts on its sessions.

use super::{
    At, Done, NameForm, Visit,
    form::{Alert, said_of_all},
    named::Named,
    part::{Ask, Item, card, count},
};
use crate::{
    domain::{FieldErrors, Tag, TagId, Title},
    error::AppError,
};
use axum::{
    extract::{Form, Query},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

const TAGS: Named = Named {
    title: "Tags",
    address: "/tags",
    one: "tag",
};

/// A form of this page, with what was typed.
#[derive(Clone, Copy)]
enum Part<'a> {
    New(&'a str),
    Rename(TagId, &'a str),
    Delete(TagId),
    Merge(&'a MergeForm),
}

impl Part<'_> {
    /// The tag in whose row the form is.
    fn row(self) -> Option<TagId> {
        match self {
            Part::Rename(id, _) | Part::Delete(id) => Some(id),
            Part::New(_) | Part::Merge(_) => None,
        }
    }
}

/// A form that was refused, and why.
type Refused<'a> = Option<(Part<'a>, &'a AppError)>;

/// Which tag goes, and where.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct MergeForm {
    tag: String,
    into: String,
}

/// The page. A browser without an account has nothing yet, and may begin.
pub async fn show(visit: Visit, Query(Done { done }): Query<Done>) -> Result<Response, Response> {
    visit.anybody()?;
    let main = page(&visit, told(&done), None).await?;
    Ok(visit.page(TAGS.title, main))
}

/// Makes a tag.
pub async fn make(mut visit: Visit, Form(form): Form<NameForm>) -> Result<Response, Response> {
    visit.anybody()?;
    let made = match Title::new(&form.name) {
        Ok(name) => {
            let asker = visit.asker_or_guest().await?;
            let made = visit.app.store.make_tag(asker, name, visit.now());
            made.await
        }
        Err(errors) => Err(errors.into()),
    };
    answer(&visit, made, "made", Part::New(&form.name)).await
}

/// Gives a tag another name, on all its sessions.
pub async fn rename(
    visit: Visit,
    At(id): At<TagId>,
    Form(form): Form<NameForm>,
) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    let renamed = match Title::new(&form.name) {
        Ok(name) => visit.app.store.rename_tag(asker, id, name).await,
        Err(errors) => Err(errors.into()),
    };
    answer(&visit, renamed, "renamed", Part::Rename(id, &form.name)).await
}

/// Lets one tag take the place of another.
pub async fn merge(visit: Visit, Form(form): Form<MergeForm>) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    let merged = match (form.tag.parse(), form.into.parse()) {
        (Ok(tag), Ok(into)) => visit.app.store.merge_tag(asker, tag, into).await,
        _ => Err(FieldErrors::one("into", "Choose two tags.").into()),
    };
    answer(&visit, merged, "merged", Part::Merge(&form)).await
}

/// Takes a tag off all its sessions.
pub async fn delete(visit: Visit, At(id): At<TagId>) -> Result<Response, Response> {
    let asker = visit.somebody()?;
    let (store, now) = (&visit.app.store, visit.now());
    let deleted = store.delete_tag(asker, id, now).await;
    answer(&visit, deleted, "deleted", Part::Delete(id)).await
}

/// The way back to the list, or the list with what is wrong.
async fn answer<T>(
    visit: &Visit,
    done: Result<T, AppError>,
    word: &str,
    part: Part<'_>,
) -> Result<Response, Response> {
    match done {
        Ok(_) => Ok(visit.redirect(&format!("/tags?done={word}"))),
        Err(error) => {
            let main = page(visit, None, Some((part, &error))).await?;
            Ok(visit.refused(&error, TAGS.title, main))
        }
    }
}

fn told(done: &str) -> Option<&'static str> {
    match done {
        "made" => Some("The tag is there."),
        "renamed" => Some("The tag was renamed, on all its sessions."),
        "merged" => Some("The two tags are one now. No session lost its tag."),
        "deleted" => Some("The tag was deleted. Its sessions stay."),
        _ => None,
    }
}

async fn page(
    visit: &Visit,
    told: Option<&'static str>,
    refused: Refused<'_>,
) -> Result<AnyView, Response> {
    let (mut tags, mut uses) = (Vec::new(), HashMap::new());
    if let Some(account) = visit.account() {
        let store = &visit.app.store;
        tags = visit.expect(store.tags(account).await)?;
        uses = visit.expect(store.tag_uses(account).await)?;
    }
    // What is said of a tag that is not here is said of nothing.
    if let Some((part, error)) = refused
        && (*error == AppError::NotFound
            || part
                .row()
                .is_some_and(|id| !tags.iter().any(|tag| tag.id == id)))
    {
        return Err(visit.refuse(&AppError::NotFound));
    }
    let rows = tags.iter().map(|tag| {
        let sessions = uses.get(&tag.id).copied().unwrap_or_default();
        row(tag, sessions, refused)
    });
    let new = match refused {
        Some((Part::New(typed), error)) => (typed.to_owned(), Some(error)),
        _ => (String::new(), None),
    };
    let empty = TAGS.empty(
        "Tags tell kinds of work apart, whatever the project. Write them where you start the timer; a new one is made as you go:",
        "Call with Nordlicht #call #sales",
    );
    Ok(TAGS.page(told, rows.collect(), empty, new, merging(&tags, refused)))
}

fn row(tag: &Tag, sessions: u64, refused: Refused<'_>) -> AnyView {
    let name = tag.name.to_string();
    let address = format!("/tags/{}", tag.id);
    let typed = match refused {
        Some((Part::Rename(id, typed), error)) if id == tag.id => (typed.to_owned(), Some(error)),
        Some((Part::Delete(id), error)) if id == tag.id => (name.clone(), Some(error)),
        _ => (name.clone(), None),
    };
    let delete = match sessions {
        0 => "It is on no session.".to_owned(),
        _ => format!(
            "It is taken off {}. The sessions stay.",
            count(sessions, "session")
        ),
    };
    let item = Item {
        name: format!("#{name}"),
        chip: None,
        facts: count(sessions, "session"),
        open: typed.1.is_some(),
    };
    let body = view! {
        {TAGS.rename_form(&tag.id.to_string(), typed)}
        <Ask summary="Delete…" about=delete action=format!("{address}/delete") button=format!("Delete {name}") error=None/>
    };
    item.view(Some(body.into_any()))
}

/// The form to let one tag take the place of another, where there are two.
fn merging(tags: &[Tag], refused: Refused<'_>) -> Option<AnyView> {
    let nothing = MergeForm::default();
    let (form, error) = match refused {
        Some((Part::Merge(form), error)) => (form, Some(error)),
        _ => (&nothing, None),
    };
    let options = |chosen: &str| {
        let options = tags.iter().map(|tag| {
            let id = tag.id.to_string();
            let selected = id == chosen;
            view! { <option value=id selected=selected>{tag.name.to_string()}</option> }
        });
        options.collect_view()
    };
    let (tag, into) = (options(&form.tag), options(&form.into));
    (tags.len() > 1).then(|| {
        let form = view! {
            <form class="card-form" method="post" action="/tags/merge">
                <Alert message=said_of_all(error, &[])/>
                <div class="field">
                    <label for="merge-tag">"Merge"</label>
                    <select id="merge-tag" name="tag" required><option value="">"Choose a tag"</option>{tag}</select>
                </div>
                <div class="field">
                    <label for="merge-into">"Into"</label>
                    <select id="merge-into" name="into" required><option value="">"Choose another"</option>{into}</select>
                </div>
                <button class="plain">"Merge tags"</button>
            </form>
        };
        card("merge-tags", "Merge tags", form)
    })
}
