//! Things in a list that an address names, and short lists page by page.

use super::{
    extract::uuid,
    page::{Cursor, Limit, Listing},
    problem::Problem,
};
use crate::{error::AppError, server::store::Made};
use axum::{
    Json,
    extract::{FromRequestParts, Path},
    http::{StatusCode, request::Parts},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::str::FromStr;
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
    (made_status(made.first), Json(made.it.into()))
}

/// The status of what was made, this time or before.
pub fn made_status(first: bool) -> StatusCode {
    if first {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    }
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
    pub fn of<I, B: From<I>, K: Key>(
        self,
        mut all: Vec<I>,
        is_archived: impl Fn(&I) -> bool,
        key: impl Fn(&I) -> K,
    ) -> Result<Listing<B>, Problem> {
        if let Some(archived) = self.archived {
            all.retain(|item| is_archived(item) == archived);
        }
        let Self { limit, cursor, .. } = self;
        Part { limit, cursor }.of(all, key)
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

/// What a list is sorted by: no two of its items share one, so it ends with an id. It is what a cursor
/// holds, and so a list goes on after an item that is gone.
pub trait Key: Ord + Serialize + DeserializeOwned {}

impl<K: Ord + Serialize + DeserializeOwned> Key for K {}

impl Part {
    /// The part of a list that is short enough to be read whole, in the order of the keys of its items.
    pub fn of<I, B: From<I>, K: Key>(
        self,
        mut all: Vec<I>,
        key: impl Fn(&I) -> K,
    ) -> Result<Listing<B>, Problem> {
        all.sort_by_cached_key(&key);
        let begin = match &self.cursor {
            None => 0,
            Some(Cursor(last)) => {
                let last: K = serde_json::from_str(last)
                    .map_err(|_| Problem::invalid("cursor", Cursor::<K>::HINT))?;
                all.partition_point(|item| key(item) <= last)
            }
        };
        let limit = usize::from(self.limit.0);
        let last = (all.len() > begin + limit).then(|| key(&all[begin + limit - 1]));
        let next = last.map(|last| serde_json::to_string(&last)).transpose();
        let next = next.map_err(|_| AppError::Internal)?;
        Ok(Listing::new(all.into_iter().skip(begin).take(limit), next))
    }
}
