//! The forms and pages of a session, as those use them who share its project: nobody touches what another tracks,
//! owners included.

use super::{
    super::project::scene::{ACTORS, Scene},
    actors::fresh,
};

const MEMBER: usize = 4;

#[tokio::test]
async fn a_members_session_is_only_theirs_on_every_page() {
    let scene = Scene::new().await;
    let session = fresh();
    let line = "Merger @\"Secret client/Secret project\"";
    scene.start(MEMBER, &session, line).await;
    let (history, before) = (format!("/session/{session}"), scene.seen().await);
    let shown = scene.browser(MEMBER).get(&history).await.text().to_owned();
    assert!(shown.contains("Merger"), "{shown}");
    for actor in (0..ACTORS.len()).filter(|actor| *actor != MEMBER) {
        for intent in [
            "rename",
            "stop",
            "edit",
            "delete",
            "delete-all",
            "assign",
            "continue",
            "duplicate",
        ] {
            let command = fresh();
            let form = [
                ("form[command]", command.as_str()),
                ("form[intent]", intent),
                ("form[session]", &session),
                ("form[sessions][]", &session),
                ("form[name]", "taken"),
                ("form[start]", "2026-11-20T08:00"),
                ("form[stop]", "2026-11-20T08:30"),
                ("form[billable]", "yes"),
            ];
            let answer = scene.browser(actor).post("/rpc/submit", &form).await;
            // A plain form is led back to where it says why.
            let refused = answer.header("location").contains("refused=");
            let what = format!("{intent} by {}: {answer:?}", ACTORS[actor]);
            assert!(refused || answer.status == 404, "{what}");
        }
        for form in [[("form[intent]", "undo")], [("pin", session.as_str())]] {
            let is_pin = form[0].0 == "pin";
            let path = if is_pin { "/favourites" } else { "/rpc/submit" };
            let command = fresh();
            let mut form = form.to_vec();
            form.extend([
                ("form[command]", command.as_str()),
                ("form[session]", &session),
            ]);
            let answer = scene.browser(actor).post(path, &form).await;
            let refused = answer.status == 404 || answer.header("location").contains("refused=");
            assert!(refused, "{path} by {}: {answer:?}", ACTORS[actor]);
        }
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
