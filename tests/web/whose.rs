//! Whose page it was that a form comes from, and what a browser is told that was signed out.

use super::{Form, browser::Browser, person::*};

/// A page may stand open while its account is signed out, or gives way to another one.
#[tokio::test]
async fn what_was_on_a_page_goes_to_its_account_or_to_none() {
    let server = friday().await;
    let (mut anna, mut ben) = (Browser::new(&server), Browser::new(&server));
    anna.register("anna").await;
    ben.register("ben").await;
    let page = anna.get("/").await;
    let whose = page
        .text()
        .split("name=\"form[account]\" value=\"")
        .nth(1)
        .unwrap();
    let whose = whose.split('"').next().unwrap().to_owned();
    assert!(uuid::Uuid::parse_str(&whose).is_ok(), "{whose}");
    let start = [
        ("form[intent]", "start"),
        ("form[name]", "Mine"),
        ("form[account]", &whose),
        ("form[back]", "/"),
    ];
    let (_, started) = anna.submit(&start).await;
    assert!(started.header("location").contains("done="));
    let before = everything(&server).await;
    anna.cookie = Some("stint_device=gone".to_owned());
    for browser in [&mut anna, &mut ben] {
        let (_, refused) = browser.submit(&start).await;
        let page = browser.get(refused.header("location")).await;
        assert!(
            page.text().contains("You were signed out here"),
            "{}",
            page.text()
        );
        assert!(page.text().contains("value=\"Mine\""));
        assert_eq!(everything(&server).await, before);
    }
    let all = format!(
        "forms[0][intent]=start&forms[0][account]={whose}&forms[0][command]={}",
        uuid::Uuid::now_v7()
    );
    let answer = ben.by_script("/rpc/submit-all", Form(all)).await;
    assert_eq!(answer.status, 401);
    assert_eq!(everything(&server).await, before);
    // Who is told may go on without it.
    anna.cookie = None;
    anna.start("Another").await;
}

/// A browser that was signed out by others finds that out on the next page, and one that did so itself is not told.
#[tokio::test]
async fn whoever_was_signed_out_is_told_so() {
    const TOLD: &str = "This browser was signed out.";
    let server = friday().await;
    let mut anna = Browser::new(&server);
    anna.register("anna").await;
    let mut second = Browser::new(&server);
    second.sign_in("anna", &[]).await;
    anna.post("/account/sign-out-others", &[]).await;
    for path in ["/", "/day", "/week", "/month", "/last/7-days"] {
        assert!(second.get(path).await.text().contains(TOLD), "{path}");
        assert!(!anna.get(path).await.text().contains(TOLD), "{path}");
    }
    // What was refused for the same reason is said by itself.
    let start = [
        ("form[intent]", "start"),
        ("form[account]", "019e0f3a-7c00-7000-8000-0000000000a1"),
        ("form[back]", "/"),
    ];
    let (_, refused) = second.submit(&start).await;
    let page = second.get(refused.header("location")).await;
    assert!(page.text().contains("You were signed out here"));
    assert!(!page.text().contains(TOLD));
    second.start("anew").await;
    assert!(!second.get("/").await.text().contains(TOLD));

    for (path, form) in [
        ("/sign-out", &[][..]),
        ("/account/sign-out-everywhere", &[]),
        (
            "/account/delete",
            &[("password", PASSWORD), ("sure", "yes")],
        ),
    ] {
        let gone = anna.post(path, form).await;
        assert_eq!(gone.status, 303, "{path}");
        assert!(!anna.get("/").await.text().contains(TOLD), "{path}");
        anna.sign_in("anna", &[]).await;
    }
}

/// A browser without an account finds its refused form again, and was never signed in.
#[tokio::test]
async fn a_refused_form_of_nobody_is_found_again() {
    let server = friday().await;
    let mut nobody = Browser::new(&server);
    let start = [
        ("form[intent]", "start"),
        ("form[name]", "Mine"),
        ("form[account]", "019e0f3a-7c00-7000-8000-0000000000a1"),
        ("form[back]", "/"),
    ];
    let (_, refused) = nobody.submit(&start).await;
    assert!(nobody.cookie.as_ref().unwrap().starts_with("stint_form="));
    let page = nobody.get(refused.header("location")).await;
    assert!(page.text().contains("value=\"Mine\""), "{}", page.text());
    assert!(!page.text().contains("This browser was signed out."));
    assert!(!nobody.get("/").await.text().contains("value=\"Mine\""));
}
