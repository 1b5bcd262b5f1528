//! Coming into a project, and leaving it.

use super::{
    super::{browser::Browser, person::friday},
    between, link, make,
};

#[tokio::test]
async fn somebody_is_invited_by_name_accepts_and_is_removed() {
    let server = friday().await;
    let (mut anna, mut ben) = (Browser::new(&server), Browser::new(&server));
    anna.register("anna").await;
    ben.register("ben").await;
    let project = make(&mut anna, "Shop", "Acme").await;
    let invite = format!("{project}/invitations");
    for username in ["ben", "nobody.here"] {
        let form = [("username", username), ("role", "manager")];
        let invited = anna.post(&invite, &form).await;
        assert_eq!(invited.status, 303, "{}", invited.text());
    }
    let wrong = anna.post(&invite, &[("username", "not a name"), ("role", "manager")]);
    let wrong = wrong.await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("value=\"not a name\""));
    assert!(
        wrong.text().contains("value=\"manager\" selected"),
        "{}",
        wrong.text()
    );

    assert_eq!(ben.get(&project).await.status, 404);
    let list = ben.get("/projects").await;
    assert!(list.text().contains("anna invites you"), "{}", list.text());
    let accept = format!(
        "/invitations/{}/accept",
        between(&list, "/invitations/", "/")
    );
    let accepted = ben.post(&accept, &[]).await;
    assert_eq!(
        accepted.header("location"),
        format!("{project}?done=joined")
    );
    assert!(!ben.get("/projects").await.text().contains("invites you"));
    let page = ben.get(&project).await;
    assert!(page.text().contains(">Invite</button>"));
    assert!(!page.text().contains("Save project"));

    let page = anna.get(&project).await;
    let last = page.text().rsplit("/members/").next().unwrap();
    let other = last.split('/').next().unwrap();
    let remove = format!("{project}/members/{other}/remove");
    assert_eq!(anna.post(&remove, &[]).await.status, 303);
    assert_eq!(ben.get(&project).await.status, 404);
    assert!(!ben.get("/projects").await.text().contains("<bdi>Shop"));
}

#[tokio::test]
async fn a_link_is_good_once_for_whoever_opens_it() {
    let server = friday().await;
    let mut anna = Browser::new(&server);
    let project = make(&mut anna, "Shop", "").await;
    let code = link(&mut anna, &project, "member").await;
    let address = format!("/invitation?code={code}");
    let own = anna.get(&address).await;
    assert!(own.text().contains("You are in this project already."));

    let mut guest = Browser::new(&server);
    let page = guest.get(&address).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<bdi>Shop"));
    assert_eq!(guest.cookie, None);
    let form = [("code", code.as_str())];
    let accepted = guest.post("/invitation/accept", &form).await;
    assert_eq!(
        accepted.header("location"),
        format!("{project}?done=joined")
    );
    let page = guest.get(&project).await;
    assert!(page.text().contains("A guest (you)"));
    assert!(!page.text().contains(">Invite</button>"));

    let mut late = Browser::new(&server);
    assert_eq!(late.get(&address).await.status, 422);
    let used = late.post("/invitation/accept", &form).await;
    assert_eq!(used.status, 422);
    assert!(used.text().contains("wrong, was used, or is too old"));
    assert_eq!(late.cookie, None, "nobody becomes a guest for nothing");

    let code = link(&mut anna, &project, "manager").await;
    let form = [("code", code.as_str())];
    assert_eq!(late.post("/invitation/decline", &form).await.status, 303);
    assert_eq!(late.post("/invitation/accept", &form).await.status, 422);
}

#[tokio::test]
async fn the_last_owner_stays_until_somebody_else_is_one() {
    let server = friday().await;
    let (mut anna, mut ben) = (Browser::new(&server), Browser::new(&server));
    let project = make(&mut anna, "Shop", "").await;
    let code = link(&mut anna, &project, "member").await;
    ben.post("/invitation/accept", &[("code", &code)]).await;
    let refused = anna.post(&format!("{project}/leave"), &[]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("A project needs an owner."));
    let (before, _) = refused.text().split_once(">Leave…<").unwrap();
    let details = before.rsplit("<details").next().unwrap();
    assert!(
        details.split('>').next().unwrap().contains("open"),
        "{details}"
    );
    let page = anna.get(&project).await;
    let last = page.text().rsplit("/members/").next().unwrap();
    let other = last.split('/').next().unwrap();
    let role = format!("{project}/members/{other}/role");
    assert_eq!(anna.post(&role, &[("role", "boss")]).await.status, 422);
    assert_eq!(anna.post(&role, &[("role", "owner")]).await.status, 303);
    let left = anna.post(&format!("{project}/leave"), &[]).await;
    assert_eq!(left.header("location"), "/projects?done=left");
    assert_eq!(anna.get(&project).await.status, 404);
    assert!(ben.get(&project).await.text().contains("Save project"));
}
