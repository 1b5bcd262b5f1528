//! `/docs`: the API's description of itself, as a page for people.

mod words;

use super::{
    api::{self, problem::Kind},
    plain,
};
use axum::response::Html;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;
use words::{Word, members, prose, text, type_of};

/// The calls of the API, what they take and what they answer.
pub async fn docs() -> Html<String> {
    static DESCRIPTION: LazyLock<Value> =
        LazyLock::new(|| serde_json::to_value(api::description()).unwrap_or_default());
    plain::document("API", page(&DESCRIPTION))
}

fn page(description: &Value) -> impl IntoView {
    let chapters = description["tags"].as_array().into_iter().flatten();
    let chapters: Vec<_> = chapters
        .map(|tag| (tag, calls(description, text(&tag["name"]))))
        .filter(|(_, calls)| !calls.is_empty())
        .collect();
    let contents: Vec<_> = chapters.iter().map(contents).collect();
    let chapters: Vec<_> = chapters
        .iter()
        .map(|(tag, calls)| {
            let calls: Vec<_> = calls.iter().map(Call::view).collect();
            view! {
                <section>
                    <h2>{text(&tag["name"]).to_owned()}</h2>
                    <p>{text(&tag["description"]).to_owned()}"."</p>
                    {calls}
                </section>
            }
        })
        .collect();
    view! {
        <header class="top">
            <a class="brand" href="/" aria-label="Stint, home">
                <span class="brand-dot" aria-hidden="true"></span>
                "Stint"
            </a>
        </header>
        <main class="sheet docs">
            <h1>"API"</h1>
            <p>{prose(text(&description["info"]["description"]))}</p>
            <p>
                "All addresses begin with " <code>{api::ROOT}</code> ". The whole description, for programs: "
                <a href=format!("{}/openapi.json", api::ROOT)>"openapi.json"</a> "."
            </p>
            <pre tabindex="0"><code>{EXAMPLE}</code></pre>
            <nav aria-label="Calls" class="docs-contents">{contents}</nav>
            {chapters}
            {objects(&description["components"]["schemas"])}
            {problems()}
        </main>
    }
}

/// A token without a login, a session with it.
const EXAMPLE: &str = r#"TOKEN=$(curl -s -X POST $STINT/api/v1/guests | jq -r .access_token)
curl -s -X POST $STINT/api/v1/sessions -H "Authorization: Bearer $TOKEN" \
     -H 'Content-Type: application/json' -d '{"name": "Invoice for October"}'"#;

fn contents((tag, calls): &(&Value, Vec<Call>)) -> impl IntoView + use<> {
    let links: Vec<_> = calls
        .iter()
        .map(|call| {
            view! {
                <li>
                    <a href=format!("#{}", call.anchor())>{call.heading()}</a>
                </li>
            }
        })
        .collect();
    view! {
        <h2>{text(&tag["name"]).to_owned()}</h2>
        <ul>{links}</ul>
    }
}

/// One operation of the description.
struct Call<'a> {
    method: String,
    path: &'a str,
    about: &'a Value,
}

/// The calls under one tag, in the order of their addresses.
fn calls<'a>(description: &'a Value, tag: &str) -> Vec<Call<'a>> {
    let mut found = Vec::new();
    for (path, methods) in members(&description["paths"]) {
        for (method, about) in members(methods) {
            if about["tags"][0] == tag {
                let method = method.to_ascii_uppercase();
                found.push(Call {
                    method,
                    path,
                    about,
                });
            }
        }
    }
    found
}

impl Call<'_> {
    /// `post-sessions-id-stop`
    fn anchor(&self) -> String {
        let path = self.path.replace(['{', '}'], "").replace('/', "-");
        format!("{}{path}", self.method.to_ascii_lowercase())
    }

    fn heading(&self) -> impl IntoView + use<> {
        let (method, path) = (self.method.clone(), self.path.to_owned());
        view! { <code><b>{method}</b>" "{path}</code> }
    }

    fn view(&self) -> impl IntoView + use<> {
        let about = self.about;
        let open = about["security"]
            .as_array()
            .is_some_and(|needed| needed.iter().all(|it| *it == serde_json::json!({})));
        let parameters = about["parameters"].as_array().into_iter().flatten();
        let parameters: Vec<_> = parameters
            .map(|one| {
                let place = match text(&one["in"]) {
                    "header" => " (header)",
                    "path" => " (address)",
                    _ => "",
                };
                row(
                    format!("{}{place}", text(&one["name"])),
                    type_of(&one["schema"]),
                    text(&one["description"]),
                )
            })
            .collect();
        let body = &about["requestBody"]["content"]["application/json"]["schema"];
        let answers: Vec<_> = members(&about["responses"])
            .filter(|(status, _)| *status != "default")
            .map(|(status, answer)| {
                let schema = &answer["content"]["application/json"]["schema"];
                row(
                    status.to_owned(),
                    type_of(schema),
                    text(&answer["description"]),
                )
            })
            .collect();
        view! {
            <article id=self.anchor()>
                <h3>{self.heading()}</h3>
                <p>{prose(text(&about["summary"]))}{open.then_some(" No token needed.")}</p>
                {about["description"].as_str().map(|more| view! { <p>{prose(more)}</p> })}
                {(!parameters.is_empty()).then(|| table("Parameters", parameters))}
                {(!body.is_null()).then(|| view! { <p>"Body: "{words(type_of(body))}</p> })}
                {table("Answers", answers)}
            </article>
        }
    }
}

/// Every object that goes over the wire, with its fields.
fn objects(schemas: &Value) -> impl IntoView + use<> {
    let objects: Vec<_> = members(schemas)
        .map(|(name, schema)| {
            let rows: Vec<_> = members(&schema["properties"])
                .map(|(field, about)| {
                    row(
                        field.to_owned(),
                        type_of(about),
                        text(&about["description"]),
                    )
                })
                .collect();
            let other = rows.is_empty().then(|| words(type_of(schema)));
            let rows = (!rows.is_empty()).then(|| table("Fields", rows));
            view! {
                <article id=format!("schema-{name}")>
                    <h3><code>{name.to_owned()}</code></h3>
                    <p>{prose(text(&schema["description"]))}</p>
                    {other.map(|other| view! { <p>{other}</p> })}
                    {rows}
                </article>
            }
        })
        .collect();
    view! {
        <section>
            <h2>"Objects"</h2>
            {objects}
        </section>
    }
}

/// Every `type` of a problem; their anchors are what `type` refers to.
fn problems() -> impl IntoView {
    let rows: Vec<_> = Kind::ALL
        .iter()
        .map(|kind| {
            view! {
                <tr id=format!("problem-{}", kind.word())>
                    <th scope="row"><code>{kind.word()}</code></th>
                    <td>{kind.status().as_u16()}</td>
                    <td>{kind.title()}"."</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section>
            <h2>"Problems"</h2>
            <p>{prose("Whatever is not carried out is answered with a `Problem`; these are its types.")}</p>
            <div class="docs-table" role="region" aria-label="Problems" tabindex="0">
                <table><tbody>{rows}</tbody></table>
            </div>
        </section>
    }
}

fn row(name: String, kind: Vec<Word>, about: &str) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row"><code>{name}</code></th>
            <td>{words(kind)}</td>
            <td>{prose(about)}</td>
        </tr>
    }
}

fn table(caption: &'static str, rows: Vec<impl IntoView>) -> impl IntoView {
    view! {
        <div class="docs-table">
            <table>
                <caption>{caption}</caption>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn words(words: Vec<Word>) -> Vec<AnyView> {
    words.into_iter().map(Word::view).collect()
}
