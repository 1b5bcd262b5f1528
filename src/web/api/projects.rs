//! Projects: what sessions belong to.

use super::{
    extract::{Body, Query, Reader, Writer},
    item::{Filed, Item, told_made},
    moment::Moment,
    money::{BudgetBody, RoundingBody},
    page::Listing,
    problem::Problem,
    value::even_null,
};
use crate::{
    domain::{
        ClientChoice, ClientId, Colour, Project, ProjectDraft, ProjectId, ProjectRevision, Role,
        Title,
    },
    web::router::WebState,
};
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A project, as one of its members sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = Project)]
pub struct ProjectBody {
    #[schema(value_type = String, format = "uuid")]
    id: ProjectId,
    #[schema(value_type = String, example = "Web site")]
    name: Title,
    #[schema(value_type = Option<String>, format = "uuid")]
    client_id: Option<ClientId>,
    /// What the client is called.
    #[schema(value_type = Option<String>, example = "Acme")]
    client: Option<Title>,
    #[schema(value_type = String, pattern = "^#[0-9a-f]{6}$", example = "#2f6f8f")]
    colour: Colour,
    /// Whether its sessions are billable unless somebody says otherwise.
    billable: bool,
    /// An archived project takes no more time.
    archived: bool,
    /// How its time is rounded before it is paid for.
    rounding: RoundingBody,
    /// What it may take; null where nothing is set. Members who do not manage it are told of a budget
    /// of time only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<BudgetBody>)]
    budget: Option<Option<BudgetBody>>,
    /// What the account is in it.
    role: RoleWord,
    created_at: Moment,
}

impl From<Project> for ProjectBody {
    fn from(project: Project) -> Self {
        let budget = project.visible_budget().map(BudgetBody::from);
        // Whether there is none is not said to who may not see one.
        let budget = (budget.is_some() || project.shows_money()).then_some(budget);
        let label = project.label;
        let (client_id, client) = label.client.unzip();
        Self {
            id: label.id,
            name: label.name,
            client_id,
            client,
            colour: label.colour,
            billable: label.billable,
            archived: label.is_archived,
            rounding: project.rounding.into(),
            budget,
            role: label.role.unwrap_or(Role::Member).into(),
            created_at: Moment(project.created_at),
        }
    }
}

/// What somebody may do in a project.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleWord {
    /// To see it, and the sessions of all members.
    Member,
    /// To manage members, too.
    Manager,
    /// Everything.
    Owner,
}

impl From<Role> for RoleWord {
    fn from(role: Role) -> Self {
        match role {
            Role::Member => Self::Member,
            Role::Manager => Self::Manager,
            Role::Owner => Self::Owner,
        }
    }
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Member => Self::Member,
            RoleWord::Manager => Self::Manager,
            RoleWord::Owner => Self::Owner,
        }
    }
}

/// The projects that the account is in, by name.
#[utoipa::path(
    get, path = "/projects", tag = "Projects", params(Filed),
    responses((status = 200, description = "Part of the list", body = Listing<ProjectBody>))
)]
pub async fn list_projects(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Query(filed): Query<Filed>,
) -> Result<Json<Listing<ProjectBody>>, Problem> {
    let projects = state.app.store.projects(caller.account).await?;
    let projects = filed.of(
        projects,
        |project| project.label.is_archived,
        |Project { label, .. }: &Project| (label.name.key(), label.id),
    );
    Ok(Json(projects?))
}

/// A project to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProject {
    /// A UUID of your own making, best of version 7: however often the same is sent, there is one.
    #[schema(value_type = Option<String>, format = "uuid")]
    id: Option<ProjectId>,
    /// No other project of the account and this client has it, whatever the case, but archived ones.
    #[schema(value_type = String, min_length = 1, max_length = 100)]
    name: Title,
    /// A client of the account.
    #[schema(value_type = Option<String>, format = "uuid")]
    client_id: Option<ClientId>,
    /// One is chosen, if it is not said.
    #[schema(value_type = Option<String>, pattern = "^#[0-9A-Fa-f]{6}$")]
    colour: Option<Colour>,
    /// Whether its sessions are billable unless somebody says otherwise; they are not, if it is not
    /// said.
    billable: Option<bool>,
}

/// Makes a project, which the account owns.
#[utoipa::path(
    post, path = "/projects", tag = "Projects",
    request_body = NewProject,
    responses(
        (status = 201, description = "The new project", body = ProjectBody),
        (status = 200, description = "The project that the same id made before", body = ProjectBody),
    )
)]
pub async fn make_project(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Body(new): Body<NewProject>,
) -> Result<(StatusCode, Json<ProjectBody>), Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let draft = ProjectDraft {
        name: new.name,
        client: new.client_id.map(ClientChoice::Known),
        colour: new.colour,
        billable: new.billable.unwrap_or_default(),
    };
    let made = app.store.make_project_as(&caller, new.id, draft, now);
    Ok(told_made(made.await?))
}

/// One project that the account is in.
#[utoipa::path(
    get, path = "/projects/{id}", tag = "Projects", params(Item<ProjectId>),
    responses((status = 200, description = "It", body = ProjectBody))
)]
pub async fn show_project(
    State(state): State<WebState>,
    Reader(caller): Reader,
    Item(id): Item<ProjectId>,
) -> Result<Json<ProjectBody>, Problem> {
    let project = state.app.store.project(caller.account, id).await?;
    Ok(Json(project.into()))
}

/// What to change; what is not said stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectPatch {
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100)]
    name: Option<Title>,
    /// A client of the account; null for none.
    #[serde(default, deserialize_with = "even_null")]
    #[schema(value_type = Option<String>, format = "uuid")]
    client_id: Option<Option<ClientId>>,
    #[schema(value_type = Option<String>, pattern = "^#[0-9A-Fa-f]{6}$")]
    colour: Option<Colour>,
    billable: Option<bool>,
    /// Whether it takes no more time. What runs goes on.
    archived: Option<bool>,
    rounding: Option<RoundingBody>,
    /// Null for none.
    #[serde(default, deserialize_with = "even_null")]
    #[schema(value_type = Option<BudgetBody>)]
    budget: Option<Option<BudgetBody>>,
}

/// Changes a project; only its owners do. Sessions stay as they are.
#[utoipa::path(
    patch, path = "/projects/{id}", tag = "Projects", params(Item<ProjectId>),
    request_body(content = Option<ProjectPatch>),
    responses((status = 200, description = "The project as it is now", body = ProjectBody))
)]
pub async fn change_project(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<ProjectId>,
    Body(patch): Body<ProjectPatch>,
) -> Result<Json<ProjectBody>, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    let budget = patch
        .budget
        .map(|budget| budget.map(BudgetBody::read).transpose());
    let revision = ProjectRevision {
        rounding: patch.rounding.map(Into::into),
        budget: budget.transpose()?,
        name: patch.name,
        client: patch
            .client_id
            .map(|client| client.map(ClientChoice::Known)),
        colour: patch.colour,
        billable: patch.billable,
        archived: patch.archived,
    };
    let changed = app.store.change_project(&caller, id, revision, now);
    Ok(Json(changed.await?.into()))
}

/// Deletes a project; only its owners do. The sessions of all members stay, in no project.
#[utoipa::path(
    delete, path = "/projects/{id}", tag = "Projects", params(Item<ProjectId>),
    responses((status = 204, description = "It is gone"))
)]
pub async fn delete_project(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Item(id): Item<ProjectId>,
) -> Result<StatusCode, Problem> {
    let (app, now) = (&state.app, state.app.clock.now());
    app.store.delete_project(&caller, id, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
