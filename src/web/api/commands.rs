//! Several commands at once: what a client sends that was offline.

use super::{
    belonging::Belonging,
    carrier::Carrier,
    change_body::ChangeBody,
    extract::{Items, Token, Writer, read_json},
    moment::Moment,
    problem::{Problem, ProblemBody},
    session::{ContinueBody, Nothing, SessionPatch, StopBody},
    sessions::Draft,
    value::{KnownZone, even_null},
};
use crate::{
    domain::{
        Action, Catalog, CommandId, ProjectId, SessionId, WorkRevision, session::whole_second,
    },
    server::{
        caller::authenticate,
        store::{Asked, Carried},
    },
    web::router::WebState,
};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// Most commands of one request.
const MOST: usize = 100;

/// One command.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommandBody {
    /// A UUID of your own making, best of version 7: however often it is sent, it is carried out
    /// once. A session that the command makes takes it as its id.
    #[schema(value_type = String, format = "uuid")]
    id: CommandId,
    /// When the person acted; now, if it is not said.
    at: Option<Moment>,
    /// The session it is about; none for `create` and `undo`, and the running one for `stop` if it
    /// is not said.
    #[schema(value_type = Option<String>, format = "uuid")]
    session: Option<SessionId>,
    action: ActionBody,
}

/// What is to be done: an object with one of these names, and what belongs to it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionBody {
    Create(Draft),
    Update(SessionPatch),
    Stop(StopBody),
    Continue(ContinueBody),
    Duplicate(Nothing),
    Delete(Nothing),
    Trim(TrimBody),
    KeepOverlap(Nothing),
    Assign(AssignBody),
    DeleteAll(SessionsBody),
    Undo(UndoneBody),
}

/// Changes what sessions belong to, all or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignBody {
    #[schema(value_type = Vec<String>, max_items = 500)]
    sessions: Vec<SessionId>,
    /// Null takes them out of their projects.
    #[serde(default, deserialize_with = "even_null")]
    #[schema(value_type = Option<String>, format = "uuid")]
    project_id: Option<Option<ProjectId>>,
    /// All their tags: names, or ids; a new name makes a tag.
    #[schema(max_items = 50)]
    tags: Option<Vec<String>>,
    billable: Option<bool>,
}

/// Several sessions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionsBody {
    #[schema(value_type = Vec<String>, max_items = 500)]
    sessions: Vec<SessionId>,
}

/// Cuts out of the session what another one covers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrimBody {
    #[schema(value_type = String, format = "uuid")]
    around: SessionId,
}

/// What to take back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoneBody {
    #[schema(value_type = String, format = "uuid")]
    command: CommandId,
}

/// What came of one command.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommandAnswer {
    /// Its id; null where none could be read.
    #[schema(required, format = "uuid")]
    id: Option<String>,
    /// 200, or the status of the problem.
    #[schema(minimum = 200, maximum = 599)]
    status: u16,
    /// Whether it had been carried out before, so that nothing was done this time.
    repeated: bool,
    /// What it did, in order; empty where everything was as asked already.
    changes: Vec<ChangeBody>,
    /// Why it was not carried out.
    #[schema(required)]
    problem: Option<ProblemBody>,
}

/// What came of all commands, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommandAnswers {
    items: Vec<CommandAnswer>,
}

/// Carries out commands in order, each for itself: one that is refused does not keep the next from
/// being tried. At most 100 at once. Once the token opens nothing any more, the rest is refused.
#[utoipa::path(
    post, path = "/commands", tag = "History",
    request_body(content = Vec<CommandBody>),
    responses((status = 200, description = "The answers, in the same order", body = CommandAnswers))
)]
pub async fn run_commands(
    State(state): State<WebState>,
    Writer(caller): Writer,
    Token(token): Token,
    Items(commands): Items<Box<RawValue>>,
) -> Result<Json<CommandAnswers>, Problem> {
    if commands.len() > MOST {
        let detail = format!("Send at most {MOST} commands at once.");
        return Err(Problem::invalid("body", detail));
    }
    let carrier = Carrier::new(&state.app, &caller);
    let mut items = Vec::with_capacity(commands.len());
    for json in commands {
        let id = read_id(&json);
        let ran = match authenticate(&state.app, &token).await {
            Ok(_) => run(&carrier, &json).await,
            Err(error) => Err(error.into()),
        };
        // After the command, which may have named something for the first time.
        items.push(answer(id, ran, &*carrier.catalog().await?));
    }
    Ok(Json(CommandAnswers { items }))
}

async fn run(carrier: &Carrier<'_>, json: &RawValue) -> Result<Carried, Problem> {
    let body: CommandBody = read_json(json.get().as_bytes())?;
    let session = body.session;
    let at = body.at.map(|Moment(at)| at);
    let named = || session.ok_or_else(|| Problem::invalid("session", "Say which session."));
    let asked: Asked = match body.action {
        ActionBody::Create(_)
        | ActionBody::Undo(_)
        | ActionBody::Assign(_)
        | ActionBody::DeleteAll(_)
            if session.is_some() =>
        {
            let detail = "This action is not about a session that there is.";
            return Err(Problem::invalid("session", detail));
        }
        ActionBody::Create(draft) => draft.action(carrier, Some(body.id), at).await?,
        ActionBody::Update(patch) => patch.action(carrier, named()?).await?,
        ActionBody::Stop(StopBody { stopped_at }) => Action::Stop {
            session,
            to: stopped_at.map(|Moment(at)| at),
            name: None,
            work: WorkRevision::default(),
        }
        .into(),
        ActionBody::Continue(ContinueBody { time_zone }) => Action::Continue {
            session: named()?,
            zone: carrier.zone(time_zone.map(|KnownZone(zone)| zone)).await?,
        }
        .into(),
        ActionBody::Duplicate(Nothing {}) => Action::Duplicate { session: named()? }.into(),
        ActionBody::Delete(Nothing {}) => Action::Delete { session: named()? }.into(),
        ActionBody::Trim(TrimBody { around }) => Action::Trim {
            session: named()?,
            around,
        }
        .into(),
        ActionBody::KeepOverlap(Nothing {}) => Action::KeepOverlap { session: named()? }.into(),
        ActionBody::Assign(body) => {
            let belonging = Belonging {
                project_id: body.project_id,
                tags: body.tags,
                billable: body.billable,
            };
            let sessions = body.sessions;
            let assign = |work| Action::Assign { sessions, work };
            belonging.asked(carrier, assign).await?
        }
        ActionBody::DeleteAll(SessionsBody { sessions }) => Action::DeleteAll { sessions }.into(),
        ActionBody::Undo(UndoneBody { command }) => Action::Undo { command }.into(),
    };
    let at = at.unwrap_or(whole_second(carrier.now));
    carrier.carry_out((body.id, at), asked).await
}

/// The id alone, so that a command that cannot be read is still answered by name.
fn read_id(json: &RawValue) -> Option<CommandId> {
    #[derive(Deserialize)]
    struct Named {
        id: CommandId,
    }
    serde_json::from_str(json.get()).ok().map(|Named { id }| id)
}

fn answer(
    id: Option<CommandId>,
    ran: Result<Carried, Problem>,
    catalog: &Catalog,
) -> CommandAnswer {
    let id = id.map(|id| id.to_string());
    match ran {
        Ok(carried) => CommandAnswer {
            id,
            status: 200,
            repeated: !carried.first,
            changes: ChangeBody::all(&carried, catalog),
            problem: None,
        },
        Err(problem) => {
            let problem = ProblemBody::from(problem);
            CommandAnswer {
                id,
                status: problem.status,
                repeated: false,
                changes: Vec::new(),
                problem: Some(problem),
            }
        }
    }
}
