//! What the API reads from a request, strictly: whatever it does not know, it refuses.

use super::{problem::Problem, serde_words::explain};
use crate::{
    domain::{CommandId, Denied, login::Scope},
    server::{
        address::ClientAddress,
        caller::{Caller, authenticate},
    },
    web::{api::problem::Kind, body::has_type, router::WebState},
};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use std::convert::Infallible;
use utoipa::{
    IntoParams,
    openapi::{
        Object, ObjectBuilder, Required, SchemaFormat,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::Type,
    },
};

/// Who asks, with a token that may read.
pub struct Reader(pub Caller);

/// Who asks, with a token that may write.
pub struct Writer(pub Caller);

/// The address that a request comes from.
pub struct Address(pub ClientAddress);

impl FromRequestParts<WebState> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        let proxies = &state.app.login.policy.proxies;
        Ok(Self(ClientAddress::of(parts, proxies)))
    }
}

/// The token that is sent, for who has to ask again whether it is good.
pub struct Token(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Token {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let token = bearer(&parts.headers).ok_or(Denied::Missing)?;
        Ok(Self(token.to_owned()))
    }
}

impl FromRequestParts<WebState> for Reader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Problem> {
        let token = bearer(&parts.headers).ok_or(Denied::Missing)?;
        Ok(Self(authenticate(&state.app, token).await?))
    }
}

impl FromRequestParts<WebState> for Writer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Problem> {
        let Reader(caller) = Reader::from_request_parts(parts, state).await?;
        match caller.scope {
            Scope::Write => Ok(Self(caller)),
            Scope::Read => Err(Denied::ReadOnly.into()),
        }
    }
}

/// The token of `Authorization: Bearer TOKEN`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// The id that makes a repeated request one command, from the header `Idempotency-Key`.
pub struct CommandKey(pub Option<CommandId>);

impl CommandKey {
    pub const HEADER: &str = "Idempotency-Key";
}

impl<S: Send + Sync> FromRequestParts<S> for CommandKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let value = parts.headers.get(Self::HEADER);
        let key = value.map(|value| value.to_str().ok().and_then(|text| text.parse().ok()));
        match key {
            None => Ok(Self(None)),
            Some(Some(id)) => Ok(Self(Some(id))),
            Some(None) => Err(Problem::invalid(Self::HEADER, "Send a UUID.")),
        }
    }
}

impl IntoParams for CommandKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let about = "A UUID of your own making for what is asked here. Sent again with the same content it \
                     does nothing more, with other content it is refused.";
        let key = ParameterBuilder::new()
            .name(Self::HEADER)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(about))
            .schema(Some(uuid()));
        vec![key.build()]
    }
}

pub fn uuid() -> Object {
    let format = SchemaFormat::Custom("uuid".to_owned());
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(format))
        .build()
}

/// A JSON object as the body. One that is empty counts as `{}`.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        read_json(&json_of(request, state).await?).map(Self)
    }
}

/// A JSON list as the body.
pub struct Items<T>(pub Vec<T>);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Items<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        read_any(&json_of(request, state).await?).map(Self)
    }
}

/// The bytes of a JSON body; `{}` for none.
pub async fn json_of<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    let declared = has_type(request.headers(), "application/json");
    let body = Bytes::from_request(request, state)
        .await
        .map_err(|_| Problem::new(Kind::Malformed, "The body cannot be read."))?;
    if body.is_empty() {
        return Ok(Bytes::from_static(b"{}"));
    }
    if !declared {
        let detail = "Send the body as JSON, with `Content-Type: application/json`.";
        return Err(Problem::new(Kind::NotJson, detail));
    }
    Ok(body)
}

/// Reads a JSON object: malformed if it is no JSON, else invalid with the field that is wrong.
pub fn read_json<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Problem> {
    // What reads an object by its names would read a list of its values as well.
    let is_list = json.trim_ascii_start().starts_with(b"[");
    if is_list && serde_json::from_slice::<IgnoredAny>(json).is_ok() {
        return Err(Problem::invalid("body", "Send an object, not a list."));
    }
    read_any(json)
}

fn read_any<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Problem> {
    let mut input = serde_json::Deserializer::from_slice(json);
    match serde_path_to_error::deserialize(&mut input) {
        Ok(value) if input.end().is_ok() => Ok(value),
        // By the grammar alone: a lone surrogate is JSON, although no text can hold it.
        Err(error) if serde_json::from_slice::<IgnoredAny>(json).is_ok() => Err(explain(
            &error.path().to_string(),
            &error.inner().to_string(),
        )),
        _ => {
            let detail = "The body is not JSON: check its quotes, commas and brackets.";
            Err(Problem::new(Kind::Malformed, detail))
        }
    }
}

/// The query of an address.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let input = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(input)
            .map(Self)
            .map_err(|error| explain(&error.path().to_string(), &error.inner().to_string()))
    }
}
