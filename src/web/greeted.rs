//! Whose request it is.

use crate::{
    error::AppError,
    server::{
        device::{self, Secret, Viewer},
        state::AppState,
    },
};
use axum::http::request::Parts;

/// Who asks, and the cookie that is due to be sent anew: for the whole of a request, also where one part of it is
/// refused and another answers.
#[derive(Clone, Default)]
pub struct Greeted {
    pub viewer: Option<Viewer>,
    pub cookie: Option<Secret>,
}

impl Greeted {
    /// Looks up who presented the secret, and notes that they are here; the first time that a request is asked
    /// for, and never again.
    pub async fn once(
        app: &AppState,
        parts: &mut Parts,
        presented: Option<Secret>,
    ) -> Result<Self, AppError> {
        if let Some(greeted) = parts.extensions.get::<Self>() {
            return Ok(greeted.clone());
        }
        let greeted = match presented {
            Some(secret) => Self::look_up(app, secret, parts.method.is_safe()).await?,
            None => Self::default(),
        };
        parts.extensions.insert(greeted.clone());
        Ok(greeted)
    }

    async fn look_up(app: &AppState, secret: Secret, is_safe: bool) -> Result<Self, AppError> {
        let viewer = app.store.viewer(&secret, app.clock.now()).await?;
        Ok(match viewer {
            // What a form did is followed by a page, and some forms have another cookie sent.
            Some(viewer) if is_safe => {
                let (viewer, cookie) = device::greet(app, viewer, secret);
                let viewer = Some(viewer);
                Self { viewer, cookie }
            }
            viewer => Self {
                viewer,
                cookie: None,
            },
        })
    }
}
