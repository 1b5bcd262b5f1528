//! What is sent to calls that do not read it.

use super::{
    description,
    extract::{Query, json_of, read_json},
    problem::Problem,
    session::Nothing,
};
use axum::{
    body::Body,
    extract::{FromRequestParts, MatchedPath, Request},
    http::{Method, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{collections::HashMap, sync::LazyLock};
use utoipa::openapi::{
    RefOr,
    path::{Operation, Parameter, ParameterIn},
};

/// What a call reads besides its address and headers, as it describes itself.
#[derive(Clone, Copy)]
struct Reads {
    query: bool,
    body: bool,
}

impl From<&Operation> for Reads {
    fn from(call: &Operation) -> Self {
        let mut parameters = call.parameters.iter().flatten();
        Self {
            query: parameters.any(is_query),
            body: call.request_body.is_some(),
        }
    }
}

fn is_query(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(it) if it.parameter_in == ParameterIn::Query)
}

/// Refuses fields that a call has no use for. One that reads a query or a body finds out by itself.
pub async fn refuse(path: MatchedPath, request: Request, next: Next) -> Response {
    let path = path.as_str().strip_prefix(super::ROOT);
    let reads = path.and_then(|path| reads(request.method(), path));
    let (mut parts, body) = request.into_parts();
    match refuse_unread(reads, &mut parts, body).await {
        Ok(body) => next.run(Request::from_parts(parts, body)).await,
        Err(problem) => problem.into_response(),
    }
}

async fn refuse_unread(
    reads: Option<Reads>,
    parts: &mut Parts,
    body: Body,
) -> Result<Body, Problem> {
    let Some(Reads {
        query: reads_query,
        body: reads_body,
    }) = reads
    else {
        return Ok(body);
    };
    if !reads_query {
        Query::<Nothing>::from_request_parts(parts, &()).await?;
    }
    if reads_body {
        return Ok(body);
    }
    let sent = json_of(Request::from_parts(parts.clone(), body), &()).await?;
    read_json::<Option<Nothing>>(&sent)?;
    Ok(Body::empty())
}

fn reads(method: &Method, path: &str) -> Option<Reads> {
    static CALLS: LazyLock<HashMap<(String, Method), Reads>> = LazyLock::new(|| {
        let mut calls = HashMap::new();
        for (path, item) in &description().paths.paths {
            for (method, call) in [
                (Method::GET, &item.get),
                (Method::POST, &item.post),
                (Method::PATCH, &item.patch),
                (Method::PUT, &item.put),
                (Method::DELETE, &item.delete),
            ] {
                if let Some(call) = call {
                    calls.insert((path.clone(), method), call.into());
                }
            }
        }
        calls
    });
    let method = match *method {
        Method::HEAD => Method::GET,
        ref method => method.clone(),
    };
    CALLS.get(&(path.to_owned(), method)).copied()
}
