//! Several sessions at once, as a plain form sends them: through the router and back to the page.

use super::{Answer, Server, api::FRIDAY, ask, get_page, send};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use chrono::TimeDelta;
use stint::{
    domain::{Action, Command, CommandId, Name, Session, Settings, Span, WorkRevision, ZoneName},
    server::store::Viewer,
};

/// A guest with a browser, and three sessions of an hour.
struct Person {
    viewer: Viewer,
    cookie: String,
    sessions: Vec<String>,
}

impl Person {
    async fn new(server: &Server) -> Self {
        let now = server.clock.now();
        let settings = Settings::default();
        let made = server.store.create_guest(&settings, "", now).await;
        let (viewer, secret) = made.unwrap();
        let mut sessions = Vec::new();
        for (name, hours) in [("one", 3), ("two", 2), ("three", 1)] {
            let from = now - TimeDelta::hours(hours);
            let command = Command {
                id: CommandId::new(now),
                at: now,
                action: Action::Add {
                    name: Name::new(name).unwrap(),
                    zone: ZoneName::utc(),
                    span: Span::done(from, from + TimeDelta::hours(1)).unwrap(),
                    work: WorkRevision::default(),
                },
            };
            let store = &server.store;
            store.run(viewer.account, &command, now).await.unwrap();
            sessions.push(command.id.to_string());
        }
        Self {
            viewer,
            cookie: format!("stint_device={}", secret.reveal()),
            sessions,
        }
    }

    /// Posts the bar's form with these boxes ticked, and follows it back to the page.
    async fn apply(&self, server: &Server, boxes: &[&String], fields: &str) -> (String, Answer) {
        let command = CommandId::new(server.clock.now());
        let mut form = format!("form[command]={command}&form[back]=/day&{fields}");
        for id in boxes {
            form += &format!("&form[sessions][]={id}");
        }
        let request = Request::post("/rpc/submit")
            .header("cookie", &self.cookie)
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form.replace('[', "%5B").replace(']', "%5D")));
        let answer = send(&server.router, request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text());
        let location = answer.header("location").to_owned();
        let page = get_page(&location).header("cookie", &self.cookie);
        (location, ask(&server.router, page).await)
    }

    async fn sessions(&self, server: &Server) -> Vec<Session> {
        let now = server.clock.now();
        let (from, to) = (now - TimeDelta::days(1), now);
        let all = server.store.sessions_within(self.viewer.account, from, to);
        all.await.unwrap()
    }
}

#[tokio::test]
async fn what_is_ticked_is_changed_together_and_comes_back_in_one_step() {
    let server = Server::at(FRIDAY).await;
    let person = Person::new(&server).await;
    let [one, two, three] = &person.sessions[..] else {
        panic!("three sessions")
    };
    let before = person.sessions(&server).await;
    let fields = "form[intent]=assign&form[project]=acme/web&form[tags]=bug&form[billable]=yes";
    let (location, page) = person.apply(&server, &[one, two], fields).await;
    assert!(location.starts_with("/day?done="), "{location}");
    assert!(page.text().contains("Changed 2 sessions."));
    let work = |sessions: &[Session]| {
        let parts = sessions.iter().map(|session| {
            let work = &session.work;
            (work.project.is_some(), work.tags.len(), work.billable)
        });
        parts.collect::<Vec<_>>()
    };
    let changed = person.sessions(&server).await;
    let (with, without) = ((true, 1, true), (false, 0, false));
    assert_eq!(work(&changed), [without, with, with]);

    // A box that is ticked on two days is one session; a dash takes away.
    let fields = "form[intent]=assign&form[project]=-&form[tags]=-&form[billable]=";
    person.apply(&server, &[two, two], fields).await;
    let now = person.sessions(&server).await;
    assert_eq!(work(&now), [without, (false, 0, true), with]);

    let fields = "form[intent]=delete-all&form[project]=&form[tags]=&form[billable]=";
    let (location, page) = person.apply(&server, &[one, two, three], fields).await;
    assert!(page.text().contains("Deleted 3 sessions."));
    assert_eq!(person.sessions(&server).await, []);
    let (_, deleted) = location.split_once('=').unwrap();
    let undo = format!("form[press]=undo/{deleted}");
    let (_, page) = person.apply(&server, &[], &undo).await;
    assert!(page.text().contains("Undone: 3 sessions."));
    assert_eq!(person.sessions(&server).await.len(), before.len());
}

#[tokio::test]
async fn a_refused_form_comes_back_as_it_was_sent() {
    let server = Server::at(FRIDAY).await;
    let person = Person::new(&server).await;
    let [one, two, _] = &person.sessions[..] else {
        panic!("three sessions")
    };
    let before = person.sessions(&server).await;
    let long = "x".repeat(101);
    let fields = format!("form[intent]=assign&form[project]=kept&form[tags]={long}");
    let (location, page) = person.apply(&server, &[one, two], &fields).await;
    assert!(location.contains("refused="), "{location}");
    let page = page.text();
    assert!(page.contains("This name has more than 100 characters."));
    assert!(page.contains(r#"value="kept""#), "the project typed");
    let boxes = page
        .split("<input")
        .filter(|part| part.contains("row-select"));
    let ticked = boxes.filter(|part| part.split('>').next().unwrap().contains("checked"));
    assert_eq!(ticked.count(), 2);
    for (boxes, fields, said) in [
        (
            &[][..],
            "form[intent]=delete-all",
            "Select a session first.",
        ),
        (&[one][..], "form[intent]=assign", "Say what to change"),
    ] {
        let (_, page) = person.apply(&server, boxes, fields).await;
        assert!(page.text().contains(said), "{fields}");
    }
    assert_eq!(person.sessions(&server).await, before);
}

#[tokio::test]
async fn what_belongs_to_another_is_not_there_and_spares_ones_own() {
    let server = Server::at(FRIDAY).await;
    let (person, other) = (Person::new(&server).await, Person::new(&server).await);
    let states = (
        person.sessions(&server).await,
        other.sessions(&server).await,
    );
    for fields in [
        "form[intent]=delete-all",
        "form[intent]=assign&form[billable]=yes",
        "form[intent]=assign&form[project]=stolen",
    ] {
        for boxes in [
            &[&other.sessions[0]][..],
            &[&person.sessions[0], &other.sessions[1]][..],
        ] {
            let (location, page) = person.apply(&server, boxes, fields).await;
            assert!(location.contains("refused="), "{fields}: {location}");
            assert!(
                page.text().contains("This session does not exist"),
                "{fields}"
            );
        }
    }
    let after = (
        person.sessions(&server).await,
        other.sessions(&server).await,
    );
    assert_eq!(after, states);
    let catalog = server.store.catalog(person.viewer.account).await;
    assert_eq!(catalog.unwrap().projects, [], "made for nothing");
}

/// Five hundred at once, and not one more: then none is changed.
#[tokio::test]
async fn more_than_five_hundred_are_too_many() {
    let server = Server::at(FRIDAY).await;
    let person = Person::new(&server).await;
    let strangers: Vec<String> = (0..498)
        .map(|_| CommandId::new(server.clock.now()).to_string())
        .collect();
    let boxes: Vec<&String> = person.sessions.iter().chain(&strangers).collect();
    assert_eq!(boxes.len(), 501);
    let before = person.sessions(&server).await;
    for fields in [
        "form[intent]=assign&form[billable]=yes",
        "form[intent]=delete-all",
    ] {
        let (location, page) = person.apply(&server, &boxes, fields).await;
        assert!(location.contains("refused="), "{location}");
        let said = "Choose 500 sessions at most.";
        assert!(page.text().contains(said), "{}", page.text());
    }
    assert_eq!(person.sessions(&server).await, before);
}
