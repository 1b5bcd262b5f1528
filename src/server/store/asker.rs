//! Who asks for a change, and whether they still may when it is their turn to write.

use super::{account::Viewer, error::StoreError, writer::Write};
use crate::{
    domain::{AccountId, Denied, DeviceId, TokenId},
    error::AppError,
};

/// SQL that is true as long as an account has the device or personal token with this id.
macro_rules! is_good {
    ($account:literal, $key:literal) => {
        concat!(
            "(",
            $key,
            " is null or exists (select 1 from device where id = ",
            $key,
            " and account_id = ",
            $account,
            " and signed_out_at is null) or exists (select 1 from token where id = ",
            $key,
            " and account_id = ",
            $account,
            "))"
        )
    };
}
pub(super) use is_good;

/// What somebody presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The cookie of a browser.
    Browser(DeviceId),
    /// The access token of a client.
    Client(DeviceId),
    /// A personal token.
    Token(TokenId),
}

impl Means {
    /// The device that is signed in; `None` for a personal token.
    pub fn device(self) -> Option<DeviceId> {
        match self {
            Self::Browser(device) | Self::Client(device) => Some(device),
            Self::Token(_) => None,
        }
    }
}

/// An account, and what was presented for it. Looked up before there is a turn to write, so what
/// must not be done by whoever was signed out meanwhile is decided again in the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asker {
    pub account: AccountId,
    /// `None` for whoever needs none, such as the program itself.
    means: Option<Means>,
}

impl Asker {
    /// Whoever acts as `account` by these means.
    pub fn new(account: AccountId, means: Means) -> Self {
        let means = Some(means);
        Self { account, means }
    }

    /// The device that asks, if one does.
    pub fn device(&self) -> Option<DeviceId> {
        self.means.and_then(Means::device)
    }

    /// The id that [`is_good!`] looks for.
    pub(super) fn key(&self) -> Option<String> {
        self.means.map(|means| match means {
            Means::Browser(device) | Means::Client(device) => device.to_string(),
            Means::Token(token) => token.to_string(),
        })
    }

    /// What is said to whoever was signed out.
    pub(super) fn turned_away(&self) -> StoreError {
        StoreError::Told(match self.means {
            Some(Means::Client(_)) => Denied::Revoked.into(),
            Some(Means::Token(_)) => Denied::Unknown.into(),
            Some(Means::Browser(_)) | None => AppError::SignedOut,
        })
    }

    /// Refuses whoever was signed out. Nobody is from then on until the transaction ends.
    pub(super) async fn require(&self, write: &mut Write<'_>) -> Result<(), StoreError> {
        if self.means.is_none() {
            return Ok(());
        }
        let query = sqlx::query_as::<_, (i64,)>(concat!("select 1 where ", is_good!("$1", "$2")));
        let query = query.bind(self.account.to_string()).bind(self.key());
        match write.one(query).await? {
            Some(_) => Ok(()),
            None => Err(self.turned_away()),
        }
    }
}

impl From<AccountId> for Asker {
    fn from(account: AccountId) -> Self {
        let means = None;
        Self { account, means }
    }
}

impl From<&Viewer> for Asker {
    fn from(viewer: &Viewer) -> Self {
        Self::new(viewer.account, Means::Browser(viewer.device))
    }
}
