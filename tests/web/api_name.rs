//! Names that hurt.

use super::{api::*, api_session::bench};
use serde_json::json;

#[tokio::test]
async fn names_are_stored_as_typed_or_refused() {
    let (_server, client) = bench().await;
    let kept = [
        "",
        "👩‍👩‍👧‍👦 🇪🇺",
        "\u{202e}gnp.exe",
        "<script>alert(1)</script>",
        "\"'&<>",
        "\u{feff}zero\u{200b}width",
        "'; drop table session; --",
        "e\u{301}",
        "%00",
        "\\u0000",
        "{{7*7}}",
        "../../etc",
    ];
    for name in kept
        .map(str::to_owned)
        .into_iter()
        .chain(["ß".repeat(500), "👩".repeat(500)])
    {
        let made = client.post("/sessions", json!({"name": name})).await.made();
        assert_eq!(made["name"], name);
        assert_eq!(client.get(&at(&made)).await.ok()["name"], name);
    }
    let before = client.get("/sessions?limit=500").await.ok();
    let long = "x".repeat(64 * 1024);
    for name in [
        "a\0b",
        "a\nb",
        "\u{85}x\u{7f}",
        "a\u{2028}b",
        &"x".repeat(501),
        &long,
    ] {
        let refused = client.post("/sessions", json!({"name": name})).await;
        assert_eq!(refused.wrong(), "name", "{name:?}");
    }
    // Sent by hand: no text of this language can hold them.
    for body in [
        &br#"{"name": "\ud800"}"#[..],
        br#"{"name": "\udc00\ud800"}"#,
        b"{\"name\": \"\xff\"}",
    ] {
        let refused = client
            .send_bytes(
                "POST".parse().unwrap(),
                "/sessions",
                Some(("application/json", body.to_vec())),
            )
            .await;
        assert_eq!(refused.wrong(), "name");
    }
    assert_eq!(
        names(&client.get("/sessions?limit=500").await.ok()),
        names(&before)
    );
}
