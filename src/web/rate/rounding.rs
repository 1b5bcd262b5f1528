//! How a project rounds time before it is paid for.

use super::{
    At, Visit,
    confirm::confirm,
    form::{Alert, Input, said_of, said_of_all},
    part,
    project::{self, Filled, Typed},
    who,
};
use crate::{
    domain::{
        FieldErrors, Project, ProjectId, ProjectRevision, Rounding,
        rounding::{Mode, Per, Step},
    },
    error::AppError,
    server::rate::preview_rounding,
};
use axum::{
    extract::Form,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A rule as it was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RoundingForm {
    pub mode: String,
    per: String,
    minutes: String,
}

impl RoundingForm {
    fn of(rounding: Rounding) -> Self {
        Self {
            mode: rounding.mode.as_str().to_owned(),
            per: rounding.per.as_str().to_owned(),
            minutes: rounding.step.minutes().to_string(),
        }
    }

    fn read(&self) -> Result<Rounding, FieldErrors> {
        let minutes = self.minutes.trim().parse().unwrap_or_default();
        Ok(Rounding {
            mode: self.mode.parse()?,
            per: self.per.parse()?,
            step: Step::new(minutes)?,
        })
    }
}

/// Shows what another rule would touch.
pub async fn preview(
    visit: Visit,
    At(id): At<ProjectId>,
    Form(form): Form<RoundingForm>,
) -> Result<Response, Response> {
    let account = who(&visit)?;
    let read = async {
        let store = &visit.app.store;
        // Nobody learns from what they mistype that there is a project.
        let project = store.project(account, id).await?;
        let touched = preview_rounding(store, account, id, form.read()?, visit.now());
        Ok((project, touched.await?))
    };
    match read.await {
        Ok((project, touched)) => {
            let what = format!("Another rounding for {}", project.label.path());
            let action = format!("/project/{id}/rounding");
            let typed = serde_urlencoded::to_string(&form).unwrap_or_default();
            let back = format!("/project/{id}/money?{typed}");
            let fields = [
                ("mode", form.mode),
                ("per", form.per),
                ("minutes", form.minutes),
            ];
            let fields =
                fields.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
            let fields = fields.into_iter().collect_view();
            Ok(confirm(
                &visit, "Rounding", what, &touched, &action, "Save", fields, back,
            ))
        }
        Err(error) => project::refused(&visit, id, Typed::Rounding(&form), &error).await,
    }
}

/// Changes the rule of a project; only its owners do.
pub async fn change(
    visit: Visit,
    At(id): At<ProjectId>,
    Form(form): Form<RoundingForm>,
) -> Result<Response, Response> {
    let asker = visit.signed_in()?;
    let changed = async {
        let revision = ProjectRevision {
            rounding: Some(form.read()?),
            ..ProjectRevision::default()
        };
        let store = &visit.app.store;
        store.change_project(asker, id, revision, visit.now()).await
    };
    match changed.await {
        Ok(_) => {
            let place = format!("/project/{id}/money?done=rounding");
            Ok(Redirect::to(&place).into_response())
        }
        Err(error) => project::refused(&visit, id, Typed::Rounding(&form), &error).await,
    }
}

/// The rule, and for owners the form to change it.
pub fn section(project: &Project, is_owner: bool, filled: Filled<'_>) -> AnyView {
    let said = project.rounding.told();
    let form = is_owner.then(|| {
        let (form, error) = match filled {
            Some((Typed::Rounding(form), error)) => (form.clone(), error),
            _ => (RoundingForm::of(project.rounding), None),
        };
        editor(project.label.id, &form, error)
    });
    let about = "How time is rounded before it is paid for. What was tracked stays as it is.";
    let body = view! {
        <p class="rate-fact">{said}</p>
        {form}
    };
    part("part-rounding", "Rounding", about, body)
}

fn editor(id: ProjectId, form: &RoundingForm, error: Option<&AppError>) -> impl IntoView + use<> {
    let alert = said_of_all(error, &["minutes"]);
    let modes = Mode::ALL.iter().map(|mode| (mode.as_str(), mode.label()));
    let pers = Per::ALL.iter().map(|per| (per.as_str(), per.label()));
    view! {
        <form class="card-form" method="post" action=format!("/project/{id}/rounding")>
            <Alert message=alert/>
            {select("mode", "Round", modes, &form.mode)}
            {select("per", "What is rounded as one", pers, &form.per)}
            <Input label="Minutes" name="minutes" kind="number" value=form.minutes.clone() error=said_of(error, "minutes")
                hint="To a multiple of so many: 1 to 60."/>
            <div class="edit-buttons">
                <button class="plain">"Save rounding"</button>
                <button class="quiet" formaction=format!("/project/{id}/rounding/preview")>"Preview"</button>
            </div>
        </form>
    }
}

fn select(
    name: &'static str,
    label: &'static str,
    options: impl Iterator<Item = (&'static str, &'static str)>,
    chosen: &str,
) -> AnyView {
    let options: Vec<_> = options
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name>{options}</select>
        </div>
    }
    .into_any()
}
