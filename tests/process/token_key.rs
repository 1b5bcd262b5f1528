//! The key of the access tokens, given by whoever runs the server.

use super::{Server, http::call, stint};
use serde_json::json;

#[tokio::test]
async fn a_given_key_is_used_and_none_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let [key, another] = ["A", "B"].map(|letter| format!("{}A", letter.repeat(42)));
    let start = |key: &str| {
        let mut command = stint();
        command.args(["serve", "--data"]).arg(folder.path());
        Server::start_with(command.env("STINT_TOKEN_KEY", key))
    };
    let server = start(&key);
    let nothing = json!({});
    let (status, grant) = call(server.addr, "POST", "/guests", "", &nothing).await;
    assert_eq!(status, 201);
    let token = grant["access_token"].as_str().unwrap();
    server.kill();
    for (key, holds) in [(&key, 200), (&another, 401), (&key, 200)] {
        let server = start(key);
        let answer = call(server.addr, "GET", "/me", token, &nothing).await;
        assert_eq!(answer.0, holds, "{answer:?}");
        server.kill();
        assert!(!folder.path().join("token.key").exists());
    }
}
