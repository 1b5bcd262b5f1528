//! What people do with accounts: register, sign in and out, link devices, change and delete them.
//! Pages and API call the same functions; each is whole, and safe to give up half way.

mod link;
mod profile;
mod recovery;
mod register;
mod second;
mod sign_in;
mod token;

pub use link::{LinkCode, link, make_link_code};
pub use profile::{change_password, change_profile, delete_account};
pub use recovery::{Recovery, new_recovery_codes, recover};
pub use register::{Registered, Registering, register, register_guest};
pub use second::{confirm_second_factor, offer_second_factor, remove_second_factor};
pub use sign_in::{SignIn, Tries, refresh, sign_in};
pub use token::{make_token, remove_token, remove_tokens};

use super::{
    address::ClientAddress,
    cookies, device,
    queries::to_its_end,
    secret::{RefreshToken, Secret},
    state::AppState,
    store::{Asker, Credentials, Entrance, NewDevice, Subject},
    token::{Access, LIFETIME},
};
use crate::{
    domain::{
        AccountId, DeviceId, FieldErrors, GuestChoice, Instant, Password, login::Scope,
        throttle::Limit,
    },
    error::AppError,
};
use axum::http::request::Parts;

/// Who stands at the door: where the request comes from, and what will be signed in.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub address: ClientAddress,
    /// What the browser or client calls itself, in short.
    pub label: String,
    pub via: Via,
    /// A device that was signed in here before, and its account.
    pub known: Option<(AccountId, DeviceId)>,
}

/// What a device presents from then on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A cookie.
    Browser,
    /// Access and refresh tokens.
    Api,
}

impl Visitor {
    /// The browser that sends this request; its cookie tells whether it was here before.
    pub async fn browser(app: &AppState, parts: &Parts) -> Result<Self, AppError> {
        let known = match cookies::presented(&parts.headers, app.secure_cookies) {
            Some(secret) => app.store.known_device(&secret).await?,
            None => None,
        };
        Ok(Self {
            known,
            ..Self::new(app, parts, Via::Browser)
        })
    }

    /// The client that sends this request; `token` is an access token it has, expired or not.
    pub async fn client(
        app: &AppState,
        parts: &Parts,
        token: Option<&str>,
    ) -> Result<Self, AppError> {
        let known = match token.map(|token| app.login.key.read_expired(token)) {
            Some(Ok((access, _))) => {
                let devices = app.store.devices(access.account).await?;
                let device = devices.iter().find(|device| device.id == access.device);
                device.map(|device| (access.account, device.id))
            }
            _ => None,
        };
        Ok(Self {
            known,
            ..Self::new(app, parts, Via::Api)
        })
    }

    fn new(app: &AppState, parts: &Parts, via: Via) -> Self {
        Self {
            address: ClientAddress::of(parts, &app.login.policy.proxies),
            label: device::label_of(&parts.headers),
            via,
            known: None,
        }
    }

    fn new_device(&self, now: Instant) -> (NewDevice, Key) {
        match self.via {
            Via::Browser => {
                let secret = Secret::random();
                let device = NewDevice::browser(&secret, &self.label, now);
                (device, Key::Cookie(secret))
            }
            Via::Api => {
                let token = RefreshToken::random();
                let device = NewDevice::api(&token, &self.label, now);
                (device, Key::Refresh(token))
            }
        }
    }

    /// How this visitor enters an account, and what it presents from then on. `guest` is whose device it
    /// was so far, and what is said of that. The device of a browser's cookie ends: it gets another one.
    fn entrance(
        &self,
        account: AccountId,
        guest: Option<(AccountId, Option<GuestChoice>)>,
        now: Instant,
    ) -> (Entrance, Key) {
        let (device, key) = self.new_device(now);
        let mut entrance = Entrance::new(account, device);
        entrance.guest = guest;
        entrance.replaces = match self.via {
            Via::Browser => self.known.map(|(_, device)| device),
            Via::Api => None,
        };
        (entrance, key)
    }
}

/// What a device was given, to be shown to it once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    Cookie(Secret),
    Refresh(RefreshToken),
}

/// A device that was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub account: AccountId,
    pub device: DeviceId,
    /// `None` for a browser that goes on with the cookie it has.
    pub key: Option<Key>,
}

impl SignedIn {
    /// The first access token of the device, and for how many seconds it is good.
    pub fn access_token(&self, app: &AppState) -> Result<(String, i64), AppError> {
        let access = Access {
            account: self.account,
            device: self.device,
            scope: Scope::Write,
        };
        let token = app.login.key.sign(&access, app.clock.now());
        Ok((token.ok_or(AppError::Internal)?, LIFETIME.num_seconds()))
    }
}

/// A new account without a name, for an API client; refused while there are too many from its address.
pub async fn make_guest(
    app: &AppState,
    visitor: &Visitor,
    settings: &crate::domain::Settings,
) -> Result<SignedIn, AppError> {
    let (policy, now) = (&app.login.policy, app.clock.now());
    if policy.guests == super::login::Guests::Off {
        return Err(AppError::Closed);
    }
    let made = [policy.guests_from(visitor.address)];
    app.store.count_try(&made, now).await?;
    let (device, key) = visitor.new_device(now);
    let account = app.store.create_guest_with(settings, &device, now).await?;
    Ok(SignedIn {
        account,
        device: device.id,
        key: Some(key),
    })
}

/// Signs one device out. The tokens of a client are refused at once; a browser keeps a cookie that
/// opens nothing. The only device of a guest with sessions stays, unless they are to be abandoned.
pub async fn sign_out(
    app: &AppState,
    asker: impl Into<Asker>,
    device: DeviceId,
    abandon: bool,
) -> Result<(), AppError> {
    let asker = asker.into();
    end(app, async move |app, now| {
        app.store.sign_out(&asker, device, abandon, now).await?;
        Ok(((), vec![device]))
    })
    .await
}

/// Ends one device of the account; nothing is found if it has no such device. The only one of a
/// guest with sessions stays, unless they are to be abandoned.
pub async fn end_device(
    app: &AppState,
    asker: impl Into<Asker>,
    device: DeviceId,
    abandon: bool,
) -> Result<(), AppError> {
    let asker = asker.into();
    end(app, async move |app, now| {
        let ended = app.store.end_device(&asker, device, abandon, now);
        match ended.await? {
            true => Ok(((), vec![device])),
            false => Err(AppError::NotFound),
        }
    })
    .await
}

/// Ends every device of the account but the one that asks.
pub async fn sign_out_others(app: &AppState, asker: impl Into<Asker>) -> Result<(), AppError> {
    let asker = asker.into();
    end_devices(app, asker, asker.device()).await
}

/// Ends every device of the account, also the one that asks. A guest that has sessions keeps its own.
pub async fn sign_out_everywhere(app: &AppState, asker: impl Into<Asker>) -> Result<(), AppError> {
    end_devices(app, asker.into(), None).await
}

async fn end_devices(app: &AppState, asker: Asker, keep: Option<DeviceId>) -> Result<(), AppError> {
    end(app, async move |app, now| {
        Ok(((), app.store.end_devices(&asker, keep, now).await?))
    })
    .await
}

/// Does what ends devices, and then refuses their access tokens. A request that is given up half
/// way does not stop it in between.
async fn end<T: Send + 'static, F: Future<Output = Result<(T, Vec<DeviceId>), AppError>> + Send>(
    app: &AppState,
    work: impl FnOnce(AppState, Instant) -> F + Send + 'static,
) -> Result<T, AppError> {
    let (app, now) = (app.clone(), app.clock.now());
    to_its_end(async move {
        let (done, ended) = work(app.clone(), now).await?;
        app.login.revoked.add(&ended, now);
        Ok(done)
    })
    .await
}

/// The person must say what becomes of a guest's work, if there is any. Asked before it takes long to find
/// out the rest; [`Entrance::guest`] decides.
async fn require_choice(
    app: &AppState,
    guest: Option<(AccountId, Option<GuestChoice>)>,
) -> Result<(), AppError> {
    if let Some((guest, None)) = guest
        && app.store.credentials_of(guest).await?.is_guest_with_work()
    {
        return Err(GuestChoice::missing().into());
    }
    Ok(())
}

/// Makes sure that the person knows the password of the account they are signed in to.
async fn confirm_password(
    app: &AppState,
    account: AccountId,
    typed: &str,
) -> Result<Credentials, AppError> {
    let credentials = app.store.credentials_of(account).await?;
    let stored = credentials.password_hash.clone();
    if stored.is_none() {
        let message = "Choose a user name and a password first.";
        return Err(FieldErrors::one("password", message).into());
    }
    let subject = Subject::new("password", &account.to_string(), Limit::ACCOUNT);
    let tried = std::slice::from_ref(&subject);
    let tried = app.store.count_try(tried, app.clock.now()).await?;
    let verdict = app
        .login
        .hasher
        .verify(Password::attempt(typed), stored)
        .await;
    match verdict {
        Ok(super::password::Verdict::Wrong) => {
            Err(FieldErrors::one("password", "This password is wrong.").into())
        }
        Ok(_) => app.store.forgive(&subject).await.map(|()| credentials),
        Err(error) => {
            app.store.take_back_try(&tried).await?;
            Err(error)
        }
    }
}
