//! What leaves with somebody: no rate and no amount of anybody else.

use super::{
    Json, Server, api::*, browser::Browser, by_script, person::*, shut_out::other_process,
};
use serde_json::{Value, json};

/// An owner, a member, a manager and somebody who was removed, each with an hour of work and a rate of their own;
/// somebody who is invited, and the owner of another project.
struct Team {
    server: Server,
}

const PEOPLE: [(&str, i64); 4] = [
    ("olga", 601173),
    ("mia", 702284),
    ("rem", 803395),
    ("max", 904406),
];

impl Team {
    async fn new() -> Self {
        let server = friday().await;
        let (owner, _) = register(&server, "olga").await;
        let web = json!({"name": "Web", "billable": true});
        let project = owner.post("/projects", web).await.made();
        let place = format!("/projects/{}", id(&project));
        let rate = |hourly: i64, account: Value| {
            let level = if account.is_null() {
                "project"
            } else {
                "member"
            };
            let mut rate = json!({"level": level, "project_id": project["id"], "from": "2026-01-01",
                "hourly": {"minor": hourly, "currency": "EUR"}});
            if !account.is_null() {
                rate["account"] = account;
            }
            rate
        };
        for (hour, (name, hourly)) in (5..).zip(PEOPLE) {
            let client = if name == "olga" {
                owner.post("/rates", rate(hourly, Value::Null)).await.made();
                owner.clone()
            } else {
                let (client, _) = register(&server, name).await;
                let role = json!({"role": if name == "max" { "manager" } else { "member" }});
                let link = owner.post(&format!("{place}/invitations"), role).await;
                let code = json!({"code": link.made()["code"]});
                client.post("/invitations/accept", code).await.ok();
                let account = client.get("/me").await.ok()["account"].clone();
                owner.post("/rates", rate(hourly, account)).await.made();
                client
            };
            let moment = |hour: u32| format!("2026-11-20T{hour:02}:00:00Z");
            let work = json!({"name": format!("work of {name}"), "project_id": project["id"],
                "started_at": moment(hour), "stopped_at": moment(hour + 1)});
            client.post("/sessions", work).await.made();
            if name == "rem" {
                let me = client.get("/me").await.ok();
                let member = format!("{place}/members/{}", text(&me, "account"));
                assert_eq!(owner.delete(&member).await.status(), 204);
            }
        }
        register(&server, "ida").await;
        let invited = json!({"username": "ida"});
        owner
            .post(&format!("{place}/invitations"), invited)
            .await
            .made();
        let (other, _) = register(&server, "otto").await;
        other.post("/projects", json!({"name": "Web"})).await.made();
        Self { server }
    }

    async fn browser(&self, name: &str) -> Browser<'_> {
        let mut browser = Browser::new(&self.server);
        browser.sign_in(name, &[]).await;
        browser
    }
}

#[tokio::test]
async fn an_export_holds_no_money_of_others() {
    let team = Team::new().await;
    for (name, own) in PEOPLE {
        let export = team.browser(name).await.get("/account/export.json").await;
        assert_eq!(export.status, 200);
        let export = export.text();
        assert!(export.contains(&format!("work of {name}")), "{export}");
        for (other, hourly) in PEOPLE.into_iter().filter(|(other, _)| *other != name) {
            for told in [format!("work of {other}"), hourly.to_string()] {
                assert!(!export.contains(&told), "{name} is told {told}: {export}");
            }
        }
        // Who has left sees no amounts of the project, not even of their own work.
        let paid = export.contains(&own.to_string());
        assert_eq!(paid, name != "rem", "{name}: {export}");
    }
    for name in ["ida", "otto"] {
        let export = team.browser(name).await.get("/account/export.json").await;
        assert_eq!(export.status, 200);
        for told in ["work of", "hourly", "amount"] {
            assert!(!export.text().contains(told), "{name} is told {told}");
        }
        for (_, hourly) in PEOPLE {
            assert!(!export.text().contains(&hourly.to_string()), "{name}");
        }
    }
}

/// Every name that the account gave or knows, and every number it set.
#[tokio::test]
async fn an_export_is_everything() {
    let server = friday().await;
    let mut browser = Browser::new(&server);
    browser.register("anna").await;
    let (anna, _) = sign_in(&server, "anna").await;
    let make = async |who: &Client, path: &str, body: Value| who.post(path, body).await.made();
    let acme = make(&anna, "/clients", json!({"name": "Acme"})).await;
    let gone = make(&anna, "/clients", json!({"name": "Old customer"})).await;
    let away = json!({"archived": true});
    anna.patch(&format!("/clients/{}", id(&gone)), away.clone())
        .await
        .ok();
    let web = json!({"name": "Web site", "client_id": acme["id"], "billable": true});
    make(&anna, "/projects", web).await;
    let done = make(&anna, "/projects", json!({"name": "Done long ago"})).await;
    anna.patch(&format!("/projects/{}", id(&done)), away)
        .await
        .ok();
    make(&anna, "/tags", json!({"name": "unused"})).await;
    let rate = json!({"level": "account", "hourly": {"minor": 8551, "currency": "EUR"}, "from": "2026-01-02"});
    make(&anna, "/rates", rate).await;
    let theirs = Client::guest(&server).await;
    let left = make(&theirs, "/projects", json!({"name": "Left project"})).await;
    let place = format!("/projects/{}", id(&left));
    let link = make(&theirs, &format!("{place}/invitations"), json!({})).await;
    let code = json!({"code": link["code"]});
    anna.post("/invitations/accept", code).await.ok();
    let account = anna.get("/me").await.ok()["account"].clone();
    let there = json!({"name": "Work that is left", "project_id": left["id"]});
    make(&anna, "/sessions", there).await;
    let member = format!("{place}/members/{}", account.as_str().unwrap());
    assert_eq!(anna.delete(&member).await.status(), 204);
    let line = json!({"entry": "Fix login @\"Acme/Web site\" #bug"});
    let fixed = make(&anna, "/sessions", line).await;
    make(&anna, "/favourites", json!({"session_id": fixed["id"]})).await;
    let settings = json!({"time_zone": "Asia/Kathmandu", "duration_format": "decimal"});
    anna.patch("/me", settings).await.ok();

    let file = browser.get("/account/export.json").await;
    let called = file.header("content-disposition");
    assert_eq!(called, "attachment; filename=\"stint-2026-11-20.json\"");
    let file: Value = serde_json::from_slice(&file.body).unwrap();
    assert_eq!(file, anna.get("/export").await.ok());
    let text = file.to_string();
    // The other account of this server is a guest, and what it called is told to its members.
    for name in names_in(&server).await {
        assert!(
            text.contains(&format!("\"{name}\"")),
            "{name} is not in {text}"
        );
    }
    for told in ["anna", "Asia/Kathmandu", "decimal", "8551", "2026-01-02"] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
    assert_eq!(file["left_projects"][0]["id"], left["id"]);
}

/// Everything in the database that is called something, but for tokens, which are no work.
async fn names_in(server: &Server) -> Vec<String> {
    let mut database = other_process(server).await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select m.name from sqlite_master m join pragma_table_info(m.name) c
         where m.type = 'table' and c.name = 'name' and m.name not in ('token', '_sqlx_migrations')",
    )
    .fetch_all(&mut database)
    .await
    .unwrap();
    assert!(tables.len() >= 5, "{tables:?}");
    let mut names = Vec::new();
    for table in tables {
        let sql = sqlx::AssertSqlSafe(format!("select name from {table}"));
        let found: Vec<String> = sqlx::query_scalar(sql)
            .fetch_all(&mut database)
            .await
            .unwrap();
        names.extend(found);
    }
    names
}

/// What the browser wakes up with, and what it loads: time, what one's own comes to, and no money of others.
/// Who has left is told of none.
#[tokio::test]
async fn pages_of_tracked_time_hold_no_money_of_others() {
    let team = Team::new().await;
    for (name, own) in [
        ("mia", Some("7,022.84 EUR")),
        ("max", Some("9,044.06 EUR")),
        ("rem", None),
    ] {
        let browser = team.browser(name).await;
        let cookie = browser.cookie.clone().unwrap();
        let mut told = Vec::new();
        for page in ["/", "/day/2026-11-20", "/month/2026-11"] {
            told.push(browser.get(page).await.body.to_vec());
        }
        for (accept, period) in [
            ("application/json", ""),
            ("application/json", "month/2026-11"),
            ("application/x-postcard", "month/2026-11"),
        ] {
            let query = Json(json!({"query": {"period": period}}));
            let headers = [("accept", accept), ("cookie", cookie.as_str())];
            let answer = by_script(&team.server.router, &headers, "/rpc/sheet", query).await;
            assert_eq!(answer.status, 200, "{period}");
            told.push(answer.body.to_vec());
        }
        for (number, told) in told.iter().enumerate() {
            let told = String::from_utf8_lossy(told);
            assert!(
                told.contains(&format!("work of {name}")),
                "{number}: {told}"
            );
            let told = match own {
                None => told.into_owned(),
                Some(own) => {
                    assert!(told.contains(own), "{number}: {told}");
                    told.replace(own, "")
                }
            };
            let amounts = PEOPLE.map(|(_, hourly)| hourly.to_string());
            for money in amounts.iter().map(String::as_str).chain(["EUR", "hourly"]) {
                assert!(!told.contains(money), "{name} is told {money}: {number}");
            }
        }
    }
}
