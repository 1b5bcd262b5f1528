//! Carries out what one caller asks for, and shows what came of it.

use super::{
    change_body::Done,
    problem::{Kind, Problem},
    session_body::SessionBody,
};
use crate::{
    domain::{
        AccountId, Action, Catalog, CommandId, HourFormat, Instant, Record, Refusal, Session,
        SessionId, Settings, ZoneName, session::whole_second,
    },
    error::AppError,
    server::{
        amounts::Amounts,
        caller::Caller,
        state::AppState,
        store::{Asked, Asker, Carried},
    },
};
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use std::sync::Arc;

/// Whose commands, and when they arrived.
pub struct Carrier<'a> {
    pub app: &'a AppState,
    pub account: AccountId,
    asker: Asker,
    pub now: Instant,
}

impl<'a> Carrier<'a> {
    pub fn new(app: &'a AppState, caller: &Caller) -> Self {
        Self {
            app,
            account: caller.account,
            asker: caller.into(),
            now: app.clock.now(),
        }
    }

    /// Carries out an action now, once for each key.
    pub async fn run(
        &self,
        key: Option<CommandId>,
        asked: impl Into<Asked>,
    ) -> Result<Carried, Problem> {
        let given = (self.id(key), whole_second(self.now));
        self.carry_out(given, asked.into()).await
    }

    /// When the command with this id was given: now, unless it is sent again.
    pub async fn given_at(&self, key: Option<CommandId>) -> Result<Instant, Problem> {
        let before = match key {
            Some(id) => self.app.store.acted_at(self.account, id).await?,
            None => None,
        };
        Ok(before.unwrap_or(whole_second(self.now)))
    }

    /// Carries out a command of this id that was given at a moment.
    pub async fn carry_out(
        &self,
        given: (CommandId, Instant),
        asked: Asked,
    ) -> Result<Carried, Problem> {
        let (store, action) = (&self.app.store, asked.action().cloned());
        let carried = store.carry_out(self.asker, given, asked, self.now);
        match (carried.await, action) {
            (Err(AppError::Refused(refusal)), Some(action)) => {
                Err(self.explain(refusal, &action).await)
            }
            (carried, _) => Ok(carried?),
        }
    }

    /// A session as it is now.
    pub async fn show(&self, id: SessionId) -> Result<SessionBody, Problem> {
        let record = self.app.store.record(self.account, id).await?;
        self.body(&record.ok_or(Refusal::NotFound)?).await
    }

    /// A session, in the words of the account.
    pub async fn body(&self, record: &Record) -> Result<SessionBody, Problem> {
        let catalog = self.catalog().await?;
        let sessions = std::iter::once(&record.session);
        let amounts = Amounts::own(&self.app.store, self.account, sessions, self.now).await?;
        Ok(SessionBody::of(record, &catalog, &amounts, self.now))
    }

    /// What the account can name.
    pub async fn catalog(&self) -> Result<Arc<Catalog>, Problem> {
        Ok(self.app.store.catalog(self.account).await?)
    }

    /// What a command did.
    pub async fn tell(&self, carried: &Carried) -> Result<Done, Problem> {
        Ok(Done::of(carried, &*self.catalog().await?))
    }

    /// The zone for a new session: as asked, or the account's.
    pub async fn zone(&self, asked: Option<ZoneName>) -> Result<ZoneName, Problem> {
        match asked {
            Some(zone) => Ok(zone),
            None => Ok(self.app.store.settings(self.account).await?.zone()),
        }
    }

    /// The account's settings as they would be in a zone, with hours up to 24.
    pub async fn settings(&self, zone: ZoneName) -> Result<Settings, Problem> {
        Ok(Settings {
            zone: Some(zone),
            hour_format: HourFormat::TwentyFour,
            ..self.app.store.settings(self.account).await?
        })
    }

    /// Tells of a session that was made, 201 the first time and 200 when asked again; of the
    /// session `source` where nothing had to be made.
    pub async fn tell_made(
        &self,
        carried: Carried,
        source: Option<SessionId>,
    ) -> Result<Response, Problem> {
        let changes = &carried.receipt.changes;
        let made = changes.last().and_then(|change| change.after.clone());
        match (made, source) {
            (Some(session), _) if carried.first => self.created(session).await,
            (Some(Session { id, .. }), _) | (None, Some(id)) => {
                Ok(Json(self.show(id).await?).into_response())
            }
            (None, None) => Err(AppError::Internal.into()),
        }
    }

    async fn created(&self, session: Session) -> Result<Response, Problem> {
        let now = whole_second(self.now);
        let place = format!("{}/sessions/{}", super::ROOT, session.id);
        let record = Record {
            session,
            created_at: now,
            updated_at: now,
        };
        let body = self.body(&record).await?;
        let place = [(header::LOCATION, place)];
        Ok((StatusCode::CREATED, place, Json(body)).into_response())
    }

    fn id(&self, key: Option<CommandId>) -> CommandId {
        key.unwrap_or_else(|| CommandId::new(self.now))
    }

    /// A stale version comes with what is there now. What was never a command of this account is
    /// not there to be undone.
    async fn explain(&self, refusal: Refusal, action: &Action) -> Problem {
        match (&refusal, action) {
            (Refusal::Stale, Action::Edit { session, .. } | Action::Revise { session, .. }) => {
                let current = self.show(*session).await.ok();
                Problem {
                    current: current.map(Box::new),
                    ..refusal.into()
                }
            }
            (Refusal::NothingToUndo, Action::Undo { command }) => {
                match self.app.store.receipt(self.account, *command).await {
                    Ok(None) => Problem::new(Kind::NotFound, "There is no such command."),
                    Ok(Some(_)) => refusal.into(),
                    Err(error) => error.into(),
                }
            }
            _ => refusal.into(),
        }
    }
}
