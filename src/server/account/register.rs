//! Choosing a user name and a password.

use super::{SignedIn, Via, Visitor, recovery};
use crate::{
    domain::{
        AccountId, DeviceId, FieldErrors, Password, Settings, Username,
        code::{Code, CodeKind},
        throttle::Limit,
    },
    error::AppError,
    server::{
        address::ClientAddress,
        login::RegistrationPolicy,
        secret,
        state::AppState,
        store::{Asker, Means, Registration, Subject, Tried},
    },
};

/// What somebody types to register.
#[derive(Clone, Default)]
pub struct Registering {
    pub username: String,
    pub password: String,
    /// Needed where registration is by invitation; may be empty elsewhere.
    pub invitation: String,
}

/// A new account, and its recovery codes, which are shown this once.
#[derive(Clone, Debug)]
pub struct Registered {
    pub signed_in: SignedIn,
    pub recovery_codes: Vec<Code>,
}

/// Makes an account for somebody who has none.
pub async fn register(
    app: &AppState,
    visitor: &Visitor,
    form: &Registering,
    settings: Settings,
) -> Result<Registered, AppError> {
    let now = app.clock.now();
    let prepared = prepare(app, visitor, None, form, settings).await?;
    let (device, key) = visitor.new_device(now);
    let registered = app.store.register(&prepared.registration, &device, now);
    let account = registered.await?;
    app.store.take_back_try(&prepared.tried).await?;
    Ok(Registered {
        signed_in: SignedIn {
            account,
            device: device.id,
            key: Some(key),
        },
        recovery_codes: prepared.recovery_codes,
    })
}

/// Makes an account of a guest, which keeps everything it has, its devices included. A browser
/// goes on with its cookie; a client is given new tokens for the device it has.
pub async fn register_guest(
    app: &AppState,
    visitor: &Visitor,
    guest: (AccountId, DeviceId),
    form: &Registering,
) -> Result<Registered, AppError> {
    let now = app.clock.now();
    let (account, device) = guest;
    let means = match visitor.via {
        Via::Browser => Means::Browser(device),
        Via::Api => Means::Client(device),
    };
    let settings = Settings::default();
    let prepared = prepare(app, visitor, Some(account), form, settings).await?;
    let rekeyed = match visitor.via {
        Via::Browser => None,
        Via::Api => Some(visitor.new_device(now)),
    };
    let new_key = rekeyed.as_ref().map(|(new, _)| new);
    let asker = Asker::new(account, means);
    app.store
        .register_guest(asker, &prepared.registration, new_key, now)
        .await?;
    app.store.take_back_try(&prepared.tried).await?;
    Ok(Registered {
        signed_in: SignedIn {
            account,
            device,
            key: rekeyed.map(|(_, key)| key),
        },
        recovery_codes: prepared.recovery_codes,
    })
}

/// What will be stored, and what to show of it.
struct Prepared {
    registration: Registration,
    recovery_codes: Vec<Code>,
    /// Counted as a failure until it is taken back: names and invitations are guessed at no faster
    /// than passwords.
    tried: Tried,
}

/// Refuses what can be refused before the password is hashed, which costs most. `account` is the
/// guest that registers, if there is one.
async fn prepare(
    app: &AppState,
    visitor: &Visitor,
    account: Option<AccountId>,
    form: &Registering,
    settings: Settings,
) -> Result<Prepared, AppError> {
    let now = app.clock.now();
    let invitation = invitation(app.login.policy.registration, &form.invitation)?;
    let (username, password) = read(form)?;
    let tried = [names_asked(visitor.address)];
    let tried = app.store.count_try(&tried, now).await?;
    app.store
        .check_registration(account, &username, invitation.as_deref(), now)
        .await?;
    let hasher = &app.login.hasher;
    let hash = hasher.hash("password", password, Some(&username)).await;
    if let Err(AppError::Busy) = hash {
        app.store.take_back_try(&tried).await?;
    }
    let (recovery_codes, recovery) = recovery::fresh_codes();
    Ok(Prepared {
        registration: Registration {
            username,
            password_hash: hash?,
            recovery,
            invitation,
            settings,
        },
        recovery_codes,
        tried,
    })
}

/// The tries from one address that may tell which user names are taken.
pub fn names_asked(address: ClientAddress) -> Subject {
    Subject::new("register", &address.to_string(), Limit::ADDRESS)
}

/// The hash of the invitation, where one is needed.
fn invitation(policy: RegistrationPolicy, typed: &str) -> Result<Option<String>, AppError> {
    match policy {
        RegistrationPolicy::Closed => Err(AppError::Closed),
        RegistrationPolicy::Open => Ok(None),
        RegistrationPolicy::Invite => {
            let code = Code::read(CodeKind::Invitation, typed);
            let message = "Registering here takes an invitation from whoever runs this server.";
            let code = code.ok_or_else(|| FieldErrors::one("invitation", message))?;
            Ok(Some(secret::hash(code.reveal())))
        }
    }
}

/// What can be a user name and a password; else what is wrong with both.
fn read(form: &Registering) -> Result<(Username, Password), FieldErrors> {
    match (
        form.username.parse::<Username>(),
        Password::choose("password", &form.password),
    ) {
        (Ok(username), Ok(password)) => Ok((username, password)),
        (Err(FieldErrors(mut wrong)), Err(FieldErrors(more))) => {
            wrong.extend(more);
            Err(FieldErrors(wrong))
        }
        (Err(errors), Ok(_)) | (Ok(_), Err(errors)) => Err(errors),
    }
}
