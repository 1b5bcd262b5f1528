//! How an account wants to see its time.

use super::{field::FieldErrors, session::ZoneName};
use chrono::{NaiveTime, Weekday};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The choices of an account. They change what is shown, never what is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// `None` until the browser's zone is known or one is chosen; shown as UTC meanwhile.
    pub zone: Option<ZoneName>,
    pub week_start: Weekday,
    pub hour_format: HourFormat,
    pub theme: Theme,
    pub duration_format: DurationFormat,
    /// The local hour, 0 to 12, at which a new day begins.
    pub day_start_hour: u8,
}

impl Settings {
    /// Latest hour a day may begin.
    pub const LATEST_DAY_START: u8 = 12;

    /// The zone to compute with.
    pub fn zone(&self) -> ZoneName {
        self.zone.clone().unwrap_or_else(ZoneName::utc)
    }

    /// The local time at which a new day begins.
    pub fn day_start(&self) -> NaiveTime {
        NaiveTime::from_hms_opt(self.day_start_hour.into(), 0, 0).unwrap_or_default()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            zone: None,
            week_start: Weekday::Mon,
            hour_format: HourFormat::TwentyFour,
            theme: Theme::System,
            duration_format: DurationFormat::Clock,
            day_start_hour: 0,
        }
    }
}

/// An enum whose variants have a stored text and a label; the text is also the form value.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $(#[serde(rename = $text)] $variant),* }

        impl $name {
            /// Every one there is, in the order they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As stored, and as sent by forms.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// As shown in a list of choices.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }

        impl FromStr for $name {
            type Err = FieldErrors;

            fn from_str(text: &str) -> Result<Self, FieldErrors> {
                Self::ALL.iter().copied().find(|choice| choice.as_str() == text)
                    .ok_or_else(|| FieldErrors::one(stringify!($name), "Choose one of the options."))
            }
        }
    };
}
pub(super) use choice;

choice!(
    /// How the time of day is written.
    HourFormat {
        TwentyFour = "24", "24 hours (15:30)";
        Twelve = "12", "12 hours (3:30 PM)";
    }
);
choice!(
    /// Light, dark, or what the system says.
    Theme {
        System = "system", "As the system";
        Light = "light", "Light";
        Dark = "dark", "Dark";
    }
);
choice!(
    /// How a length of time is written.
    DurationFormat {
        Clock = "h:mm:ss", "H:MM:SS (1:30:00)";
        Minutes = "h:mm", "H:MM (1:30)";
        Decimal = "decimal", "Decimal (1.50)";
    }
);
