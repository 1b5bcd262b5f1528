//! Which page is where.

use crate::{
    components::navigation::Navigation,
    pages::{
        history::HistoryPage,
        keys::Keys,
        message::{HelpPage, NotFoundPage},
        period::PeriodPage,
        settings::SettingsPage,
        timer::TimerPage,
    },
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// The pages. All are rendered whole before they are sent, so that they work without JavaScript.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Navigation/>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=TimerPage ssr=SsrMode::Async/>
                <Route path=path!("/day") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/week") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/month") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/day/:date") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/week/:week") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/month/:month") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/last/:window") view=PeriodPage ssr=SsrMode::Async/>
                <Route path=path!("/session/:id") view=HistoryPage ssr=SsrMode::Async/>
                <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async/>
                <Route path=path!("/help") view=HelpPage ssr=SsrMode::Async/>
            </Routes>
            <Keys/>
        </Router>
    }
}
