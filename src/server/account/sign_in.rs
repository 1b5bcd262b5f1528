//! Signing in with a user name and a password, and staying signed in.

use super::{Key, SignedIn, Visitor, end, require_choice};
use crate::{
    domain::{AccountId, Denied, GuestChoice, Password, Username, throttle::Limit},
    error::AppError,
    server::{
        password::Verdict,
        second_factor::factor,
        secret::RefreshToken,
        state::AppState,
        store::{Credentials, Entrance, Refreshed, Subject, Tried},
    },
};

/// What somebody types to sign in.
#[derive(Clone, Default)]
pub struct SignIn {
    pub username: String,
    pub password: String,
    /// Of the authenticator app, or a recovery code; needed where a second factor is in force.
    pub code: Option<String>,
    /// What becomes of the guest that the browser holds, if it has sessions.
    pub guest: Option<GuestChoice>,
}

/// Lets a device in that knows the user name, the password, and where it is in force the second
/// factor. A wrong name and a wrong password are answered alike, after the same work.
pub async fn sign_in(
    app: &AppState,
    visitor: &Visitor,
    guest: Option<AccountId>,
    form: &SignIn,
) -> Result<SignedIn, AppError> {
    app.login.hasher.refuse_when_full()?;
    let guest = guest.map(|guest| (guest, form.guest));
    require_choice(app, guest).await?;
    let credentials = match form.username.parse::<Username>() {
        Ok(username) => app.store.credentials(&username).await?,
        Err(_) => None,
    };
    let tries = Tries::of(visitor, &form.username, credentials.as_ref());
    let tried = tries.count(app).await?;
    let proven = prove(app, form, credentials).await;
    let (credentials, rehash) = match proven {
        Ok(proven) => proven,
        // Not a guess that was wrong.
        Err(error @ (AppError::CodeNeeded | AppError::Busy)) => {
            app.store.take_back_try(&tried).await?;
            return Err(error);
        }
        Err(error) => return Err(error),
    };
    let now = app.clock.now();
    let (mut entrance, key) = visitor.entrance(credentials.account, guest, now);
    entrance.factor = factor(&credentials, form.code.as_deref(), now)?;
    entrance.password = credentials.password_hash;
    entrance.rehash = rehash;
    tries.enter(app, &tried, entrance, key).await
}

/// Whose password it is, and its new hash if the stored one is of old.
async fn prove(
    app: &AppState,
    form: &SignIn,
    credentials: Option<Credentials>,
) -> Result<(Credentials, Option<String>), AppError> {
    let hasher = &app.login.hasher;
    let password = Password::attempt(&form.password);
    let stored = credentials
        .as_ref()
        .and_then(|credentials| credentials.password_hash.clone());
    let verdict = hasher.verify(password.clone(), stored).await?;
    let credentials = credentials
        .filter(|_| verdict != Verdict::Wrong)
        .ok_or(AppError::WrongCredentials)?;
    let code_is_missing = form
        .code
        .as_deref()
        .is_none_or(|code| code.trim().is_empty());
    if credentials.second_in_force().is_some() && code_is_missing {
        return Err(AppError::CodeNeeded);
    }
    let rehash = match verdict {
        Verdict::Outdated => Some(hasher.rehash(password).await?),
        _ => None,
    };
    Ok((credentials, rehash))
}

/// Lets the device in, whether or not the request is given up meanwhile.
pub async fn enter(app: &AppState, entrance: Entrance, key: Key) -> Result<SignedIn, AppError> {
    let (account, device) = (entrance.account, entrance.device.id);
    end(app, async move |app, now| {
        let ended = app.store.enter(&entrance, now).await?;
        let signed_in = SignedIn {
            account,
            device,
            key: Some(key),
        };
        Ok((signed_in, ended))
    })
    .await
}

/// Trades a refresh token for the next one. One that was used before ends its device: two have it,
/// and nobody knows who is the thief.
pub async fn refresh(app: &AppState, token: &str) -> Result<SignedIn, AppError> {
    let token: RefreshToken = token.parse().map_err(|_| Denied::Unknown)?;
    let next = token.next();
    let refreshed = end(app, {
        let next = next.clone();
        async move |app: AppState, now| {
            let refreshed = app.store.refresh(&token, &next, now).await?;
            let ended = match refreshed {
                Refreshed::Reused { device } => vec![device],
                _ => Vec::new(),
            };
            Ok((refreshed, ended))
        }
    })
    .await?;
    match refreshed {
        Refreshed::Fresh { account, device } => Ok(SignedIn {
            account,
            device,
            key: Some(Key::Refresh(next)),
        }),
        Refreshed::Reused { device } => {
            tracing::warn!(%device, "a refresh token was used twice; the device is signed out");
            Err(Denied::Revoked.into())
        }
        Refreshed::Unknown => Err(Denied::Unknown.into()),
    }
}

/// What a try to get in is counted for.
pub struct Tries {
    /// The account or the known device.
    who: Subject,
    address: Option<Subject>,
}

impl Tries {
    /// A device of the owner's own counts for itself, so that nobody else's failures keep it out;
    /// all others count for the account and for the address they come from.
    pub fn of(visitor: &Visitor, username: &str, credentials: Option<&Credentials>) -> Self {
        let account = credentials.map(|credentials| credentials.account);
        match visitor.known {
            Some((known, device)) if Some(known) == account => Self {
                who: Subject::new("known", &device.to_string(), Limit::ACCOUNT),
                address: None,
            },
            _ => Self {
                who: Self::at(username),
                address: Some(Subject::new(
                    "address",
                    &visitor.address.to_string(),
                    Limit::ADDRESS,
                )),
            },
        }
    }

    /// The tries at a user name, by whoever is not known to be its owner.
    pub fn at(username: &str) -> Subject {
        Subject::new("sign-in", &username.trim().to_lowercase(), Limit::ACCOUNT)
    }

    /// Counts a try as a failure until it is known to be none; refuses one that comes too soon.
    pub async fn count(&self, app: &AppState) -> Result<Tried, AppError> {
        let all: Vec<_> = self.address.iter().chain([&self.who]).cloned().collect();
        app.store.count_try(&all, app.clock.now()).await
    }

    /// Lets the device in. What is left for the person to say is no wrong guess.
    pub async fn enter(
        &self,
        app: &AppState,
        tried: &Tried,
        entrance: Entrance,
        key: Key,
    ) -> Result<SignedIn, AppError> {
        let entered = enter(app, entrance, key).await;
        match &entered {
            Ok(_) => self.forgive(app, tried).await?,
            Err(error) if error.fields().is_some() => app.store.take_back_try(tried).await?,
            Err(_) => {}
        }
        entered
    }

    /// Somebody got in: forgets the failures of the account or the device. Those of an address
    /// stay, or whoever has one account could guess at all others.
    pub async fn forgive(&self, app: &AppState, tried: &Tried) -> Result<(), AppError> {
        app.store.take_back_try(tried).await?;
        app.store.forgive(&self.who).await
    }
}
