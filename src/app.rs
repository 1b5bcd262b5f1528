//! Which page is where.

use crate::{
    browser::outbox,
    components::navigation::Navigation,
    pages::{keys::Keys, message::NotFoundPage, period::PeriodPage, timer::TimerPage},
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// The pages of tracked time; `web::document` and `web::account` have the others. All are rendered
/// whole before they are sent, so that they work without JavaScript.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Effect::new(|_| outbox::empty_on_leave());
    view! {
        <Router>
            <Navigation/>
            <FlatRoutes fallback=NotFoundPage>
                <Route path=path!("/") view=TimerPage ssr=SsrMode::Async/>
                <Route path=path!("/day") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/week") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/month") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/day/:date") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/week/:week") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/month/:month") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/last/:window") view=PeriodPage ssr=SsrMode::Async/>
            </FlatRoutes>
            <Keys/>
        </Router>
    }
}
