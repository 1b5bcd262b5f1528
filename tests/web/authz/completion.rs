//! Who is offered what while typing: nobody learns from it what they cannot name.

use super::super::project::scene::{ACTORS, PENDING, Scene};

/// What is typed, what could be offered for it, and to which of the [`ACTORS`] it is.
type Row = (&'static str, &'static str, [bool; 7]);

const OWNER: [bool; 7] = [false, false, false, false, false, false, true];
const IN_IT: [bool; 7] = [false, false, false, false, true, true, true];

const TABLE: &[Row] = &[
    ("@", "Secret project", IN_IT),
    ("@secret", "Secret project", IN_IT),
    ("fix @secret", "Secret client", IN_IT),
    ("#", "secret-tag", OWNER),
    ("#other", "secret-other", OWNER),
    // Members see each other's sessions, and are not offered each other's words.
    ("", "Merger, by the owner", OWNER),
    ("MERGER", "Merger, by the owner", OWNER),
    ("owner", "Merger, by the owner", OWNER),
];

#[tokio::test]
async fn completion_offers_what_is_ones_own() {
    let scene = Scene::new().await;
    for (actor, name) in ACTORS[..PENDING].iter().enumerate().skip(1) {
        let line = format!("Merger, by the {name}");
        let line = match *name {
            "member" | "manager" | "owner" => format!("{line} @\"Secret client/Secret project\""),
            _ => line,
        };
        scene.browser(actor).start(&line).await;
    }
    for (typed, offered, shown) in TABLE {
        for (actor, shown) in shown.iter().chain([&false]).enumerate() {
            let told = scene.complete(actor, typed).await;
            let what = format!("{typed:?} by {}: {told}", ACTORS[actor]);
            assert_eq!(told.contains(offered), *shown, "{what}");
        }
    }
    // Everybody finds their own, whoever asked before.
    for (actor, name) in ACTORS[..PENDING].iter().enumerate().skip(1) {
        let told = scene.complete(actor, "merger").await;
        assert!(told.contains(&format!("Merger, by the {name}")), "{told}");
        assert_eq!(
            told.matches("Merger, by the").count(),
            3,
            "shown, in a line and in a form: {told}"
        );
    }
}
