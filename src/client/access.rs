//! A server that the client is signed in to: sends calls with a token that is good.

use super::{
    answer::Grant,
    api::{Answer, Api, Call},
    command_line::Remote,
    credentials::{Access, Credentials, Keeper},
    failure::{Exit, Failure},
};
use crate::{
    domain::{CommandId, Instant},
    server::clock::Clock,
};
use chrono::TimeDelta;
use serde::de::DeserializeOwned;
use serde_json::json;

/// How long before its end an access token is no longer used.
const MARGIN: TimeDelta = TimeDelta::seconds(10);

/// A server, and what opens it.
pub struct Connection {
    api: Api,
    clock: Clock,
    /// Whether answers are wanted as they are.
    pub json: bool,
    tokens: Tokens,
}

/// Where the tokens come from.
enum Tokens {
    /// From the command line.
    Given(String),
    Kept(Keeper),
}

impl Connection {
    /// The server that is meant; fails if nothing opens it.
    pub fn open(remote: &Remote, clock: &Clock) -> Result<Self, Failure> {
        let keeper = Keeper::of_user();
        let known = match &keeper {
            Ok(keeper) => keeper.load()?,
            Err(_) => Credentials::default(),
        };
        let server = remote.server.as_ref().map(ToString::to_string);
        let server = server.or_else(|| known.current.clone()).ok_or_else(|| {
            let told = "you are not signed in; say: stint login URL";
            Failure::new(Exit::NotSignedIn, told)
        })?;
        let tokens = match &remote.token {
            Some(token) => Tokens::Given(token.token()?),
            None if known.servers.contains_key(&server) => Tokens::Kept(keeper?),
            None => return Err(Failure::not_signed_in(&server)),
        };
        Ok(Self {
            api: Api::new(server),
            clock: clock.clone(),
            json: remote.json,
            tokens,
        })
    }

    /// The server that the client is signed in to.
    pub fn kept(server: &str, json: bool, clock: &Clock) -> Result<Self, Failure> {
        Ok(Self {
            api: Api::new(server),
            clock: clock.clone(),
            json,
            tokens: Tokens::Kept(Keeper::of_user()?),
        })
    }

    pub fn server(&self) -> &str {
        &self.api.server
    }

    /// The moment on this machine.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// A new id for a command.
    pub fn new_id(&self) -> CommandId {
        CommandId::new(self.now())
    }

    /// Asks; fails if the answer is not good.
    pub fn call(&self, call: &Call) -> Result<Answer, Failure> {
        let token = self.token(None)?;
        let answer = self.api.send(call, Some(&token))?;
        let answer = match &self.tokens {
            // Clocks may be wrong, and keys may change.
            Tokens::Kept(_) if answer.is_denied() => {
                let next = self.token(Some(&token))?;
                self.api.send(call, Some(&next))?
            }
            Tokens::Given(_) if answer.is_denied() => {
                let told = "the token given is not known, or is good no longer";
                return Err(Failure {
                    answer: Some(answer.text),
                    ..Failure::new(Exit::NotSignedIn, told)
                });
            }
            _ => answer,
        };
        answer.checked(&self.api.server)
    }

    /// Reads a good answer.
    pub fn read<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Failure> {
        answer.read(&self.api.server)
    }

    /// A token other than the one that was `refused`: refreshed if need be, by one command at a
    /// time, because a refresh token that is used twice ends the device.
    pub fn token(&self, refused: Option<&str>) -> Result<String, Failure> {
        let keeper = match &self.tokens {
            Tokens::Given(token) => return Ok(token.clone()),
            Tokens::Kept(keeper) => keeper,
        };
        let server = &self.api.server;
        if let Held::Good(token) = self.look(&keeper.load()?, refused)? {
            return Ok(token);
        }
        keeper.change(|known| {
            let refresh_token = match self.look(known, refused)? {
                // By another command in the meantime.
                Held::Good(token) => return Ok(Ok(token)),
                Held::Refresh(refresh_token) => refresh_token,
            };
            let call = Call::post("/refresh", json!({ "refresh_token": refresh_token }));
            let answer = self.api.send(&call, None)?;
            if answer.is_denied() {
                known.remove(server);
                return Ok(Err(Failure {
                    answer: Some(answer.text),
                    ..Failure::not_signed_in(server)
                }));
            }
            let grant: Grant = answer.checked(server)?.read(server)?;
            let token = grant.access_token.clone();
            known
                .servers
                .insert(server.clone(), access(grant, &self.clock));
            Ok(Ok(token))
        })?
    }

    fn look(&self, known: &Credentials, refused: Option<&str>) -> Result<Held, Failure> {
        let not_signed_in = || Failure::not_signed_in(&self.api.server);
        match known
            .servers
            .get(&self.api.server)
            .ok_or_else(not_signed_in)?
        {
            Access::Personal { token } if refused != Some(token) => Ok(Held::Good(token.clone())),
            Access::Personal { .. } => Err(not_signed_in()),
            Access::Device {
                access_token,
                refresh_token,
                expires_at,
            } => {
                let good = *expires_at > self.clock.now() + MARGIN;
                if good && refused != Some(access_token) {
                    return Ok(Held::Good(access_token.clone()));
                }
                Ok(Held::Refresh(refresh_token.clone()))
            }
        }
    }
}

/// What is there to get in with.
enum Held {
    /// A token that should be accepted.
    Good(String),
    /// One to trade for another.
    Refresh(String),
}

/// What to keep of tokens just given.
pub fn access(grant: Grant, clock: &Clock) -> Access {
    Access::Device {
        access_token: grant.access_token,
        refresh_token: grant.refresh_token,
        expires_at: clock.now() + TimeDelta::seconds(grant.expires_in.clamp(0, 86_400)),
    }
}
