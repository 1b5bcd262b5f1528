//! `/settings`: how an account wants to see its time.

use super::{access::AccessPart, page, refuse};
use crate::{
    domain::{
        DurationFormat, HourFormat, Settings, Theme,
        settings_form::{SettingsSheet, WEEK_STARTS},
    },
    server::settings,
    web::visit::Visit,
};
use axum::{extract::Query, response::Response};
use leptos::prelude::*;
use serde::Deserialize;

/// What the form did when it was sent.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    saved: Option<String>,
    refused: Option<String>,
    /// The zone as typed, where it was refused.
    zone: Option<String>,
}

/// The page; everybody may look at it.
pub async fn show(visit: Visit, Query(sent): Query<Sent>) -> Response {
    match settings::sheet(&visit.app, visit.viewer.as_ref()).await {
        Ok(sheet) => page(&visit, "Settings", "/settings", form(sheet, sent)),
        Err(error) => refuse(&visit, &error),
    }
}

fn form(sheet: SettingsSheet, sent: Sent) -> impl IntoView {
    let SettingsSheet {
        settings,
        zones,
        zone_release,
        version,
        access,
    } = sheet;
    let refused = sent.refused.map(|_| "Choose a time zone from the list.");
    let chosen = settings.zone.as_ref().map(ToString::to_string);
    let zone = sent.zone.or(chosen).unwrap_or_default();
    let saved = sent.saved.map(|_| "Settings saved.");
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
                <div class="field">
                    <label for="zone">"Time zone"</label>
                    <input
                        id="zone"
                        name="form[zone]"
                        list="zones"
                        autocomplete="off"
                        value=zone
                        aria-describedby="zone-hint zone-error"
                        aria-invalid=refused.map(|_| "true")
                    />
                    <datalist id="zones">{options}</datalist>
                    <p class="field-hint" id="zone-hint">"Type to search, for example Berlin. Changing it moves no session, only the view."</p>
                    <p class="field-error" id="zone-error" role="alert">{refused}</p>
                </div>
                <Choice label="Week starts on" name="week_start" current=settings.week_start.to_string()
                    options=WEEK_STARTS.map(|(day, name)| (day.to_string(), name.to_owned())).to_vec()/>
                <Choice label="Time of day" name="hour_format" current=settings.hour_format.as_str().to_owned()
                    options=HourFormat::ALL.iter().map(|choice| (choice.as_str().to_owned(), choice.label().to_owned())).collect()/>
                <Choice label="Theme" name="theme" current=settings.theme.as_str().to_owned()
                    options=Theme::ALL.iter().map(|choice| (choice.as_str().to_owned(), choice.label().to_owned())).collect()/>
                <Choice label="Durations" name="duration_format" current=settings.duration_format.as_str().to_owned()
                    options=DurationFormat::ALL.iter().map(|choice| (choice.as_str().to_owned(), choice.label().to_owned())).collect()/>
                <Choice label="A new day starts at" name="day_start_hour" current=settings.day_start_hour.to_string()
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
) -> impl IntoView {
    let options = options.into_iter().map(|(value, text)| {
        let selected = value == current;
        view! { <option value=value selected=selected>{text}</option> }
    });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=format!("form[{name}]")>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}
