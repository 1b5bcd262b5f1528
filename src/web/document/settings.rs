//! `/settings`: how an account wants to see its time.

use super::{access::AccessPart, page, refuse};
use crate::{
    domain::{
        DurationFormat, HourFormat, Settings, Theme,
        settings_form::{SettingsForm, SettingsSheet, WEEK_STARTS},
    },
    error::AppError,
    server::{refused, settings},
    web::{
        form::{Alert, said_of, said_of_all},
        visit::Visit,
    },
};
use axum::{extract::Query, response::Response};
use leptos::prelude::*;
use serde::Deserialize;

/// What the form did when it was sent.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    saved: Option<String>,
    /// Under which id it is kept, where it was refused.
    refused: Option<String>,
}

/// The page; everybody may look at it.
pub async fn show(visit: Visit, Query(sent): Query<Sent>) -> Response {
    match settings::sheet(&visit.app, visit.viewer.as_ref()).await {
        Ok(sheet) => {
            let refused = sent
                .refused
                .as_ref()
                .and_then(|id| refused::SETTINGS.find(visit.browser.as_deref()?, id.parse().ok()?));
            let main = form(sheet, sent.saved.is_some(), refused);
            page(&visit, "Settings", "/settings", main)
        }
        Err(error) => refuse(&visit, &error),
    }
}

fn form(
    sheet: SettingsSheet,
    is_saved: bool,
    refused: Option<(SettingsForm, AppError)>,
) -> impl IntoView {
    let SettingsSheet {
        settings,
        zones,
        zone_release,
        version,
        access,
    } = sheet;
    let (chosen, error) = match refused {
        Some((chosen, error)) => (chosen, Some(error)),
        None => (SettingsForm::of(&settings), None),
    };
    let wrong_zone = said_of(error.as_ref(), "zone");
    let alert = said_of_all(error.as_ref(), &["zone"]);
    let saved = is_saved.then_some("Settings saved.");
    let toast = if saved.is_some() {
        "toast"
    } else {
        "toast toast--empty"
    };
    let options = zones
        .into_iter()
        .map(|zone| view! { <option value=zone></option> })
        .collect_view();
    view! {
        <main class="sheet">
            <h1>"Settings"</h1>
            <form class="settings" method="post" action="/rpc/settings/save" aria-label="Settings">
                <Alert message=alert/>
                <div class="field">
                    <label for="zone">"Time zone"</label>
                    <input
                        id="zone"
                        name="form[zone]"
                        list="zones"
                        autocomplete="off"
                        value=chosen.zone
                        aria-describedby="zone-hint zone-error"
                        aria-invalid=wrong_zone.as_ref().map(|_| "true")
                    />
                    <datalist id="zones">{options}</datalist>
                    <p class="field-hint" id="zone-hint">"Type to search, for example Berlin. Changing it moves no session, only the view."</p>
                    <p class="field-error" id="zone-error" role="alert">{wrong_zone}</p>
                </div>
                <Choice label="Week starts on" name="week_start" current=chosen.week_start
                    options=WEEK_STARTS.map(|(day, name)| (day.to_string(), name.to_owned())).to_vec()/>
                <Choice label="Time of day" name="hour_format" current=chosen.hour_format
                    options=HourFormat::ALL.iter().map(|choice| (choice.as_str().to_owned(), choice.label().to_owned())).collect()/>
                <Choice label="Theme" name="theme" current=chosen.theme
                    options=Theme::ALL.iter().map(|choice| (choice.as_str().to_owned(), choice.label().to_owned())).collect()/>
                <Choice label="Durations" name="duration_format" current=chosen.duration_format
                    hint="H:MM leaves seconds out and decimal rounds, each figure by itself. What is added up is seconds."
                    options=DurationFormat::ALL.iter().map(|choice| (choice.as_str().to_owned(), choice.label().to_owned())).collect()/>
                <Choice label="A new day starts at" name="day_start_hour" current=chosen.day_start_hour
                    options=(0..=Settings::LATEST_DAY_START).map(|hour| (hour.to_string(), format!("{hour:02}:00"))).collect()/>
                <div class="edit-buttons"><button class="primary">"Save"</button></div>
            </form>
            <AccessPart access=access/>
            <p class="settings-facts">"Stint "{version}" · time zone rules "{zone_release}</p>
            <div class=toast role="status">{saved}</div>
        </main>
    }
}

/// One choice of a few.
#[component]
fn Choice(
    label: &'static str,
    name: &'static str,
    current: String,
    options: Vec<(String, String)>,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let options = options.into_iter().map(|(value, text)| {
        let selected = value == current;
        view! { <option value=value selected=selected>{text}</option> }
    });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=format!("form[{name}]")>{options.collect_view()}</select>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint">{hint}</p> })}
        </div>
    }
    .into_any()
}
