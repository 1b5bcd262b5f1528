//! What is wrong with what somebody typed, and in which field.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One field and what to do about it, in words for the person who typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The form field's name, for example `stop`.
    pub field: String,
    pub message: String,
}

impl FieldError {
    /// A sentence for whoever filled in `field`.
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            message: message.into(),
        }
    }
}

/// Everything that is wrong with one form; never empty when returned as an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// Nothing but this is wrong.
    pub fn one(field: &str, message: impl Into<String>) -> Self {
        Self(vec![FieldError::new(field, message)])
    }

    /// The same errors, of another field.
    pub fn for_field(self, field: &str) -> Self {
        let errors = self.0.into_iter();
        Self(
            errors
                .map(|error| FieldError::new(field, error.message))
                .collect(),
        )
    }

    /// The message for `field`, if that field is wrong.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }
}

impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(&error.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for FieldErrors {}
