//! The API's page for people.

use super::{Server, api::*, ask, get_page};
use axum::http::Request;

#[tokio::test]
async fn every_call_object_and_problem_is_on_the_page() {
    let server = Server::at(FRIDAY).await;
    let page = ask(&server.router, get_page("/docs")).await;
    assert_eq!(page.status, 200);
    let html = page.text();
    let has = |what: &str| assert!(html.contains(what), "{what} is not on the page");
    let described = Client::anonymous(&server).get("/openapi.json").await.ok();
    for (path, calls) in described["paths"].as_object().unwrap() {
        for method in calls.as_object().unwrap().keys() {
            let anchor = path.replace(['{', '}'], "").replace('/', "-");
            has(&format!("<article id=\"{method}{anchor}\">"));
            has(&format!("href=\"#{method}{anchor}\""));
        }
    }
    for name in described["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        has(&format!("<article id=\"schema-{name}\">"));
    }
    for link in html.split("href=\"#").skip(1) {
        let anchor = link.split('"').next().unwrap();
        has(&format!("id=\"{anchor}\""));
    }
    let refused = Client::anonymous(&server).get("/sessions").await.json();
    let (_, anchor) = refused["type"].as_str().unwrap().split_once('#').unwrap();
    has(&format!("id=\"{anchor}\""));
}

#[tokio::test]
async fn the_page_needs_no_script_and_no_inline_style() {
    let server = Server::at(FRIDAY).await;
    let page = ask(&server.router, Request::get("/docs")).await;
    assert!(page.text().starts_with("<!DOCTYPE html>"));
    for forbidden in ["<script", "style=", "<style", "http://", "https://"] {
        assert!(!page.text().contains(forbidden), "{forbidden}");
    }
}

#[tokio::test]
async fn the_guide_names_every_call_and_no_other() {
    let guide = include_str!("../../docs/API.md");
    let server = Server::at(FRIDAY).await;
    let described = Client::anonymous(&server).get("/openapi.json").await.ok();
    let paths = described["paths"].as_object().unwrap();
    let mut calls = Vec::new();
    for (path, methods) in paths {
        for method in methods.as_object().unwrap().keys() {
            calls.push(format!(
                "{} {}",
                method.to_uppercase(),
                path.replace("{id}", "ID")
                    .replace("{account}", "ACCOUNT")
                    .replace("{invitation}", "INVITATION")
            ));
        }
    }
    for call in &calls {
        assert!(
            guide.contains(&format!("\n| `{call}` |")),
            "{call} is missing"
        );
    }
    let (ours, _) = guide.split_once("## Coming from another tracker").unwrap();
    for row in ours.split("\n| `").skip(1) {
        let call = row.split('`').next().unwrap().to_owned();
        assert!(calls.contains(&call), "{call} does not exist");
    }
}
