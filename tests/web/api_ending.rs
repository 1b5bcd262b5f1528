//! What ends link codes and personal tokens, besides their time.

use super::{
    Server,
    api::{Client, id},
    person::*,
};
use serde_json::{Value, json};
use stint::server::operator;

const NEW_PASSWORD: &str = "staple correct";

/// Ways to end devices, or all that a password let in.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Password,
    Recovery,
    Operator,
    Others,
    Another,
    Itself,
    Logout,
    Theft,
}

/// Anna on two devices, and what her account was granted.
struct Scene {
    server: Server,
    anna: Client,
    other: Client,
    grant: Value,
}

impl Scene {
    async fn new() -> Self {
        let server = friday().await;
        let (anna, grant) = register(&server, "anna").await;
        let (other, _) = sign_in(&server, "anna").await;
        Self {
            server,
            anna,
            other,
            grant,
        }
    }

    async fn end(&self, way: Way) {
        let Self {
            server,
            anna,
            other,
            grant,
        } = self;
        let anonymous = Client::anonymous(server);
        let device = async |of: &Client| {
            let devices = of.get("/devices").await.ok();
            let items = devices["items"].as_array().unwrap();
            let own = items.iter().find(|device| device["current"] == true);
            format!("/devices/{}", id(own.unwrap()))
        };
        match way {
            Way::Password => {
                let body = json!({"password": PASSWORD, "new_password": NEW_PASSWORD});
                assert_eq!(anna.post("/me/password", body).await.status(), 204);
            }
            Way::Recovery => {
                let code = &grant["recovery_codes"][0];
                let body = json!({"username": "anna", "recovery_code": code, "new_password": NEW_PASSWORD});
                anonymous.post("/recover", body).await.ok();
            }
            Way::Operator => {
                let (name, now) = ("anna".parse().unwrap(), server.clock.now());
                operator::reset_password(&server.store, &name, false, now)
                    .await
                    .unwrap();
            }
            Way::Others => assert_eq!(anna.delete("/devices").await.status(), 204),
            Way::Another => {
                let gone = anna.delete(&device(other).await).await;
                assert_eq!(gone.status(), 204);
            }
            Way::Itself => {
                let gone = anna.delete(&device(anna).await).await;
                assert_eq!(gone.status(), 204);
            }
            Way::Logout => assert_eq!(other.post("/logout", None).await.status(), 204),
            Way::Theft => {
                let body = json!({"refresh_token": grant["refresh_token"]});
                anonymous.post("/refresh", body.clone()).await.ok();
                let again = anonymous.post("/refresh", body).await;
                again.problem(401, "revoked-token");
            }
        }
    }
}

#[tokio::test]
async fn a_link_code_ends_with_whatever_could_have_shown_it() {
    for way in [
        Way::Password,
        Way::Recovery,
        Way::Operator,
        Way::Others,
        Way::Another,
        Way::Itself,
        Way::Logout,
        Way::Theft,
    ] {
        let scene = Scene::new().await;
        let made = scene.anna.post("/link-codes", None).await.made();
        let (bert, _) = register(&scene.server, "bert").await;
        let berts = bert.post("/link-codes", None).await.made();
        scene.end(way).await;
        let link = async |made: &Value| {
            let body = json!({"code": made["code"]});
            Client::anonymous(&scene.server).post("/link", body).await
        };
        let refused = link(&made).await;
        assert_eq!(refused.status(), 422, "{way:?}: {refused:?}");
        link(&berts).await.ok();
    }
}

#[tokio::test]
async fn personal_tokens_end_with_the_password_and_with_nothing_less() {
    for way in [
        Way::Password,
        Way::Recovery,
        Way::Operator,
        Way::Others,
        Way::Logout,
    ] {
        let scene = Scene::new().await;
        let script = async |of: &Client| {
            let new = json!({"name": "script", "scope": "write"});
            let made = of.post("/tokens", new).await.made();
            let script = Client::with_token(&scene.server, text(&made, "token"));
            // So that it is remembered.
            script.get("/me").await.ok();
            script
        };
        let hers = script(&scene.anna).await;
        let (bert, _) = register(&scene.server, "bert").await;
        let berts = script(&bert).await;
        if way == Way::Operator {
            // With no device left, the tokens alone are what ends.
            scene.end(Way::Others).await;
            scene.anna.post("/logout", None).await;
        }
        scene.end(way).await;
        // What a server does twice a second.
        let Server {
            app, store, clock, ..
        } = &scene.server;
        app.login.learn(store, clock.now()).await.unwrap();
        if matches!(way, Way::Others | Way::Logout) {
            hers.get("/me").await.ok();
        } else {
            hers.get("/me").await.problem(401, "unknown-token");
        }
        berts.get("/me").await.ok();
    }
}

#[tokio::test]
async fn the_server_itself_forgets_tokens_at_once() {
    for way in [Way::Password, Way::Recovery] {
        let scene = Scene::new().await;
        let new = json!({"name": "script", "scope": "read"});
        let made = scene.anna.post("/tokens", new).await.made();
        let script = Client::with_token(&scene.server, text(&made, "token"));
        script.get("/me").await.ok();
        scene.end(way).await;
        script.get("/me").await.problem(401, "unknown-token");
    }
}
