//! A disk without room, as people and programs are told of it.

use super::{Answer, Form, Options, Server, api::FRIDAY, browser::Browser, person::count};
use crate::{harness::at, store::disk::Disk};
use std::{
    fs::{self, File},
    io::Write,
};
use stint::{
    domain::{Settings, ZoneName},
    error::AppError,
    server::{clock::Clock, login::Policy},
};

const NO_ROOM: &str = "There is no room left on the server";
const COMMAND: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// What is chosen while there is no room.
const SETTINGS: [(&str, &str); 6] = [
    ("form[zone]", "Asia/Kathmandu"),
    ("form[week_start]", "Sun"),
    ("form[hour_format]", "12"),
    ("form[theme]", "dark"),
    ("form[duration_format]", "decimal"),
    ("form[day_start_hour]", "4"),
];

/// A server on a disk of its own. The disk is larger than the log of the database gets here, so that
/// none of the log's room is used a second time.
async fn small() -> Option<(Server, Disk)> {
    let disk = Disk::mount("3m")?;
    let folder = tempfile::tempdir_in(disk.path()).unwrap();
    let clock = Clock::fixed(at(FRIDAY));
    let server = Server::over(folder, Options::default(), clock, Policy::default()).await;
    Some((server, disk))
}

/// Leaves room for nothing, not even for the smallest change.
async fn fill(server: &Server, disk: &Disk) {
    let now = server.clock.now();
    let usual = Settings::default();
    let made = server.store.create_guest(&usual, "", now).await;
    let account = made.unwrap().0.account;
    let mut file = File::create(disk.path().join("ballast")).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    let zones: [ZoneName; 2] = ["Asia/Tokyo", "Europe/Rome"].map(|zone| zone.parse().unwrap());
    for zone in zones.into_iter().cycle().take(1000) {
        let zone = Some(zone);
        let settings = Settings {
            zone,
            ..Settings::default()
        };
        if let Err(error) = server.store.save_settings(account, &settings).await {
            assert_eq!(error, AppError::NoSpace);
            return;
        }
    }
    panic!("there is room for ever");
}

fn make_room(disk: &Disk) {
    fs::remove_file(disk.path().join("ballast")).unwrap();
}

/// A form about tracked time.
fn form<'a>(intent: &'a str, name: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("form[command]", COMMAND),
        ("form[intent]", intent),
        ("form[name]", name),
        ("form[named]", "1"),
        ("form[back]", "/"),
    ]
}

/// The same form as a script sends it.
async fn send_by_script(browser: &Browser<'_>, path: &str, form: &[(&str, &str)]) -> Answer {
    let body = serde_urlencoded::to_string(form).unwrap();
    browser.by_script(path, Form(body)).await
}

/// Posts a form, and follows it to the page that says that there is no room.
async fn told(browser: &mut Browser<'_>, path: &str, form: &[(&str, &str)]) -> Answer {
    let answer = browser.post(path, form).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    let location = answer.header("location");
    assert!(location.contains("refused="), "{location}");
    let page = browser.get(location).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains(NO_ROOM), "{location}: {}", page.text());
    page
}

fn shows_choices(page: &Answer) {
    let text = page.text();
    assert!(text.contains("value=\"Asia/Kathmandu\""), "{text}");
    for chosen in ["Sun", "12", "dark", "decimal", "4"] {
        let option = format!("<option value=\"{chosen}\" selected");
        assert!(text.contains(&option), "{chosen}: {text}");
    }
    assert!(!text.contains("aria-invalid=\"true\""), "{text}");
}

/// What is refused with a plain form and a script, and done by the same once there is room.
async fn check(intent: &str, name: &str) {
    let Some((server, disk)) = small().await else {
        return;
    };
    let mut browser = Browser::new(&server);
    browser.start("Before").await;
    let form = form(intent, name);
    fill(&server, &disk).await;
    let page = told(&mut browser, "/rpc/submit", &form).await;
    let kept = format!("value=\"{name}\"");
    assert!(page.text().contains(&kept), "{kept}: {}", page.text());
    let refused = send_by_script(&browser, "/rpc/submit", &form).await;
    assert_eq!(refused.status, 507);
    let error: AppError = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!(error, AppError::NoSpace);
    assert_eq!(
        count(&server.store, "select count(*) from command").await,
        1
    );

    make_room(&disk);
    let done = browser.post("/rpc/submit", &form).await;
    assert_eq!(done.header("location"), format!("/?done={COMMAND}"));
    let again = send_by_script(&browser, "/rpc/submit", &form).await;
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(
        count(&server.store, "select count(*) from command").await,
        2
    );
    assert!(browser.get("/").await.text().contains(name));
}

#[tokio::test]
async fn a_start_without_room_is_told_and_kept() {
    check("start", "Typed meanwhile").await;
}

#[tokio::test]
async fn a_stop_without_room_is_told_and_kept() {
    check("stop", "Renamed meanwhile").await;
}

#[tokio::test]
async fn settings_without_room_are_told_and_kept() {
    let Some((server, disk)) = small().await else {
        return;
    };
    let mut browser = Browser::new(&server);
    browser.start("Before").await;
    fill(&server, &disk).await;
    let page = told(&mut browser, "/rpc/settings/save", &SETTINGS).await;
    shows_choices(&page);
    let refused = send_by_script(&browser, "/rpc/settings/save", &SETTINGS).await;
    assert_eq!(refused.status, 507);

    make_room(&disk);
    let saved = browser.post("/rpc/settings/save", &SETTINGS).await;
    assert_eq!(saved.header("location"), "/settings?saved=1");
    shows_choices(&browser.get("/settings").await);
}

#[tokio::test]
async fn somebody_new_without_room_is_told_and_nothing_is_lost() {
    let Some((server, disk)) = small().await else {
        return;
    };
    fill(&server, &disk).await;
    let accounts = async || count(&server.store, "select count(*) from account").await;
    let before = accounts().await;
    let mut browser = Browser::new(&server);
    let start = form("start", "The very first");
    let page = told(&mut browser, "/rpc/submit", &start).await;
    assert!(
        page.text().contains("value=\"The very first\""),
        "{}",
        page.text()
    );
    shows_choices(&told(&mut browser, "/rpc/settings/save", &SETTINGS).await);
    // The cookie that finds again what was typed opens nothing.
    assert_eq!(accounts().await, before, "nobody was made");
    for (path, form) in [
        ("/rpc/submit", &start[..]),
        ("/rpc/settings/save", &SETTINGS),
    ] {
        let refused = send_by_script(&Browser::new(&server), path, form).await;
        assert_eq!(
            (refused.status.as_u16(), refused.header("set-cookie")),
            (507, "")
        );
    }

    make_room(&disk);
    let done = browser.post("/rpc/submit", &start).await;
    assert_eq!(done.header("location"), format!("/?done={COMMAND}"));
    assert!(browser.get("/").await.text().contains("The very first"));
    let mut other = Browser::new(&server);
    let saved = other.post("/rpc/settings/save", &SETTINGS).await;
    assert_eq!(saved.header("location"), "/settings?saved=1");
    shows_choices(&other.get("/settings").await);
}

/// Needs no disk, and is here for the form.
#[tokio::test]
async fn a_wrong_zone_is_named_and_every_other_choice_stays() {
    let server = Server::at(FRIDAY).await;
    let mut browser = Browser::new(&server);
    for zone in ["Europe/Atlantis", "Here & there", ""] {
        let mut form = SETTINGS;
        form[0].1 = zone;
        let answer = browser.post("/rpc/settings/save", &form).await;
        let page = browser.get(answer.header("location")).await;
        let text = page.text();
        let shown = zone.replace('&', "&amp;");
        for part in [
            &format!("value=\"{shown}\"") as &str,
            "Choose a time zone from the list.",
            "aria-invalid=\"true\"",
            "<option value=\"dark\" selected",
            "<option value=\"4\" selected",
        ] {
            assert!(text.contains(part), "{zone:?}, {part}: {text}");
        }
        assert!(!text.contains("form-alert"), "{text}");
        let fresh = browser.get("/settings").await;
        assert!(!fresh.text().contains("aria-invalid=\"true\""));
    }
}
