//! The forms and pages of a session, as those use them who share its project: nobody touches what another tracks,
//! owners included.

use super::super::project::scene::{ACTORS, Scene};
use stint::domain::form::intent;

const MEMBER: usize = 4;

/// What is about no session in particular, or about one's own.
const NOT_ABOUT_ONE: [&str; 4] = [
    intent::START,
    intent::ADD,
    intent::UNDO_LATEST,
    intent::REDO_LATEST,
];

#[tokio::test]
async fn a_members_session_is_only_theirs_on_every_page() {
    let scene = Scene::new().await;
    let line = "Merger @\"Secret client/Secret project\"";
    let session = scene.browser(MEMBER).start(line).await;
    let (history, before) = (format!("/session/{session}"), scene.seen().await);
    let shown = scene.browser(MEMBER).get(&history).await.text().to_owned();
    assert!(shown.contains("Merger"), "{shown}");
    for actor in (0..ACTORS.len()).filter(|actor| *actor != MEMBER) {
        let mut browser = scene.browser(actor);
        for intent in intent::ALL
            .into_iter()
            .filter(|intent| !NOT_ABOUT_ONE.contains(intent))
        {
            let form = [
                ("form[intent]", intent),
                ("form[session]", &session),
                ("form[sessions][]", &session),
                ("form[around]", &session),
                // Started by the command of this id.
                ("form[undoes]", &session),
                ("form[name]", "taken"),
                ("form[start]", "2026-11-20T08:00"),
                ("form[stop]", "2026-11-20T08:30"),
                ("form[billable]", "yes"),
            ];
            let (_, answer) = browser.submit(&form).await;
            let what = format!("{intent} by {}: {answer:?}", ACTORS[actor]);
            // A plain form is led back to where it says why.
            let location = answer.header("location");
            assert!(location.contains("refused="), "{what}");
            let page = browser.get(location).await;
            let why = match intent {
                intent::UNDO => "There is nothing to undo here.",
                _ => "This session does not exist, or no longer.",
            };
            assert!(page.text().contains(why), "{what}: {}", page.text());
        }
        let pinned = browser.post("/favourites", &[("pin", &session)]).await;
        assert_eq!(pinned.status, 404, "{}: {pinned:?}", ACTORS[actor]);
        let page = scene.browser(actor).get(&history).await;
        assert!(
            !page.text().contains("Merger"),
            "{}: {}",
            ACTORS[actor],
            page.text()
        );
    }
    let after = scene.browser(MEMBER).get(&history).await;
    assert_eq!(
        after.text().matches("class=\"history-entry").count(),
        shown.matches("class=\"history-entry").count()
    );
    let timer = scene.browser(MEMBER).get("/").await;
    assert!(timer.text().contains("value=\"stop\""), "it still runs");
    assert!(
        scene.seen().await == before,
        "nothing of the project was changed"
    );
}
