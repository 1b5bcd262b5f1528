//! Things in a list that an address names, and short lists page by page.

use super::{
    extract::uuid,
    page::{Cursor, Limit, Listing},
    problem::Problem,
};
use crate::server::store::Made;
use axum::{
    Json,
    extract::{FromRequestParts, Path},
    http::{StatusCode, request::Parts},
};
use serde::{Deserialize, de::DeserializeOwned};
use std::{fmt::Display, str::FromStr};
use utoipa::{
    IntoParams,
    openapi::{
        Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
    },
};

/// The id that an address names; what cannot be one does not exist.
pub struct Item<T>(pub T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Item<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let id = path.ok().and_then(|Path(id)| id.parse().ok());
        id.map(Self).ok_or_else(Problem::not_found)
    }
}

impl<T> IntoParams for Item<T> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ParameterBuilder::new()
            .name("id")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(uuid()));
        vec![id.build()]
    }
}

/// What an address names that holds more than one id; what cannot be one does not exist.
pub struct Within<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Within<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(ids)| Self(ids))
            .map_err(|_| Problem::not_found())
    }
}

/// What was made, and whether it was this time.
pub fn told_made<T, B: From<T>>(made: Made<T>) -> (StatusCode, Json<B>) {
    let status = if made.first {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    (status, Json(made.it.into()))
}

/// Which part of a list of things that can be archived.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filed {
    /// Only those that are archived, or that are not.
    archived: Option<bool>,
    /// How many at most, 100 unless told.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 500)]
    limit: Limit,
    /// What `next_cursor` held.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor<String>>,
}

impl Filed {
    /// As [`Part::of`].
    pub fn of<I, B: From<I>, T: Display>(
        self,
        mut all: Vec<I>,
        is_archived: impl Fn(&I) -> bool,
        id: impl Fn(&I) -> T,
    ) -> Listing<B> {
        if let Some(archived) = self.archived {
            all.retain(|item| is_archived(item) == archived);
        }
        let Self { limit, cursor, .. } = self;
        Part { limit, cursor }.of(all, id)
    }
}

/// Which part of a list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// How many at most, 100 unless told.
    #[serde(default)]
    #[param(value_type = Option<u16>, minimum = 1, maximum = 500)]
    pub limit: Limit,
    /// What `next_cursor` held.
    #[param(value_type = Option<String>)]
    pub cursor: Option<Cursor<String>>,
}

impl Part {
    /// The part of a list that is short enough to be read whole. After a cursor whose item is gone
    /// there is nothing more.
    pub fn of<I, B: From<I>, T: Display>(self, all: Vec<I>, id: impl Fn(&I) -> T) -> Listing<B> {
        let begin = match &self.cursor {
            None => 0,
            Some(Cursor(last)) => {
                let found = all.iter().position(|item| id(item).to_string() == *last);
                found.map_or(all.len(), |place| place + 1)
            }
        };
        let limit = usize::from(self.limit.0);
        let next = (all.len() > begin + limit).then(|| id(&all[begin + limit - 1]));
        Listing::new(all.into_iter().skip(begin).take(limit), next)
    }
}
