//! The one error that leaves the server: safe to show, and about what a person can do.

use crate::{
    domain::{
        Denied, FieldErrors, Refusal, Refused,
        form::{CommandForm, intent},
    },
    wire::Postcard,
};
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What went wrong, in words for whoever asked. Causes go to the log, never in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    #[error("{0}")]
    Refused(Refusal),
    #[error("{0}")]
    Denied(Denied),
    /// The same for a wrong user name as for a wrong password.
    #[error("The user name or the password is wrong.")]
    WrongCredentials,
    #[error("The code of your authenticator app is needed, too.")]
    CodeNeeded,
    #[error("This code is wrong or was used before.")]
    WrongCode,
    #[error("This was tried too often. Please try again in {}.", wait(*.seconds))]
    TooMany { seconds: i64 },
    #[error("New accounts are not made here by everybody. Ask whoever runs this server.")]
    Closed,
    /// Something else has the name.
    #[error("{0}")]
    Taken(FieldErrors),
    #[error("There is a rate from this date already.")]
    DateTaken,
    #[error("Your role in this project does not allow this.")]
    NotAllowed,
    #[error("A project needs an owner. Make somebody else an owner first.")]
    LastOwner,
    #[error("Please sign in.")]
    SignedOut,
    /// What a page sends whose account was signed out, or gave way to another one.
    #[error(
        "You were signed out here, so nothing was changed. Sign in, or press again to go on without."
    )]
    OtherAccount,
    #[error("This page does not exist.")]
    NotFound,
    #[error(
        "There is no room left on the server's disk. Nothing was saved; please try again later."
    )]
    NoSpace,
    #[error("The server is busy. Please try again in a moment.")]
    Busy,
    #[error("Stint cannot be reached. Check your connection; what you typed is still here.")]
    Unreachable,
    #[error("Something went wrong on our side. Nothing was saved.")]
    Internal,
}

impl AppError {
    /// What is wrong with which field, if that is what went wrong.
    pub fn fields(&self) -> Option<&FieldErrors> {
        match self {
            Self::Refused(Refusal::Invalid(errors)) | Self::Taken(errors) => Some(errors),
            _ => None,
        }
    }

    /// A form that was refused for this, to be shown again. Whoever was told that a session was changed elsewhere, and
    /// saves once more, means to, whatever it has become; where it is gone, that adds a new one.
    pub fn refuse(&self, mut form: CommandForm) -> Refused {
        let mut message = self.to_string();
        match self {
            Self::Refused(Refusal::Stale) => form.version.clear(),
            Self::Refused(Refusal::NotFound) if form.intent == intent::EDIT => {
                form.begin_anew();
                message.push_str(" Saving this adds a new one.");
            }
            _ => {}
        }
        Refused {
            form,
            message,
            fields: self.fields().cloned().unwrap_or_default(),
        }
    }

    /// The same; what is wrong with fields is wrong with `field`.
    pub fn for_field(self, field: &str) -> Self {
        match self {
            Self::Refused(Refusal::Invalid(errors)) => errors.for_field(field).into(),
            other => other,
        }
    }
}

fn wait(seconds: i64) -> String {
    match seconds {
        ..=1 => "a second".to_owned(),
        2..=89 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    }
}

impl From<Denied> for AppError {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Self::Refused(Refusal::Invalid(errors))
    }
}

impl FromServerFnError for AppError {
    type Encoder = Postcard;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unreachable,
            // What a browser cannot read is no answer of ours, but of something in between.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "hydrate") => Self::Unreachable,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => {
                #[cfg(feature = "ssr")]
                tell_unreadable();
                FieldErrors::one(
                    "form",
                    "This form is incomplete. Reload the page and try again.",
                )
                .into()
            }
            _ => Self::Internal,
        }
    }
}

/// What a server function cannot read is the fault of who sent it, and not of the server. A plain form is led back.
#[cfg(feature = "ssr")]
fn tell_unreadable() {
    use leptos::prelude::use_context;
    let response = use_context::<leptos_axum::ResponseOptions>();
    if let Some(response) = response.filter(|_| !crate::wire::is_plain_form()) {
        response.set_status(axum::http::StatusCode::UNPROCESSABLE_ENTITY);
    }
}
