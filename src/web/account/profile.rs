//! Another user name, another password, or no account any more.

use super::{Visit, home};
use crate::{domain::Username, server::account};
use axum::{
    extract::Form,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

/// Another user name.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct RenameForm {
    username: String,
}

/// Gives the account another user name.
pub async fn rename(visit: Visit, Form(form): Form<RenameForm>) -> Result<Response, Response> {
    let (asker, address) = (visit.signed_in()?.into(), visit.visitor.address);
    let renamed = match form.username.parse::<Username>() {
        Ok(username) => {
            let same = std::convert::identity;
            account::change_profile(&visit.app, asker, address, Some(&username), same).await
        }
        Err(errors) => Err(errors.into()),
    };
    match renamed {
        Ok(()) => Ok(Redirect::to("/account?done=username").into_response()),
        Err(error) => home::refused(&visit, "username", &error).await,
    }
}

/// The password, and another one.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    password: String,
    new_password: String,
}

/// Replaces the password; all other devices are signed out.
pub async fn change_password(
    visit: Visit,
    Form(form): Form<PasswordForm>,
) -> Result<Response, Response> {
    let asker = visit.signed_in()?.into();
    let (old, new) = (&form.password, &form.new_password);
    match account::change_password(&visit.app, asker, old, new).await {
        Ok(()) => Ok(Redirect::to("/account?done=password").into_response()),
        Err(error) => home::refused(&visit, "password", &error).await,
    }
}

/// The password, and that it is meant.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct DeleteForm {
    password: String,
    sure: String,
}

/// Deletes the account with everything in it.
pub async fn delete(visit: Visit, Form(form): Form<DeleteForm>) -> Result<Response, Response> {
    let asker = visit.signed_in()?.into();
    if form.sure.is_empty() {
        return home::refused(&visit, "delete", &home::not_sure()).await;
    }
    match account::delete_account(&visit.app, asker, &form.password).await {
        Ok(()) => Ok(visit.let_go(Redirect::to("/"))),
        Err(error) => home::refused(&visit, "delete", &error).await,
    }
}
