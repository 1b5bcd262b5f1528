//! What is turned away: too much, too slow, too many.

use super::*;
use axum::{body::Body, http::Request, response::IntoResponse};
use hyper::body::Frame;
use std::{
    convert::Infallible,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};
use stint::error::AppError;
use tokio::{sync::Semaphore, task::JoinSet};

const LIMIT: usize = 64 * 1024;

#[tokio::test]
async fn bodies_end_at_64_kib() {
    check_body(Body::from(vec![b'x'; LIMIT]), 200).await;
    check_body(Body::from(vec![b'x'; LIMIT + 1]), 413).await;
    check_body(
        Body::new(Unannounced {
            bytes: LIMIT,
            then_stall: false,
        }),
        200,
    )
    .await;
    check_body(
        Body::new(Unannounced {
            bytes: LIMIT + 1,
            then_stall: false,
        }),
        413,
    )
    .await;
}

#[tokio::test]
async fn bodies_do_not_take_for_ever() {
    check_body(
        Body::new(Unannounced {
            bytes: 10,
            then_stall: true,
        }),
        408,
    )
    .await;
}

async fn check_body(body: Body, status: u16) {
    let answer = send(
        &guarded(hasty()),
        Request::post("/echo").body(body).unwrap(),
    )
    .await;
    assert_eq!(answer.status, status);
    assert_eq!(
        answer.header("connection"),
        if status == 200 { "" } else { "close" }
    );
}

/// Large bodies may be sent to the API, but only so many at once.
#[tokio::test]
async fn large_bodies_take_no_room_from_small_ones() {
    let server = Server::new().await;
    let post = |body: Body| {
        let request = Request::post("/api/v1/sessions").body(body).unwrap();
        let router = server.router.clone();
        async move { send(&router, request).await }
    };
    let stalled = || {
        Body::new(Unannounced {
            bytes: 10,
            then_stall: true,
        })
    };
    let mut waiting = JoinSet::new();
    for _ in 0..32 {
        waiting.spawn(post(stalled()));
    }
    let large = || Body::from(vec![b' '; LIMIT + 1]);
    while post(large()).await.status != 503 {
        tokio::task::yield_now().await;
    }
    let turned_away = post(large()).await;
    assert_eq!(turned_away.header("retry-after"), "1");
    assert_eq!(
        turned_away.header("content-type"),
        "application/problem+json"
    );
    assert_eq!(post(Body::from("{}")).await.status, 401);
    waiting.abort_all();
    while waiting.join_next().await.is_some() {}
    assert_eq!(
        post(large()).await.status,
        401,
        "a place was not given back"
    );
    assert_eq!(
        post(Body::from(vec![b' '; 1024 * 1024 + 1])).await.status,
        413
    );
}

#[tokio::test]
async fn packed_bodies_are_not_unpacked() {
    let request = Request::post("/echo")
        .header("content-encoding", "gzip")
        .body(Body::from("bomb"))
        .unwrap();
    assert_eq!(send(&guarded(hasty()), request).await.status, 415);
}

#[tokio::test]
async fn the_limit_holds_for_server_functions() {
    let server = Server::new().await;
    for path in ["/rpc/submit", "/rpc/sheet", "/rpc/suggest"] {
        let request = Request::post(path)
            .body(Body::from(vec![b'x'; LIMIT + 1]))
            .unwrap();
        assert_eq!(send(&server.router, request).await.status, 413, "{path}");
    }
}

/// What a page reads while it is rendered must still be there when another thread helps.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_hold_together_when_many_are_asked_for() {
    let server = Server::new().await;
    let mut pages = JoinSet::new();
    for number in 0..400 {
        let router = server.router.clone();
        let path = ["/", "/day", "/week", "/month", "/settings", "/nothing"][number % 6];
        pages.spawn(async move { (path, ask(&router, get_page(path)).await) });
        if pages.len() == 16 {
            let (path, answer) = pages.join_next().await.unwrap().unwrap();
            assert!(answer.status != 500, "{path}");
        }
    }
    for (path, answer) in pages.join_all().await {
        assert!(answer.status != 500, "{path}");
    }
}

#[tokio::test]
async fn a_panic_is_an_answer_and_not_the_end() {
    let router = guarded(hasty());
    let answer = ask(&router, get_page("/panic")).await;
    assert_eq!(answer.status, 500);
    assert!(
        !answer.text().contains("as asked"),
        "tells what is not for visitors"
    );
    assert_eq!(ask(&router, Request::get("/robots.txt")).await.status, 200);
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_given_up() {
    let answer = ask(&guarded(hasty()), Request::get("/forever")).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("retry-after")),
        (503, "1")
    );
}

#[tokio::test]
async fn more_than_fits_is_turned_away_at_once() {
    let options = Options {
        max_requests: 64,
        ..Options::default()
    };
    let (inside, most, door) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicUsize::new(0)),
        Arc::new(Semaphore::new(0)),
    );
    let wait = {
        let (inside, most, door) = (inside.clone(), most.clone(), door.clone());
        async move || {
            most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            drop(door.acquire().await);
            inside.fetch_sub(1, Ordering::SeqCst);
            StatusCode::OK.into_response()
        }
    };
    let routes = Router::new()
        .route("/wait", get(wait.clone()))
        .route("/rpc/wait", get(wait))
        .route("/healthz", get(async || "ok"));
    let router = guard(routes, &options);

    let mut pages = JoinSet::new();
    for _ in 0..500 {
        let router = router.clone();
        pages.spawn(async move { ask(&router, Request::get("/wait")).await });
    }
    // Those turned away are answered while the others still wait.
    for _ in 0..500 - 64 {
        let shed = pages.join_next().await.unwrap().unwrap();
        assert_eq!(
            (shed.status.as_u16(), shed.header("retry-after")),
            (503, "1")
        );
        assert_eq!(
            serde_json::from_slice::<AppError>(&shed.body).unwrap(),
            AppError::Busy
        );
        assert!(shed.body.len() < 100);
    }
    assert_eq!(ask(&router, Request::get("/healthz")).await.status, 200);
    let command = tokio::spawn({
        let router = router.clone();
        async move { ask(&router, Request::get("/rpc/wait")).await }
    });
    while inside.load(Ordering::SeqCst) < 65 {
        assert!(!command.is_finished(), "a command was kept out by pages");
        tokio::task::yield_now().await;
    }
    door.close();
    while let Some(admitted) = pages.join_next().await {
        assert_eq!(admitted.unwrap().status, 200);
    }
    assert_eq!(command.await.unwrap().status, 200);
    assert_eq!(most.load(Ordering::SeqCst), 65);
    assert_eq!(
        ask(&router, Request::get("/wait")).await.status,
        200,
        "a place was not given back"
    );
}

/// A body that does not say how long it is.
struct Unannounced {
    bytes: usize,
    then_stall: bool,
}

impl hyper::body::Body for Unannounced {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let chunk = self.bytes.min(1000);
        self.bytes -= chunk;
        match chunk {
            0 if self.then_stall => Poll::Pending,
            0 => Poll::Ready(None),
            _ => Poll::Ready(Some(Ok(Frame::data(vec![b'x'; chunk].into())))),
        }
    }
}
