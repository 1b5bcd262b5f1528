use super::*;
use argon2::PasswordVerifier;

#[tokio::test]
async fn what_was_hashed_is_recognised_and_nothing_else() {
    let hasher = Hasher::default();
    let stored = hasher
        .hash("password", typed("Zoë's büro 👩‍🚀"), None)
        .await
        .unwrap();
    assert!(
        stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{stored}"
    );
    for (attempt, verdict) in [
        ("Zoë's büro 👩‍🚀", Verdict::Right),
        ("Zoe\u{308}'s bu\u{308}ro 👩‍🚀", Verdict::Right),
        ("zoë's büro 👩‍🚀", Verdict::Wrong),
        ("", Verdict::Wrong),
    ] {
        assert_eq!(
            hasher.verify(typed(attempt), Some(stored.clone())).await,
            Ok(verdict),
            "{attempt}"
        );
    }
    let before = hasher.hashes();
    assert_eq!(
        hasher.verify(typed("nobody's"), None).await,
        Ok(Verdict::Wrong)
    );
    assert_eq!(
        hasher.hashes(),
        before + 1,
        "nobody's password takes as long"
    );
}

#[test]
fn nobodys_hash_takes_the_same_work() {
    let nobodys = nobodys();
    let parsed = PasswordHash::new(&nobodys).unwrap();
    let ours = hash(&typed("correct horse")).unwrap();
    let ours = PasswordHash::new(&ours).unwrap();
    let params = |hash: &PasswordHash| Params::try_from(hash).unwrap();
    assert_eq!(params(&parsed), params(&ours));
    assert_eq!(parsed.hash.unwrap().len(), ours.hash.unwrap().len());
    let wrong = Argon2::default().verify_password(b"nobody's", &parsed);
    assert_eq!(wrong, Err(argon2::password_hash::Error::PasswordInvalid));
}

#[tokio::test]
async fn weaker_hashes_of_old_are_noticed() {
    let weak = Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(8, 1, 1, None).unwrap(),
    );
    let stored = weak.hash_password(b"an old one").unwrap().to_string();
    let verdict = Hasher::default()
        .verify(typed("an old one"), Some(stored))
        .await;
    assert_eq!(verdict, Ok(Verdict::Outdated));
}

#[tokio::test]
async fn common_passwords_are_refused() {
    let hasher = Hasher::default();
    let anna = "annalisa.marten".parse().unwrap();
    for common in [
        "password",
        "12345678",
        "iloveyou",
        "PASSWORD1",
        "aaaaaaaa",
        "qwertyuiop",
        "annalisa.marten",
    ] {
        let answer = hasher.hash("password", typed(common), Some(&anna)).await;
        assert!(
            answer.is_err_and(|error| error.fields().is_some()),
            "{common}"
        );
    }
    let long = "x".repeat(256);
    for fine in [
        "correct horse battery",
        "gT5#kk0p",
        "時間を記録する人",
        &long,
    ] {
        assert!(
            hasher.hash("password", typed(fine), None).await.is_ok(),
            "{fine}"
        );
    }
}

#[tokio::test]
async fn a_flood_is_turned_away_and_does_not_pile_up() {
    let hasher = Hasher::default();
    let mut flood = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let hasher = hasher.clone();
        flood.spawn(async move { hasher.verify(typed("x"), None).await });
    }
    let answers = flood.join_all().await;
    let busy = answers
        .iter()
        .filter(|answer| **answer == Err(AppError::Busy));
    assert!(busy.count() >= 200 - ADMITTED - AT_ONCE);
    assert!(hasher.hashes() >= ADMITTED as u64);
    assert_eq!(
        hasher.verify(typed("x"), None).await,
        Ok(Verdict::Wrong),
        "no place was lost"
    );
}

fn typed(text: &str) -> Password {
    Password::attempt(text)
}
