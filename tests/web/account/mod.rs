//! The pages to register, sign in, link devices and look after an account, as a browser without
//! JavaScript uses them.

mod entering;
mod keeping;
mod table;

use super::{Answer, Server, browser::Browser, person::PASSWORD, send};
use axum::{body::Body, http::Request};

/// The text of the first element `<code aria-label="LABEL">`.
pub fn code(answer: &Answer, label: &str) -> String {
    let text = answer.text();
    let mark = format!("<code aria-label=\"{label}\">");
    let (_, after) = text
        .split_once(&mark)
        .unwrap_or_else(|| panic!("no {label}: {text}"));
    after.split('<').next().unwrap().to_owned()
}
