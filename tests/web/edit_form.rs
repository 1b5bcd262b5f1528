//! The forms to add and to edit a session, as a browser without JavaScript fills them in and sends them.

use super::{Server, api::*, browser::Browser, person::*};
use serde_json::{Value, json};

/// Somebody with a browser and the API.
async fn person<'a>(server: &'a Server, username: &str) -> (Browser<'a>, Client) {
    let (client, _) = register(server, username).await;
    let mut browser = Browser::new(server);
    browser.sign_in(username, &[]).await;
    (browser, client)
}

/// What a page's form about one session would send, as it stands there.
fn filled_in(page: &str) -> Vec<(String, String)> {
    let form = page
        .split(r#"class="edit">"#)
        .nth(1)
        .unwrap_or_else(|| panic!("no form: {page}"));
    let form = form.split("</form>").next().unwrap();
    let attribute = |input: &str, name: &str| {
        let value = input.split_once(&format!(" {name}=\""))?.1;
        let value = value.split('"').next()?;
        let value = value.replace("&quot;", "\"").replace("&#x27;", "'");
        Some(
            value
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"),
        )
    };
    let inputs = form.split("<input").skip(1);
    let inputs = inputs.map(|input| input.split('>').next().unwrap());
    let is_sent = |input: &&str| !input.contains("checkbox") || input.contains(" checked");
    let field = |input| {
        Some((
            attribute(input, "name")?,
            attribute(input, "value").unwrap_or_default(),
        ))
    };
    inputs.filter(is_sent).filter_map(field).collect()
}

/// Changes these fields of a page's form, and no others, and sends it; the page that follows.
async fn send(browser: &mut Browser<'_>, page: &str, changes: &[(&str, &str)]) -> String {
    let page = browser.get(page).await;
    let mut fields = filled_in(page.text());
    for (field, text) in changes {
        let name = format!("form[{field}]");
        fields.retain(|(known, _)| *known != name);
        fields.push((name, (*text).to_owned()));
    }
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let answer = browser.post("/rpc/submit", &fields).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    answer.header("location").to_owned()
}

async fn edit(browser: &mut Browser<'_>, session: &Value, changes: &[(&str, &str)]) -> String {
    send(browser, &format!("/day?edit={}", id(session)), changes).await
}

/// What a session is called and belongs to.
async fn details(client: &Client, session: &Value) -> Value {
    let now = client.get(&at(session)).await.ok();
    json!([now["name"], now["project_id"], now["tags"], now["billable"]])
}

async fn project(client: &Client, body: Value) -> String {
    id(&client.post("/projects", body).await.made()).to_owned()
}

async fn add(client: &Client, body: Value) -> Value {
    let mut whole = json!({"name": "typo", "started_at": "2026-11-20T07:00:00Z",
        "stopped_at": "2026-11-20T08:00:00Z"});
    whole
        .as_object_mut()
        .unwrap()
        .extend(body.as_object().unwrap().clone());
    client.post("/sessions", whole).await.made()
}

#[tokio::test]
async fn a_corrected_name_changes_nothing_else() {
    let server = friday().await;
    let (mut browser, anna) = person(&server, "anna").await;
    let (ben, _) = register(&server, "ben").await;
    let old = project(&anna, json!({"name": "old", "billable": true})).await;
    let slash = project(&anna, json!({"name": "UI / UX"})).await;
    let mine = project(&anna, json!({"name": "twin"})).await;
    let theirs = project(&ben, json!({"name": "twin"})).await;
    let left = project(&ben, json!({"name": "ben's & co"})).await;
    for project in [&theirs, &left] {
        let invitations = format!("/projects/{project}/invitations");
        let made = ben.post(&invitations, json!({"username": "anna"})).await;
        let accept = format!("/invitations/{}/accept", id(&made.made()));
        anna.post(&accept, None).await.ok();
    }
    let mut sessions = Vec::new();
    for project in [&old, &slash, &mine, &theirs, &left] {
        sessions.push(add(&anna, json!({"project_id": project, "billable": false})).await);
    }
    for tag in ["fast, cheap", "#1"] {
        anna.post("/tags", json!({"name": tag})).await.made();
        sessions.push(add(&anna, json!({"tags": [tag], "billable": true})).await);
    }
    let archived = json!({"archived": true});
    anna.patch(&format!("/projects/{old}"), archived).await.ok();
    let me = anna.get("/me").await.ok();
    let member = format!("/projects/{left}/members/{}", text(&me, "account"));
    assert_eq!(anna.delete(&member).await.status(), 204);

    let known = async || {
        let count = async |path: &str| anna.get(path).await.ok()["items"].as_array().unwrap().len();
        let projects = count("/projects?archived=true").await + count("/projects").await;
        (projects, count("/tags").await, count("/clients").await)
    };
    let before = known().await;
    for session in &sessions {
        let mut expected = details(&anna, session).await;
        expected[0] = json!("better");
        let location = edit(&mut browser, session, &[("name", "better")]).await;
        assert!(location.contains("done="), "{location}");
        assert_eq!(details(&anna, session).await, expected);
        // Refused at first, it keeps what it was filled in with.
        let refused = edit(
            &mut browser,
            session,
            &[("duration", "soon"), ("name", "best")],
        )
        .await;
        assert!(refused.contains("refused="), "{refused}");
        expected[0] = json!("best");
        let location = send(&mut browser, &refused, &[("duration", "")]).await;
        assert!(location.contains("done="), "{location}");
        assert_eq!(details(&anna, session).await, expected);
    }
    assert_eq!(known().await, before);

    // What is offered by its path is found by it.
    let typed = [("project", "UI / UX"), ("tags", "fast, cheap, new")];
    edit(&mut browser, &sessions[5], &typed).await;
    let expected = json!(["best", slash, ["fast, cheap", "new"], false]);
    assert_eq!(details(&anna, &sessions[5]).await, expected);
    assert_eq!(known().await, (before.0, before.1 + 1, before.2));

    // What is archived is said to be, beside its field.
    let refused = edit(&mut browser, &sessions[6], &[("project", "OLD")]).await;
    let page = browser.get(&refused).await;
    let (_, after) = page.text().split_once(r#" value="OLD""#).unwrap();
    let said = after.split("</p>").next().unwrap();
    assert!(said.contains("“old” is archived"), "{said}");
    assert_eq!(details(&anna, &sessions[6]).await[1], Value::Null);
}

#[tokio::test]
async fn a_session_is_as_billable_as_its_project_unless_the_box_says_otherwise() {
    let server = friday().await;
    let (mut browser, anna) = person(&server, "anna").await;
    let paid = project(&anna, json!({"name": "paid", "billable": true})).await;
    let free = project(&anna, json!({"name": "free"})).await;
    let times = [("start", "2026-11-20T05:00"), ("stop", "2026-11-20T06:00")];
    for (project, ticked, expected) in [
        ("paid", false, json!([paid, true])),
        ("free", false, json!([free, false])),
        ("free", true, json!([free, true])),
        ("", false, json!([null, false])),
    ] {
        let mut typed = vec![("name", "by hand"), ("project", project)];
        typed.extend(times);
        typed.extend(ticked.then_some(("billable", "1")));
        let location = send(&mut browser, "/?add=1", &typed).await;
        let (_, made) = location.split_once("done=").expect(&location);
        let now = anna.get(&format!("/sessions/{made}")).await.ok();
        assert_eq!(json!([now["project_id"], now["billable"]]), expected);
    }
    let session = add(&anna, json!({"project_id": free})).await;
    edit(&mut browser, &session, &[("project", "paid")]).await;
    let expected = json!(["typo", paid, [], true]);
    assert_eq!(details(&anna, &session).await, expected);
    // The name of a box that is not ticked is not sent; this field is another one then.
    edit(&mut browser, &session, &[("billable", "")]).await;
    let expected = json!(["typo", paid, [], false]);
    assert_eq!(details(&anna, &session).await, expected);
}
