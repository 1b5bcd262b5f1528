//! Commands that say by name what sessions belong to.

use super::{browser::Browser, person::*};
use serde_json::json;
use uuid::Uuid;

/// Its answer was lost; before it is sent again, its names have come to stand for something else.
#[tokio::test]
async fn a_command_sent_again_is_known_although_its_names_stand_for_others() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("anna", &[]).await;
    let command = Uuid::now_v7().to_string();
    let mut send = async |line: &str| {
        let form = [
            ("form[command]", command.as_str()),
            ("form[intent]", "start"),
            ("form[name]", line),
        ];
        let answer = browser.post("/rpc/submit", &form).await;
        answer.header("location").to_owned()
    };
    let done = format!("/?done={command}");
    assert_eq!(send("fix @web").await, done);
    let project = &anna.get("/projects").await.ok()["items"][0];
    let place = format!("/projects/{}", project["id"].as_str().unwrap());
    anna.patch(&place, json!({"name": "site"})).await.ok();
    anna.post("/projects", json!({"name": "web"})).await.made();
    assert_eq!(send("fix @web").await, done);
    assert!(send("fix @web #bug").await.starts_with("/?refused="));
    assert!(send("mend @web").await.starts_with("/?refused="));
    let all = "select count(*) from session";
    assert_eq!(count(&server.store, all).await, 1);
}
