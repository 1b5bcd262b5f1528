//! Ids are made by whoever asks, so several accounts may hold sessions of one: each is paid for and listed by itself.

use super::*;

#[tokio::test]
async fn sessions_of_one_id_are_each_their_own_accounts() {
    let team = Team::new().await;
    let (owner, manager, member) = (&team.owner, &team.manager, &team.member);
    let rate = json!({"level": "project", "project_id": team.project, "hourly": euro(10_000), "from": "2026-01-01"});
    owner.post("/rates", rate).await.made();
    let shared = "019aa000-0000-7000-8000-000000000001";
    for (who, to) in [(member, "16:00:00"), (manager, "08:01:00")] {
        let body = json!({"id": shared, "project_id": team.project, "tags": ["meant"],
            "started_at": "2026-11-18T08:00:00Z", "stopped_at": format!("2026-11-18T{to}Z")});
        who.post("/sessions", body).await.made();
    }
    let (long, short) = (account(member).await, account(manager).await);
    for per in ["session", "day"] {
        let rule = json!({"mode": "up", "per": per, "minutes": 1});
        let body = json!({"rounding": rule});
        owner.patch(&team.place, body).await.ok();
        let listed = owner.get(&format!("{}/sessions", team.place)).await.ok();
        let paid = |who: &str| {
            let mut items = listed["items"].as_array().unwrap().iter();
            let item = items.find(|item| item["account"]["id"] == *who).unwrap();
            assert_eq!(item["rounding"], rule);
            item["amount"].clone()
        };
        assert_eq!((paid(&long), paid(&short)), (euro(80_000), euro(167)));
        for narrowed in ["", "&tag=meant"] {
            let overview = format!("{}/overview?period=month{narrowed}", team.place);
            let overview = owner.get(&overview).await.ok();
            assert_eq!(overview["amounts"], json!([euro(80_167)]), "{narrowed}");
            let members = overview["by_member"].as_array().unwrap().iter();
            let amounts: Vec<_> = members.map(|member| member["amounts"].clone()).collect();
            assert_eq!(amounts, [json!([euro(80_000)]), json!([euro(167)])]);
        }
    }
    let (mut cursor, mut seen) = (String::new(), Vec::new());
    while seen.len() < 3 {
        let part = format!("{}/sessions?limit=1{cursor}", team.place);
        let part = owner.get(&part).await.ok();
        seen.push(text(&part["items"][0]["account"], "id").to_owned());
        match part["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    seen.sort();
    let mut both = [long, short];
    both.sort();
    assert_eq!(seen, both);
}
