//! The second factor and recovery codes.

use super::{Server, api::Client, person::*};
use chrono::TimeDelta;
use serde_json::{Value, json};
use stint::domain::Instant;
use totp_rs::{Builder, Secret};

#[tokio::test]
async fn a_recovery_code_opens_once_and_ends_the_rest() {
    let server = friday().await;
    let (anna, grant) = register(&server, "anna").await;
    let anonymous = Client::anonymous(&server);
    let lost = |username: &str, code: &Value| json!({"username": username, "recovery_code": code, "new_password": "staple correct"});
    let code = &grant["recovery_codes"][0];
    let nobody = anonymous
        .post("/recover", lost("nobody", code))
        .await
        .problem(401, "wrong-code");
    for wrong in [json!("CCCC-CCCC-CCCC-CCCC-CCCC"), json!("")] {
        let told = anonymous.post("/recover", lost("anna", &wrong)).await;
        assert_eq!(told.problem(401, "wrong-code"), nobody);
    }
    anna.get("/me").await.ok();
    let recovered = anonymous.post("/recover", lost("anna", code)).await.ok();
    anna.get("/me").await.problem(401, "revoked-token");
    try_sign_in(&server, "anna", PASSWORD)
        .await
        .problem(401, "wrong-credentials");
    try_sign_in(&server, "anna", "staple correct").await.ok();
    anonymous
        .post("/recover", lost("anna", code))
        .await
        .problem(401, "wrong-code");

    let anna = client(&server, &recovered);
    let password = json!({"password": "staple correct"});
    let renewed = anna.post("/me/recovery-codes", password).await.ok();
    let old = &grant["recovery_codes"][1];
    anonymous
        .post("/recover", lost("anna", old))
        .await
        .problem(401, "wrong-code");
    let new = &renewed["recovery_codes"][1];
    anonymous.post("/recover", lost("anna", new)).await.ok();
}

#[tokio::test]
async fn the_second_factor_is_asked_for_wherever_somebody_signs_in() {
    let server = friday().await;
    let (anna, grant) = register(&server, "anna").await;
    let anonymous = Client::anonymous(&server);
    let wrong = anna
        .post("/me/second-factor", json!({"password": "wrong horse"}))
        .await;
    assert_eq!(wrong.wrong(), "password");
    let offer = anna
        .post("/me/second-factor", json!({"password": PASSWORD}))
        .await
        .ok();
    let app = App::new(text(&offer, "secret"));
    // Not in force before it was confirmed.
    sign_in(&server, "anna").await;
    let confirm = async |code: &str| {
        anna.post("/me/second-factor/confirm", json!({"code": code}))
            .await
    };
    confirm("000000").await.problem(401, "wrong-code");
    let code = app.code(server.clock.now());
    assert_eq!(confirm(&code).await.status(), 204);
    assert_eq!(anna.get("/me").await.ok()["second_factor"], true);

    let login = async |code: Option<&str>| {
        let body = json!({"username": "anna", "password": PASSWORD, "code": code});
        anonymous.post("/login", body).await
    };
    login(None).await.problem(401, "code-needed");
    login(Some("")).await.problem(401, "code-needed");
    try_sign_in(&server, "anna", "wrong horse")
        .await
        .problem(401, "wrong-credentials");
    login(Some(&code)).await.problem(401, "wrong-code");
    server.clock.advance(TimeDelta::seconds(30));
    let code = app.code(server.clock.now());
    login(Some(&code)).await.ok();
    login(Some(&code)).await.problem(401, "wrong-code");

    let made = anna.post("/link-codes", None).await.made();
    let link = async |second: Option<&str>| {
        let body = json!({"code": made["code"], "second_code": second});
        anonymous.post("/link", body).await
    };
    link(None).await.problem(401, "code-needed");
    link(Some(&code)).await.problem(401, "wrong-code");
    server.clock.advance(TimeDelta::seconds(30));
    link(Some(&app.code(server.clock.now()))).await.ok();

    let spare = &grant["recovery_codes"];
    let lost = |code: Value| json!({"username": "anna", "recovery_code": spare[0], "new_password": "staple correct", "code": code});
    anonymous
        .post("/recover", lost(Value::Null))
        .await
        .problem(401, "code-needed");
    anonymous
        .post("/recover", lost(spare[0].clone()))
        .await
        .problem(401, "wrong-code");
    let recovered = anonymous
        .post("/recover", lost(spare[1].clone()))
        .await
        .ok();
    let anna = client(&server, &recovered);
    assert_eq!(anna.get("/me").await.ok()["recovery_codes"], 8);
    let body = json!({"username": "anna", "password": "staple correct", "code": spare[2]});
    anonymous.post("/login", body.clone()).await.ok();
    anonymous
        .post("/login", body)
        .await
        .problem(401, "wrong-code");

    let end = json!({"password": "staple correct", "code": spare[2]});
    anna.post("/me/second-factor/remove", end)
        .await
        .problem(401, "wrong-code");
    let end = json!({"password": "staple correct", "code": spare[3]});
    assert_eq!(
        anna.post("/me/second-factor/remove", end).await.status(),
        204
    );
    try_sign_in(&server, "anna", "staple correct").await.ok();
}

#[tokio::test]
async fn codes_of_the_second_factor_cannot_be_guessed_for_ever() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    App::of(&server, &anna).await;
    let wrong = json!({"username": "anna", "password": PASSWORD, "code": "000000"});
    for _ in 0..10 {
        Client::anonymous(&server)
            .post("/login", wrong.clone())
            .await
            .problem(401, "wrong-code");
    }
    Client::anonymous(&server)
        .post("/login", wrong)
        .await
        .problem(429, "too-many");
}

/// New recovery codes stand in for the app, so a password alone does not give them.
#[tokio::test]
async fn new_recovery_codes_take_a_code_where_a_second_factor_is_in_force() {
    let server = friday().await;
    let (anna, grant) = register(&server, "anna").await;
    let app = App::of(&server, &anna).await;
    let renew = async |code: Value| {
        let body = json!({"password": PASSWORD, "code": code});
        anna.post("/me/recovery-codes", body).await
    };
    renew(Value::Null).await.problem(401, "code-needed");
    renew(json!("000000")).await.problem(401, "wrong-code");
    let login = async |code: &Value| {
        let body = json!({"username": "anna", "password": PASSWORD, "code": code});
        Client::anonymous(&server).post("/login", body).await
    };
    let old = &grant["recovery_codes"];
    login(&old[0]).await.ok();
    server.clock.advance(TimeDelta::seconds(30));
    let code = json!(app.code(server.clock.now()));
    let new = renew(code.clone()).await.ok();
    renew(code).await.problem(401, "wrong-code");
    login(&old[1]).await.problem(401, "wrong-code");
    // A recovery code will do as well, and is used up with the rest.
    let newer = renew(new["recovery_codes"][0].clone()).await.ok();
    let used = renew(new["recovery_codes"][1].clone()).await;
    used.problem(401, "wrong-code");
    login(&newer["recovery_codes"][0]).await.ok();
}

#[tokio::test]
async fn a_link_code_gives_no_more_guesses_at_the_app() {
    let server = friday().await;
    let (anna, _) = register(&server, "anna").await;
    let app = App::of(&server, &anna).await;
    let made = anna.post("/link-codes", None).await.made();
    let link = async |second: Option<&str>| {
        let body = json!({"code": made["code"], "second_code": second});
        Client::anonymous(&server).post("/link", body).await
    };
    for _ in 0..10 {
        link(None).await.problem(401, "code-needed");
        link(Some("000000")).await.problem(401, "wrong-code");
    }
    link(Some("000000")).await.problem(429, "too-many");
    // They are the same guesses as when signing in.
    let login = json!({"username": "anna", "password": PASSWORD, "code": "000000"});
    let held = Client::anonymous(&server).post("/login", login).await;
    held.problem(429, "too-many");
    server.clock.advance(TimeDelta::seconds(30));
    let code = app.code(server.clock.now());
    link(Some(&code)).await.ok();
}

/// An authenticator app.
pub struct App(totp_rs::Totp);

impl App {
    pub fn new(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    /// That of an account, for which codes are asked from now on.
    pub async fn of(server: &Server, client: &Client) -> Self {
        let password = json!({"password": PASSWORD});
        let offer = client.post("/me/second-factor", password).await.ok();
        let app = Self::new(text(&offer, "secret"));
        let code = json!({"code": app.code(server.clock.now())});
        let confirmed = client.post("/me/second-factor/confirm", code).await;
        assert_eq!(confirmed.status(), 204);
        app
    }

    pub fn code(&self, now: Instant) -> String {
        self.0
            .generate(now.timestamp().try_into().unwrap())
            .to_string()
    }
}
