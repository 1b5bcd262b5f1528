//! Choosing a user name and a password.

use super::{SignedIn, Visitor, recovery};
use crate::{
    domain::{
        AccountId, DeviceId, FieldErrors, Password, Settings, Username,
        code::{Code, CodeKind},
    },
    error::AppError,
    server::{login::RegistrationPolicy, secret, state::AppState, store::Registration},
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
    let (registration, recovery_codes) = check(app, form, settings).await?;
    let (device, key) = visitor.new_device(now);
    let account = app.store.register(&registration, &device, now).await?;
    Ok(Registered {
        signed_in: SignedIn {
            account,
            device: device.id,
            key: Some(key),
        },
        recovery_codes,
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
    let (registration, recovery_codes) = check(app, form, Settings::default()).await?;
    let rekeyed = match visitor.via {
        super::Via::Browser => None,
        super::Via::Api => Some(visitor.new_device(now)),
    };
    let new_key = rekeyed.as_ref().map(|(new, _)| (device, new));
    app.store
        .register_guest(account, &registration, new_key, now)
        .await?;
    Ok(Registered {
        signed_in: SignedIn {
            account,
            device,
            key: rekeyed.map(|(_, key)| key),
        },
        recovery_codes,
    })
}

async fn check(
    app: &AppState,
    form: &Registering,
    settings: Settings,
) -> Result<(Registration, Vec<Code>), AppError> {
    let invitation = match app.login.policy.registration {
        RegistrationPolicy::Closed => return Err(AppError::Closed),
        RegistrationPolicy::Open => None,
        RegistrationPolicy::Invite => {
            let code = Code::read(CodeKind::Invitation, &form.invitation);
            let message = "Registering here takes an invitation from whoever runs this server.";
            let code = code.ok_or_else(|| FieldErrors::one("invitation", message))?;
            Some(secret::hash(code.reveal()))
        }
    };
    let (username, password) = match (
        form.username.parse::<Username>(),
        Password::choose("password", &form.password),
    ) {
        (Ok(username), Ok(password)) => (username, password),
        (Err(FieldErrors(mut wrong)), Err(FieldErrors(more))) => {
            wrong.extend(more);
            return Err(FieldErrors(wrong).into());
        }
        (Err(errors), Ok(_)) | (Ok(_), Err(errors)) => return Err(errors.into()),
    };
    let hasher = &app.login.hasher;
    let password_hash = hasher.hash("password", password, Some(&username)).await?;
    let (codes, recovery) = recovery::fresh_codes();
    let registration = Registration {
        username,
        password_hash,
        recovery,
        invitation,
        settings,
    };
    Ok((registration, codes))
}
