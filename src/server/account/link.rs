//! Linking a device without typing a password: a code shown on one is typed on the other.

use super::{
    SignedIn, Visitor, require_choice,
    sign_in::{Tries, enter},
};
use crate::{
    domain::{
        AccountId, FieldErrors, GuestChoice, Instant,
        code::{Code, CodeKind},
        throttle::Limit,
    },
    error::AppError,
    server::{
        second_factor::factor,
        secret,
        state::AppState,
        store::{Asker, Subject},
    },
};
use chrono::TimeDelta;

/// How long a code can be typed.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);

/// A code to show, and until when it is good.
#[derive(Clone, Debug)]
pub struct LinkCode {
    pub code: Code,
    pub expires_at: Instant,
}

/// A new code for a guest or an account; an earlier one is good no longer.
pub async fn make_link_code(app: &AppState, asker: &Asker) -> Result<LinkCode, AppError> {
    let code = secret::random_code(CodeKind::Link);
    let expires_at = app.clock.now() + GOOD_FOR;
    let hash = secret::hash(code.reveal());
    app.store.save_link_code(asker, &hash, expires_at).await?;
    Ok(LinkCode { code, expires_at })
}

/// Lets in a device on which the code of another one was typed, once. Where a second factor is in
/// force it is asked for here, too; the code stays good meanwhile.
pub async fn link(
    app: &AppState,
    visitor: &Visitor,
    guest: Option<AccountId>,
    typed: &str,
    second: Option<&str>,
    choice: Option<GuestChoice>,
) -> Result<SignedIn, AppError> {
    let wrong = || {
        AppError::from(FieldErrors::one(
            "code",
            "This code is wrong, was used, or is too old.",
        ))
    };
    let tries = [Subject::new(
        "link",
        &visitor.address.to_string(),
        Limit::ADDRESS,
    )];
    let now = app.clock.now();
    let tried = app.store.count_try(&tries, now).await?;
    let code = Code::read(CodeKind::Link, typed).ok_or_else(wrong)?;
    let hash = secret::hash(code.reveal());
    let account = app.store.link_code(&hash, now).await?.ok_or_else(wrong)?;
    let guest = guest.filter(|guest| *guest != account);
    let guest = guest.map(|guest| (guest, choice));
    let credentials = app.store.credentials_of(account).await?;
    // The code of the second factor is guessed at no faster here than when signing in.
    let guesses = match (&credentials.username, credentials.second_in_force()) {
        (Some(name), Some(_)) => Some(Tries::of(visitor, name.as_str(), Some(&credentials))),
        _ => None,
    };
    let asked = async {
        require_choice(app, guest).await?;
        let guess = match &guesses {
            Some(guesses) => Some(guesses.count(app).await?),
            None => None,
        };
        let factor = factor(&credentials, second, now);
        if let (Err(AppError::CodeNeeded), Some(guess)) = (&factor, &guess) {
            app.store.take_back_try(guess).await?;
        }
        Ok((factor?, guess))
    };
    let (factor, guess) = match asked.await {
        Ok(answers) => answers,
        Err(AppError::WrongCode) => return Err(AppError::WrongCode),
        Err(error) => {
            app.store.take_back_try(&tried).await?;
            return Err(error);
        }
    };
    let (mut entrance, key) = visitor.entrance(account, guest, now);
    entrance.link_code = Some(hash);
    entrance.factor = factor;
    let entered = match (&guesses, &guess) {
        (Some(guesses), Some(guess)) => guesses.enter(app, guess, entrance, key).await,
        _ => enter(app, entrance, key).await,
    };
    // What is left for the person to say is no wrong code.
    if entered
        .as_ref()
        .err()
        .is_none_or(|error| error.fields().is_some())
    {
        app.store.take_back_try(&tried).await?;
    }
    entered
}
