//! What a page shows stood in the database together, whoever stops and starts meanwhile.

use super::person::friday;
use crate::harness::{end, seconds, start};
use std::cell::Cell;
use stint::{
    domain::{Action, Command, CommandId, End, Settings, SheetQuery},
    server::sheet,
};

#[tokio::test]
async fn a_session_that_stops_is_counted_once() {
    let server = friday().await;
    let now = server.clock.now();
    let usual = Settings::default();
    let made = server.store.create_guest(&usual, "", now).await;
    let (viewer, _) = made.unwrap();
    let run = async |action| {
        let (id, at) = (CommandId::new(now), now);
        let command = Command { id, at, action };
        let ran = server.store.run(viewer.account, &command, now).await;
        ran.unwrap();
        command.id
    };
    let mut action = start("on and off");
    if let Action::Start { from, .. } = &mut action {
        *from = Some(now - seconds(3600));
    }
    let session = run(action).await.into();
    let done = Cell::new(false);
    let switch = async {
        for _ in 0..60 {
            run(end(session, End::At(now))).await;
            run(end(session, End::Open)).await;
        }
        done.set(true);
    };
    let read = async |query: SheetQuery| {
        while !done.get() {
            let sheet = sheet::load(&server.app, Some(&viewer), &query).await;
            let sheet = sheet.unwrap();
            let running = sheet.running.as_ref();
            let mut totals = vec![sheet.overview.total(now)];
            for tally in sheet.week.iter().chain(&sheet.month) {
                totals.push(tally.total(running, now));
            }
            assert!(totals.iter().all(|total| *total == 3600), "{totals:?}");
        }
    };
    let day = SheetQuery {
        period: "day".to_owned(),
        ..SheetQuery::default()
    };
    let timer = SheetQuery::default();
    tokio::join!(switch, read(timer.clone()), read(timer), read(day));
}
