//! Who may change something.

use super::{browser::Browser, *};
use axum::http::Request;

const OWN: &str = "http://stint.test";

/// What a request says about where it comes from.
#[derive(Default)]
struct Source {
    site: Option<&'static str>,
    origin: Option<&'static str>,
    cookie: bool,
}

#[tokio::test]
async fn changes_come_from_own_pages_or_from_programs() {
    let own = |site| Source {
        site,
        origin: Some(OWN),
        cookie: true,
    };
    check(
        "POST",
        Source {
            site: Some("same-origin"),
            cookie: true,
            ..Source::default()
        },
        200,
    )
    .await;
    check(
        "POST",
        Source {
            site: Some("none"),
            cookie: true,
            ..Source::default()
        },
        200,
    )
    .await;
    check("POST", own(Some("same-origin")), 200).await;
    check("POST", own(None), 200).await;
    check("POST", Source::default(), 200).await;

    check("POST", own(Some("cross-site")), 403).await;
    check("POST", own(Some("same-site")), 403).await;
    check(
        "POST",
        Source {
            site: Some("same-site"),
            ..Source::default()
        },
        403,
    )
    .await;
    check(
        "POST",
        Source {
            site: Some("Same-Origin"),
            ..Source::default()
        },
        403,
    )
    .await;
    check(
        "POST",
        Source {
            cookie: true,
            ..Source::default()
        },
        403,
    )
    .await;
    for origin in [
        "http://evil.test",
        "null",
        "http://stint.test:81",
        "http://stint.test.evil.test",
        "junk",
    ] {
        check(
            "POST",
            Source {
                origin: Some(origin),
                ..Source::default()
            },
            403,
        )
        .await;
    }
    for method in ["PUT", "PATCH", "DELETE", "TRACE"] {
        check(method, own(Some("cross-site")), 403).await;
    }
}

#[tokio::test]
async fn reading_is_for_everyone() {
    for method in ["GET", "HEAD"] {
        check(
            method,
            Source {
                site: Some("cross-site"),
                cookie: true,
                ..Source::default()
            },
            405,
        )
        .await;
    }
}

#[tokio::test]
async fn behind_a_proxy_the_public_origin_is_trusted() {
    let options = Options {
        public_origin: Some("https://time.example".to_owned()),
        ..Options::default()
    };
    let post = |origin: &str| {
        Request::post("/echo")
            .header("host", "10.0.0.7")
            .header("origin", origin)
    };
    let router = guarded(options);
    assert_eq!(ask(&router, post("https://time.example")).await.status, 200);
    assert_eq!(ask(&router, post("http://time.example")).await.status, 403);
}

#[tokio::test]
async fn scripts_are_told_in_their_language_and_people_in_theirs() {
    let foreign = || Request::post("/echo").header("sec-fetch-site", "cross-site");
    let script = ask(&guarded(hasty()), foreign()).await;
    assert!(serde_json::from_slice::<stint::error::AppError>(&script.body).is_ok());
    let person = ask(&guarded(hasty()), foreign().header("accept", "text/html")).await;
    assert!(person.text().contains("came from another site"));
}

#[tokio::test]
async fn a_form_leads_back_to_this_site_only() {
    let server = Server::new().await;
    let mut browser = Browser::new(&server);
    for (back, expected) in [
        ("/day/2026-11-20", "/day/2026-11-20?done="),
        ("//evil.test", "/?done="),
        (r"/\evil.test", "/?done="),
        ("https://evil.test/", "/?done="),
        ("/\t/evil.test", "/?done="),
    ] {
        let form = [("form[intent]", "start"), ("form[back]", back)];
        let (command, done) = browser.submit(&form).await;
        assert_eq!(done.status, 302);
        assert_eq!(
            done.header("location"),
            format!("{expected}{command}"),
            "{back}"
        );
    }
}

async fn check(method: &str, source: Source, status: u16) {
    let Source {
        site,
        origin,
        cookie,
    } = source;
    let mut request = Request::builder()
        .method(method)
        .uri("/echo")
        .header("host", "stint.test");
    let values = [
        ("sec-fetch-site", site),
        ("origin", origin),
        ("cookie", cookie.then_some("stint=x")),
    ];
    for (name, value) in values {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    let answer = ask(&guarded(Options::default()), request).await;
    assert_eq!(answer.status, status, "{method} {values:?}");
}
