//! The fields of a project, for a new one and to change one.

use super::form::{Input, said_of};
use crate::{
    components::swatch::{Swatch, hue_of},
    domain::{
        Client, ClientChoice, Colour, FieldErrors, Project, ProjectDraft, ProjectRevision, Title,
    },
    error::AppError,
};
use leptos::prelude::*;
use serde::Deserialize;

/// What the offered colours are called, in their order.
const COLOUR_NAMES: [&str; 5] = ["Rust", "Lake", "Moss", "Plum", "Amber"];

/// A project as it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProjectForm {
    name: String,
    /// Empty for none.
    client: String,
    colour: String,
    billable: String,
    /// The client that somebody was told of, and goes on with.
    sure: Option<String>,
}

/// What was typed, if it can be.
struct Typed {
    name: Title,
    client: Option<ClientChoice>,
    colour: Option<Colour>,
}

impl ProjectForm {
    /// For a new project, with the colour that is next.
    pub fn new(projects: usize) -> Self {
        Self {
            colour: Colour::numbered(projects).to_string(),
            ..Self::default()
        }
    }

    /// The project as it is.
    pub fn of(project: &Project) -> Self {
        let label = &project.label;
        let client = label.client.as_ref().map(|(_, name)| name.to_string());
        let billable = if label.billable { "yes" } else { "" };
        Self {
            name: label.name.to_string(),
            client: client.unwrap_or_default(),
            colour: label.colour.to_string(),
            billable: billable.to_owned(),
            sure: None,
        }
    }

    /// Whether whoever sends it was told what this client does to amounts.
    pub fn is_sure(&self) -> bool {
        self.sure.as_ref() == Some(&self.client)
    }

    /// Shown again, it is of somebody who was told.
    pub fn be_sure(&mut self) {
        self.sure = Some(self.client.clone());
    }

    /// The project to make.
    pub fn draft(&self) -> Result<ProjectDraft, FieldErrors> {
        let typed = self.read()?;
        Ok(ProjectDraft {
            name: typed.name,
            client: typed.client,
            colour: typed.colour,
            billable: self.is_billable(),
        })
    }

    /// What a project is to be from now on.
    pub fn revision(&self) -> Result<ProjectRevision, FieldErrors> {
        let typed = self.read()?;
        Ok(ProjectRevision {
            name: Some(typed.name),
            client: Some(typed.client),
            colour: typed.colour,
            billable: Some(self.is_billable()),
            ..ProjectRevision::default()
        })
    }

    fn is_billable(&self) -> bool {
        !self.billable.is_empty()
    }

    fn read(&self) -> Result<Typed, FieldErrors> {
        let name = Title::new(&self.name);
        let client = match self.client.trim() {
            "" => Ok(None),
            typed => Title::new(typed)
                .map(|name| Some(ClientChoice::Named(name)))
                .map_err(|errors| errors.for_field("client")),
        };
        let colour = match self.colour.as_str() {
            "" => Ok(None),
            typed => typed.parse().map(Some),
        };
        match (name, client, colour) {
            (Ok(name), Ok(client), Ok(colour)) => Ok(Typed {
                name,
                client,
                colour,
            }),
            (name, client, colour) => {
                let wrong = [name.err(), client.err(), colour.err()];
                let wrong = wrong.into_iter().flatten();
                Err(FieldErrors(wrong.flat_map(|errors| errors.0).collect()))
            }
        }
    }
}

/// The fields with errors of their own; others are said of the form as a whole.
pub const SHOWN: [&str; 2] = ["name", "client"];

/// Name, client with those that are known, colour, and whether somebody pays.
pub fn fields(form: &ProjectForm, clients: &[Client], error: Option<&AppError>) -> AnyView {
    let known = clients
        .iter()
        .filter(|client| !client.is_archived)
        .map(|client| view! { <option value=client.name.to_string()></option> });
    let sure = form.sure.clone();
    let sure = sure.map(|client| view! { <input type="hidden" name="sure" value=client/> });
    view! {
        {sure}
        <Input label="Name" name="name" of="project-" value=form.name.clone() error=said_of(error, "name")/>
        <Input label="Client" name="client" of="project-" optional=true list="clients" value=form.client.clone()
            hint="Leave it empty for work of your own. A new name makes a new client." error=said_of(error, "client")/>
        <datalist id="clients">{known.collect_view()}</datalist>
        <fieldset class="palette">
            <legend>"Colour"</legend>
            <div class="palette-colours">{palette(&form.colour)}</div>
        </fieldset>
        <label class="check"><input type="checkbox" name="billable" value="yes" checked=form.is_billable()/>"Billable"</label>
    }
    .into_any()
}

/// The offered colours; one that a program chose stays a choice.
fn palette(chosen: &str) -> AnyView {
    let offered = Colour::PALETTE.into_iter().zip(COLOUR_NAMES);
    let own = chosen
        .parse()
        .ok()
        .filter(|colour: &Colour| !Colour::PALETTE.contains(&colour.as_str()));
    let own = own.as_ref().map(|colour| (colour.as_str(), "As it is"));
    let colours = offered.chain(own).filter_map(|(value, name)| {
        let colour: Colour = value.parse().ok()?;
        let (value, checked) = (value.to_owned(), value == chosen);
        Some(view! {
            <label class="palette-colour">
                <input type="radio" name="colour" value=value checked=checked/>
                <Swatch hue=hue_of(&colour)/>
                <span>{name}</span>
            </label>
        })
    });
    colours.collect_view().into_any()
}
