//! What pages call when browsers register, sign in and out.

use super::{Server, person::*};
use axum::http::{Request, request::Parts};
use chrono::TimeDelta;
use stint::{
    domain::{GuestChoice, Settings},
    error::AppError,
    server::{
        account::{self, Key, Registering, SignIn, SignedIn, Visitor},
        cookies,
        device::{self, Secret},
    },
};

#[tokio::test]
async fn a_browser_keeps_its_cookie_when_its_guest_registers() {
    let server = friday().await;
    let (guest, secret) = guest(&server).await;
    let visitor = browser(&server, Some(&secret)).await;
    let form = Registering {
        username: "anna".into(),
        password: PASSWORD.into(),
        ..Registering::default()
    };
    let device = (guest.account, guest.device);
    let done = account::register_guest(&server.app, &visitor, device, &form)
        .await
        .unwrap();
    assert_eq!(done.signed_in.key, None);
    assert_eq!(done.recovery_codes.len(), 10);
    assert_eq!(account_of(&server, &secret).await, Some(guest.account));
}

#[tokio::test]
async fn a_browser_that_was_here_before_gets_in_while_guesses_are_held_back() {
    let server = friday().await;
    register(&server, "anna").await;
    let first = sign_in(&server, None, PASSWORD).await.unwrap();
    let secret = cookie_of(&first);
    sign_out(&server, &first).await;
    assert_eq!(account_of(&server, &secret).await, None, "still signed in");

    for _ in 0..10 {
        let guess = sign_in(&server, None, "a wrong guess").await;
        assert_eq!(guess.unwrap_err(), AppError::WrongCredentials);
    }
    let held = sign_in(&server, None, PASSWORD).await.unwrap_err();
    assert_eq!(held, AppError::TooMany { seconds: 15 });
    let again = sign_in(&server, Some(&secret), PASSWORD).await.unwrap();
    assert_eq!(
        account_of(&server, &cookie_of(&again)).await,
        Some(again.account)
    );
    assert_eq!(
        account_of(&server, &secret).await,
        None,
        "the old cookie opens again"
    );
    // It is no licence to guess.
    for _ in 0..10 {
        let cookie = cookie_of(&again);
        let guess = sign_in(&server, Some(&cookie), "a wrong guess").await;
        assert_eq!(guess.unwrap_err(), AppError::WrongCredentials);
    }
    let held = sign_in(&server, Some(&cookie_of(&again)), PASSWORD).await;
    assert_eq!(held.unwrap_err(), AppError::TooMany { seconds: 15 });
}

#[tokio::test]
async fn browsers_are_signed_out_from_elsewhere() {
    let server = friday().await;
    register(&server, "anna").await;
    let here = sign_in(&server, None, PASSWORD).await.unwrap();
    let there = sign_in(&server, None, PASSWORD).await.unwrap();
    let devices = server.store.devices(here.account).await.unwrap();
    assert_eq!(devices.len(), 3);
    account::end_device(&server.app, here.account, there.device, false)
        .await
        .unwrap();
    assert_eq!(account_of(&server, &cookie_of(&there)).await, None);
    assert_eq!(
        account_of(&server, &cookie_of(&here)).await,
        Some(here.account)
    );
    account::sign_out_everywhere(&server.app, here.account)
        .await
        .unwrap();
    assert_eq!(account_of(&server, &cookie_of(&here)).await, None);
    assert_eq!(count(&server.store, "select count(*) from device").await, 0);
}

#[tokio::test]
async fn an_empty_guest_is_no_question() {
    let server = friday().await;
    register(&server, "anna").await;
    let (guest, secret) = guest(&server).await;
    let visitor = browser(&server, Some(&secret)).await;
    let mut form = form(PASSWORD);
    let signed_in = account::sign_in(&server.app, &visitor, Some(guest.account), &form).await;
    assert_ne!(signed_in.unwrap().account, guest.account);
    // Nobody is asked whose guest it is but the browser that holds it.
    form.guest = Some(GuestChoice::Bring);
    account::sign_in(&server.app, &visitor, Some(guest.account), &form)
        .await
        .unwrap();
}

/// A client that goes away does not stop a revocation between the database and what is remembered
/// of it.
#[tokio::test]
async fn a_revocation_is_whole_although_nobody_waits_for_it() {
    let server = friday().await;
    let (client, _) = register(&server, "anna").await;
    let here = sign_in(&server, None, PASSWORD).await.unwrap();
    let everywhere = account::sign_out_everywhere(&server.app, here.account);
    let mut everywhere = Box::pin(everywhere);
    assert!(poll_once(&mut everywhere).await.is_none());
    drop(everywhere);
    while count(&server.store, "select count(*) from device").await > 0 {
        tokio::task::yield_now().await;
    }
    for _ in 0..1000 {
        if client.get("/sessions").await.status() != 200 {
            break;
        }
    }
    client.get("/me").await.problem(401, "revoked-token");
}

async fn poll_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    tokio::select! {
        biased;
        done = future => Some(done),
        () = std::future::ready(()) => None,
    }
}

/// What is remembered of a browser that signed out does not stay for ever.
#[tokio::test]
async fn old_cookies_are_forgotten_in_the_end() {
    let server = friday().await;
    register(&server, "anna").await;
    let first = sign_in(&server, None, PASSWORD).await.unwrap();
    sign_out(&server, &first).await;
    let known = "select count(*) from device where signed_out_at is not null";
    assert_eq!(count(&server.store, known).await, 1);
    server.clock.advance(TimeDelta::days(91));
    let second = sign_in(&server, None, PASSWORD).await.unwrap();
    sign_out(&server, &second).await;
    assert_eq!(count(&server.store, known).await, 1);
}

async fn guest(server: &Server) -> (device::Viewer, Secret) {
    let settings = Settings::default();
    server
        .store
        .create_guest(&settings, "", server.clock.now())
        .await
        .unwrap()
}

async fn sign_in(
    server: &Server,
    cookie: Option<&Secret>,
    password: &str,
) -> Result<SignedIn, AppError> {
    let visitor = browser(server, cookie).await;
    account::sign_in(&server.app, &visitor, None, &form(password)).await
}

async fn sign_out(server: &Server, signed_in: &SignedIn) {
    account::sign_out(&server.app, signed_in.account, signed_in.device, false)
        .await
        .unwrap();
}

fn form(password: &str) -> SignIn {
    SignIn {
        username: "anna".into(),
        password: password.into(),
        ..SignIn::default()
    }
}

async fn browser(server: &Server, cookie: Option<&Secret>) -> Visitor {
    let mut request = Request::get("/sign-in");
    if let Some(secret) = cookie {
        request = request.header("cookie", cookies::cookie(secret, false).to_string());
    }
    let (parts, ()): (Parts, ()) = request.body(()).unwrap().into_parts();
    Visitor::browser(&server.app, &parts).await.unwrap()
}

fn cookie_of(signed_in: &SignedIn) -> Secret {
    match &signed_in.key {
        Some(Key::Cookie(secret)) => secret.clone(),
        key => panic!("{key:?}"),
    }
}

async fn account_of(server: &Server, secret: &Secret) -> Option<stint::domain::AccountId> {
    server
        .store
        .viewer(secret, server.clock.now())
        .await
        .unwrap()
        .map(|viewer| viewer.account)
}
