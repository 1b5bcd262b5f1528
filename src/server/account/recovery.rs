//! Getting back in without the password: with a recovery code and no mail.

use super::{SignedIn, Visitor, confirm_password, require_choice, second::show, sign_in::Tries};
use crate::{
    domain::{
        AccountId, GuestChoice, Password, Username,
        code::{Code, CodeKind},
    },
    error::AppError,
    server::{second_factor::factor, secret, state::AppState, store::Asker},
};

/// How many codes a person has to keep.
const CODES: usize = 10;

/// What somebody types who lost the password.
#[derive(Clone, Default)]
pub struct Recovery {
    pub username: String,
    pub recovery_code: String,
    pub new_password: String,
    /// Of the authenticator app, or another recovery code, where a second factor is in force.
    pub code: Option<String>,
    /// What becomes of the guest that the browser holds, if it has sessions.
    pub guest: Option<GuestChoice>,
}

/// Sets a new password with a recovery code, which is used up, ends every device, link code and
/// personal token, and lets this device in. A wrong name and a wrong code are answered alike.
pub async fn recover(
    app: &AppState,
    visitor: &Visitor,
    guest: Option<AccountId>,
    form: &Recovery,
) -> Result<SignedIn, AppError> {
    let password = Password::choose("new_password", &form.new_password)?;
    app.login.hasher.refuse_when_full()?;
    let guest = guest.map(|guest| (guest, form.guest));
    require_choice(app, guest).await?;
    let username = form.username.parse::<Username>().ok();
    let credentials = match &username {
        Some(username) => app.store.credentials(username).await?,
        None => None,
    };
    let tries = Tries::of(visitor, &form.username, credentials.as_ref());
    let tried = tries.count(app).await?;
    let hasher = &app.login.hasher;
    let hash = match hasher
        .hash("new_password", password, username.as_ref())
        .await
    {
        Ok(hash) => hash,
        Err(error) => {
            app.store.take_back_try(&tried).await?;
            return Err(error);
        }
    };
    let credentials = credentials.ok_or(AppError::WrongCode)?;
    let code = Code::read(CodeKind::Recovery, &form.recovery_code).ok_or(AppError::WrongCode)?;
    let code = secret::hash(code.reveal());
    if !app
        .store
        .has_recovery_code(credentials.account, &code)
        .await?
    {
        return Err(AppError::WrongCode);
    }
    let now = app.clock.now();
    let factor = match factor(&credentials, form.code.as_deref(), now) {
        Err(AppError::CodeNeeded) => {
            app.store.take_back_try(&tried).await?;
            return Err(AppError::CodeNeeded);
        }
        factor => factor?,
    };
    let (mut entrance, key) = visitor.entrance(credentials.account, guest, now);
    entrance.factor = factor;
    entrance.recovery = Some((code, hash));
    tries.enter(app, &tried, entrance, key).await
}

/// New recovery codes in place of all that are left. Takes the password, and a code where a second
/// factor is in force: each of the new ones stands in for it.
pub async fn new_recovery_codes(
    app: &AppState,
    asker: &Asker,
    password: &str,
    code: Option<&str>,
) -> Result<Vec<Code>, AppError> {
    let credentials = confirm_password(app, asker.account, password).await?;
    let shown = show(app, &credentials, code).await?;
    let (codes, hashes) = fresh_codes();
    let saved = app.store.save_recovery_codes(asker, &shown.factor, &hashes);
    saved.await?;
    shown.forgive(app).await?;
    Ok(codes)
}

/// Codes to show, and what is stored of them.
pub fn fresh_codes() -> (Vec<Code>, Vec<String>) {
    let codes: Vec<Code> = (0..CODES)
        .map(|_| secret::random_code(CodeKind::Recovery))
        .collect();
    let hashes = codes
        .iter()
        .map(|code| secret::hash(code.reveal()))
        .collect();
    (codes, hashes)
}
