//! How an account wants to see its time.

use super::message::{ErrorMessage, Tab};
use crate::{
    browser::page,
    components::access::AccessPart,
    domain::{
        DurationFormat, HourFormat, Settings, Theme,
        settings_form::{SettingsSheet, WEEK_STARTS},
    },
    server_fns::settings::{SaveSettings, load_settings},
};
use leptos::{either::Either, form::ActionForm, prelude::*};
use leptos_meta::Html;
use leptos_router::hooks::use_query_map;

/// The page at `/settings`.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let save = ServerAction::<SaveSettings>::new();
    // What was refused stays as it was typed, so only what was saved is read again.
    let saves = Memo::new(move |before: Option<&usize>| {
        let is_saved = save.value().with(|answer| matches!(answer, Some(Ok(()))));
        before.copied().unwrap_or(0) + usize::from(is_saved)
    });
    let sheet = Resource::new(move || saves.get(), |_| load_settings());
    view! {
        <Tab title="Settings"/>
        <Transition>
            {move || sheet.get().map(|sheet| match sheet {
                Ok(sheet) => Either::Left(view! { <SettingsView sheet=sheet save=save/> }),
                Err(error) => Either::Right(view! { <ErrorMessage error=error/> }),
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn SettingsView(sheet: SettingsSheet, save: ServerAction<SaveSettings>) -> impl IntoView {
    let query = use_query_map();
    let query = move |key: &'static str| query.with(|query| query.get(key));
    let SettingsSheet {
        settings,
        zones,
        zone_release,
        version,
        access,
    } = sheet;
    let refused = move || match save.value().get() {
        Some(Err(error)) => Some(error.to_string()),
        Some(Ok(())) => None,
        None => query("refused").map(|_| "Choose a time zone from the list.".to_owned()),
    };
    let saved = move || match save.value().get() {
        Some(answer) => answer.is_ok(),
        None => query("saved").is_some(),
    };
    let typed_zone =
        untrack(|| query("zone")).filter(|_| save.value().with_untracked(Option::is_none));
    let zone = RwSignal::new(typed_zone.unwrap_or_else(|| {
        settings
            .zone
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    }));
    Effect::new(move |_| {
        if zone.with_untracked(String::is_empty) {
            zone.set(page::time_zone().unwrap_or_default());
        }
    });
    let options = zones
        .into_iter()
        .map(|zone| view! { <option value=zone></option> })
        .collect_view();
    view! {
        <Html attr:data-theme=settings.theme.as_str()/>
        <main class="sheet">
            <h1>"Settings"</h1>
            <ActionForm action=save attr:class="settings" attr:aria-label="Settings">
                <div class="field">
                    <label for="zone">"Time zone"</label>
                    <input
                        id="zone"
                        name="form[zone]"
                        list="zones"
                        autocomplete="off"
                        value=zone.get_untracked()
                        prop:value=move || zone.get()
                        on:input=move |event| zone.set(event_target_value(&event))
                        aria-describedby="zone-hint zone-error"
                        aria-invalid=move || refused().map(|_| "true")
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
            </ActionForm>
            <AccessPart access=access/>
            <p class="settings-facts">"Stint "{version}" · time zone rules "{zone_release}</p>
            <div class=move || if saved() { "toast" } else { "toast toast--empty" } role="status">
                {move || saved().then_some("Settings saved.")}
            </div>
        </main>
    }
    .into_any()
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
