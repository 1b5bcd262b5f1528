//! The settings as a form.

use super::{
    account::Settings,
    field::{FieldError, FieldErrors},
    session::ZoneName,
};
use chrono::Weekday;
use serde::{Deserialize, Serialize};

/// What was chosen, as sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    pub zone: String,
    pub week_start: String,
    pub hour_format: String,
    pub theme: String,
    pub duration_format: String,
    pub day_start_hour: String,
}

/// The settings page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsSheet {
    pub settings: Settings,
    pub zones: Vec<String>,
    /// The release of the zone rules in use, `2026e`.
    pub zone_release: String,
    pub version: String,
    /// `None` for a browser that has not begun.
    pub access: Option<Access>,
}

/// Whose settings these are, and where they are signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// `None` for a guest.
    pub username: Option<String>,
    pub devices: Vec<DeviceLine>,
}

/// A device in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceLine {
    pub id: String,
    /// `Firefox on Linux`.
    pub name: String,
    /// `API client, last seen Fri 20 Nov 13:42`.
    pub facts: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The days a week can start on, with their names.
pub const WEEK_STARTS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "Monday"),
    (Weekday::Tue, "Tuesday"),
    (Weekday::Wed, "Wednesday"),
    (Weekday::Thu, "Thursday"),
    (Weekday::Fri, "Friday"),
    (Weekday::Sat, "Saturday"),
    (Weekday::Sun, "Sunday"),
];

impl SettingsForm {
    /// The form that says what is in force.
    pub fn of(settings: &Settings) -> Self {
        Self {
            zone: settings
                .zone
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            week_start: settings.week_start.to_string(),
            hour_format: settings.hour_format.as_str().to_owned(),
            theme: settings.theme.as_str().to_owned(),
            duration_format: settings.duration_format.as_str().to_owned(),
            day_start_hour: settings.day_start_hour.to_string(),
        }
    }

    /// The settings, or everything that is wrong. Whether the zone exists is for the server to say.
    pub fn read(&self) -> Result<Settings, FieldErrors> {
        let mut errors = Vec::new();
        let zone = self.zone.parse::<ZoneName>();
        let zone = zone.map_err(|FieldErrors(wrong)| errors.extend(wrong)).ok();
        let mut wrong =
            |field: &str| errors.push(FieldError::new(field, "Choose one of the options."));
        let week_start = self
            .week_start
            .parse()
            .map_err(|_| wrong("week_start"))
            .ok();
        let hour_format = self
            .hour_format
            .parse()
            .map_err(|_| wrong("hour_format"))
            .ok();
        let theme = self.theme.parse().map_err(|_| wrong("theme")).ok();
        let duration_format = self
            .duration_format
            .parse()
            .map_err(|_| wrong("duration_format"))
            .ok();
        let hour = self
            .day_start_hour
            .parse()
            .ok()
            .filter(|hour| *hour <= Settings::LATEST_DAY_START);
        let day_start_hour = hour.ok_or(()).map_err(|()| wrong("day_start_hour")).ok();
        match (
            zone,
            week_start,
            hour_format,
            theme,
            duration_format,
            day_start_hour,
        ) {
            (
                Some(zone),
                Some(week_start),
                Some(hour_format),
                Some(theme),
                Some(duration_format),
                Some(day_start_hour),
            ) => Ok(Settings {
                zone: Some(zone),
                week_start,
                hour_format,
                theme,
                duration_format,
                day_start_hour,
            }),
            _ => Err(FieldErrors(errors)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> SettingsForm {
        SettingsForm {
            zone: "Asia/Kathmandu".to_owned(),
            week_start: "Sun".to_owned(),
            hour_format: "12".to_owned(),
            theme: "dark".to_owned(),
            duration_format: "decimal".to_owned(),
            day_start_hour: "4".to_owned(),
        }
    }

    #[test]
    fn every_choice_is_read() {
        let settings = form().read().unwrap();
        assert_eq!(SettingsForm::of(&settings), form());
        assert_eq!(settings.zone().as_str(), "Asia/Kathmandu");
        let choices = (
            settings.hour_format.as_str(),
            settings.theme.as_str(),
            settings.duration_format.as_str(),
        );
        assert_eq!(choices, ("12", "dark", "decimal"));
        assert_eq!(
            (settings.week_start, settings.day_start_hour),
            (Weekday::Sun, 4)
        );
        for (week_start, _) in WEEK_STARTS {
            let form = SettingsForm {
                week_start: week_start.to_string(),
                ..form()
            };
            assert_eq!(
                form.read().map(|settings| settings.week_start),
                Ok(week_start)
            );
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let check = |form: SettingsForm, wrong: &[&str]| {
            let errors = form.read().unwrap_err();
            assert_eq!(
                errors
                    .0
                    .iter()
                    .map(|error| error.field.as_str())
                    .collect::<Vec<_>>(),
                wrong,
                "{form:?}"
            );
        };
        check(
            SettingsForm {
                zone: "Here and there".to_owned(),
                ..form()
            },
            &["zone"],
        );
        check(
            SettingsForm {
                theme: "Dark".to_owned(),
                ..form()
            },
            &["theme"],
        );
        for hour in ["13", "-1", "4.5", "256"] {
            check(
                SettingsForm {
                    day_start_hour: hour.to_owned(),
                    ..form()
                },
                &["day_start_hour"],
            );
        }
        let all = [
            "zone",
            "week_start",
            "hour_format",
            "theme",
            "duration_format",
            "day_start_hour",
        ];
        check(SettingsForm::default(), &all);
    }
}
