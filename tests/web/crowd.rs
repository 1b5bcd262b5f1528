//! How many guests come from one address.

use super::{Form, Server, api::Client, browser::Browser, person::friday_with};
use chrono::TimeDelta;
use serde_json::json;
use stint::server::login::{GuestsPerAddress, Policy};

/// With two guests of each address.
async fn server() -> Server {
    let policy = Policy {
        guests_per_address: GuestsPerAddress(2),
        // What the tests send through.
        proxies: "::".parse().unwrap(),
        ..Policy::default()
    };
    friday_with(policy).await
}

#[tokio::test]
async fn one_address_does_not_make_guests_without_end() {
    let server = server().await;
    let from = |address: &str| Client::anonymous(&server).header("x-forwarded-for", address);
    let (here, there) = (from("192.0.2.1"), from("192.0.2.2"));
    for _ in 0..2 {
        here.post("/guests", None).await.made();
    }
    let refused = here.post("/guests", json!({})).await;
    assert_eq!(refused.0.header("retry-after"), "15");
    refused.problem(429, "too-many");
    there.post("/guests", None).await.made();
    server.clock.advance(TimeDelta::seconds(15));
    here.post("/guests", None).await.made();
    assert_eq!(here.post("/guests", None).await.status(), 429);
    server.clock.advance(TimeDelta::hours(6));
    here.post("/guests", None).await.made();
}

#[tokio::test]
async fn a_page_says_when_there_are_too_many() {
    let server = server().await;
    for name in ["one", "two"] {
        Browser::new(&server).start(name).await;
    }
    let mut third = Browser::new(&server);
    let refused = third.post("/projects", &[("name", "Shop")]).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "15");
    assert!(refused.text().contains("This was tried too often"));
    assert!(refused.text().contains("<nav"), "not in the product's look");
    let form = "form[intent]=start&form[command]=019e0f3a-7c00-7000-8000-000000000001";
    let fourth = Browser::new(&server);
    let refused = fourth.by_script("/rpc/submit", Form(form.to_owned())).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "15");
    // Who is here already goes on.
    let mut guest = Browser::new(&server);
    server.clock.advance(TimeDelta::seconds(15));
    guest.start("three").await;
    guest.start("four").await;
}
