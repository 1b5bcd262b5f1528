//! What was refused without JavaScript is shown again to who typed it, and to nobody else.

use super::{
    Answer,
    browser::Browser,
    person::{friday, friday_with},
};
use stint::server::login::{GuestsPerAddress, Policy};

/// Sends a form with times that cannot be; where it leads.
async fn add_nonsense(browser: &mut Browser<'_>, name: &str) -> String {
    let form = [
        ("form[intent]", "add"),
        ("form[name]", name),
        ("form[start]", "soon"),
        ("form[stop]", "later"),
        ("form[back]", "/"),
    ];
    let (_, answer) = browser.submit(&form).await;
    let location = answer.header("location").to_owned();
    assert!(location.contains("refused="), "{answer:?}");
    location
}

#[tokio::test]
async fn a_refused_form_is_its_senders() {
    let server = friday().await;
    let (mut anna, mut mallory) = (Browser::new(&server), Browser::new(&server));
    mallory.start("something").await;
    let location = add_nonsense(&mut anna, "a secret plan").await;
    let shows = |page: Answer| page.text().contains("a secret plan");
    assert!(shows(anna.get(&location).await));
    assert!(shows(anna.get(&location).await), "a page that is reloaded");
    assert!(!shows(mallory.get(&location).await));
    assert!(!shows(Browser::new(&server).get(&location).await));
}

#[tokio::test]
async fn refused_settings_are_their_senders() {
    let server = friday().await;
    let (mut anna, mut mallory) = (Browser::new(&server), Browser::new(&server));
    mallory.start("something").await;
    let form = [
        ("form[zone]", "Secret/Base"),
        ("form[week_start]", "Mon"),
        ("form[hour_format]", "24"),
        ("form[theme]", "system"),
        ("form[duration_format]", "h:mm:ss"),
        ("form[day_start_hour]", "0"),
    ];
    let answer = anna.post("/rpc/settings/save", &form).await;
    let location = answer.header("location").to_owned();
    assert!(location.starts_with("/settings?refused="), "{answer:?}");
    let shows = |page: Answer| page.text().contains("Secret/Base");
    assert!(shows(anna.get(&location).await));
    assert!(!shows(mallory.get(&location).await));
    assert!(!shows(Browser::new(&server).get(&location).await));
}

/// Who has no account, and gets none now, keeps what was typed all the same.
#[tokio::test]
async fn who_has_no_account_yet_is_known_again() {
    let policy = Policy {
        guests_per_address: GuestsPerAddress(1),
        ..Policy::default()
    };
    let server = friday_with(policy).await;
    Browser::new(&server).start("the first").await;
    let mut late = Browser::new(&server);
    let location = add_nonsense(&mut late, "a secret plan").await;
    let page = late.get(&location).await;
    assert!(page.text().contains("a secret plan"));
    assert!(page.text().contains("This was tried too often"));
    let other = Browser::new(&server).get(&location).await;
    assert!(!other.text().contains("a secret plan"));

    let mut late = Browser::new(&server);
    let choices = [
        ("form[zone]", "Asia/Kathmandu"),
        ("form[week_start]", "sunday"),
    ];
    let refused = late.post("/rpc/settings/save", &choices).await;
    let page = late.get(refused.header("location")).await;
    assert!(
        page.text().contains("This was tried too often"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("value=\"Asia/Kathmandu\""));
}
