//! Identifiers: UUIDv7, so that they sort by the moment they were made, one type for each noun.

use super::session::Instant;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::{NoContext, Timestamp, Uuid};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id that carries `now`.
            pub fn new(now: Instant) -> Self {
                let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
                Self(Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos())))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// Who owns sessions.
    AccountId
);
id!(
    /// A signed-in browser or API client.
    DeviceId
);
id!(
    /// A personal token.
    TokenId
);
id!(
    /// One stretch of tracked time.
    SessionId
);
id!(
    /// Whom work is done for.
    ClientId
);
id!(
    /// What sessions of one or more accounts belong to.
    ProjectId
);
id!(
    /// A word that an account puts on its sessions.
    TagId
);
id!(
    /// An hourly rate.
    RateId
);
id!(
    /// Asks an account to become a member of a project.
    InvitationId
);
id!(
    /// Details of sessions that stay one click away.
    FavouriteId
);
id!(
    /// One thing a person asked for. Made by whoever asks, so that asking twice is noticed.
    CommandId
);

impl SessionId {
    /// When the id was made, in whole seconds: as the session was begun, or, by a form without a script, as its
    /// page was shown. `None` where it does not say, as one that an API client made up.
    pub fn made_at(self) -> Option<Instant> {
        let (seconds, _) = self.0.get_timestamp()?.to_unix();
        Instant::from_timestamp(i64::try_from(seconds).ok()?, 0)
    }
}

impl From<CommandId> for SessionId {
    /// A session takes the id of the command that made it, so a repeated command cannot make two.
    fn from(command: CommandId) -> Self {
        Self(command.0)
    }
}
