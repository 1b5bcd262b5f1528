//! The API's description of itself, OpenAPI 3.1.

use super::problem::ProblemBody;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, Content, OpenApi as Document, Ref, RefOr, ResponseBuilder, Schema,
        path::{Operation, PathItem},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

/// What is true of all calls. The calls themselves describe themselves.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Stint",
        description = "Everything that the pages of Stint can do, for programs. Send a token with each request: \
                       `Authorization: Bearer TOKEN`."
    ),
    servers((url = "/api/v1")),
    security(("token" = [])),
    tags(
        (name = "Sessions", description = "Tracked time: what is tracked, from when to when"),
        (name = "History", description = "What was done, undoing it, and many commands at once"),
        (name = "Projects", description = "What sessions belong to: clients, projects and tags"),
        (name = "Rates", description = "What an hour costs, and how the budgets of projects stand"),
        (name = "Members", description = "Who is in a project, and invitations to it"),
        (name = "Access", description = "Getting in: guests, accounts and their tokens"),
        (name = "Account", description = "What belongs to an account besides its time"),
    ),
    components(schemas(ProblemBody)),
    modifiers(&Token)
)]
pub struct Description;

struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut Document) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An access token or a personal token"));
        let scheme = SecurityScheme::Http(bearer.build());
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", scheme);
    }
}

/// Says of every call that whatever else it may answer is a problem, and of no body that it is null.
pub fn with_problems(mut document: Document) -> Document {
    let problem = ResponseBuilder::new()
        .description("A problem: why nothing was done")
        .content(
            "application/problem+json",
            Content::new(Some(Ref::from_schema_name("Problem"))),
        )
        .build();
    for item in document.paths.paths.values_mut() {
        for call in calls(item) {
            if let Some(RefOr::T(body)) = &mut call.request_body {
                for content in body.content.values_mut() {
                    if let RefOr::T(content) = content {
                        content.schema = content.schema.take().map(without_null);
                    }
                }
            }
            let responses = &mut call.responses.responses;
            for (status, response) in responses.iter_mut() {
                if let (true, RefOr::T(response)) = (status.as_str() >= "400", response) {
                    response.content = problem.content.clone();
                }
            }
            responses.insert("default".to_owned(), problem.clone().into());
        }
    }
    document
}

/// A body may be left out; it is not null then.
fn without_null(schema: RefOr<Schema>) -> RefOr<Schema> {
    match schema {
        RefOr::T(Schema::OneOf(choice)) => {
            let mut named = choice
                .items
                .iter()
                .filter(|one| matches!(one, RefOr::Ref(_)));
            match (named.next(), named.next()) {
                (Some(only), None) => only.clone(),
                _ => Schema::OneOf(choice).into(),
            }
        }
        schema => schema,
    }
}

fn calls(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let openapi::PathItem {
        get,
        put,
        post,
        delete,
        patch,
        ..
    } = item;
    [get, put, post, delete, patch].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_answer_but_success_is_a_problem() {
        let document = serde_json::to_value(crate::web::api::description()).unwrap();
        let mut seen = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, call) in item.as_object().unwrap() {
                for (status, answer) in call["responses"].as_object().unwrap() {
                    if status.starts_with('2') {
                        continue;
                    }
                    let types: Vec<_> = answer["content"].as_object().unwrap().keys().collect();
                    assert_eq!(
                        types,
                        ["application/problem+json"],
                        "{method} {path} {status}"
                    );
                    seen += 1;
                }
            }
        }
        assert!(seen > 40, "{seen}");
    }

    #[test]
    fn a_body_that_may_be_left_out_is_not_required() {
        let document = serde_json::to_value(crate::web::api::description()).unwrap();
        for path in ["/me", "/sessions/{id}"] {
            let body = &document["paths"][path]["patch"]["requestBody"];
            assert!(
                body["content"]["application/json"]["schema"]["$ref"].is_string(),
                "{path}"
            );
            assert_ne!(body["required"], true, "{path}");
        }
    }
}
