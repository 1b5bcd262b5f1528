//! How tracked time becomes time that is paid for: the rounding rule of a project. What it is applied
//! to, and what that comes to, [`Tariff::amounts`](super::tariff::Tariff::amounts) says.

use super::{account::choice, duration::Seconds, field::FieldErrors};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

mod rules;

pub use rules::Rules;

choice!(
    /// In which direction time is rounded.
    Mode {
        None = "none", "Not rounded";
        Up = "up", "Up";
        Down = "down", "Down";
        Nearest = "nearest", "To the nearest";
    }
);
choice!(
    /// What is rounded as one.
    Per {
        Session = "session", "Each session";
        DayAndProject = "day", "Each day and project";
    }
);

/// What time is rounded to a multiple of: 1 to 60 minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Step(u8);

impl Step {
    /// Refuses anything but 1 to 60; the field is `minutes`.
    pub fn new(minutes: u8) -> Result<Self, FieldErrors> {
        if (1..=60).contains(&minutes) {
            Ok(Self(minutes))
        } else {
            Err(FieldErrors::one("minutes", "Choose 1 to 60 minutes."))
        }
    }

    /// How many minutes a step has.
    pub fn minutes(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Step {
    type Error = FieldErrors;

    fn try_from(minutes: u8) -> Result<Self, FieldErrors> {
        Self::new(minutes)
    }
}

impl From<Step> for u8 {
    fn from(step: Step) -> Self {
        step.0
    }
}

/// The rounding rule of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounding {
    pub mode: Mode,
    pub per: Per,
    pub step: Step,
}

impl Default for Rounding {
    fn default() -> Self {
        Self {
            mode: Mode::None,
            per: Per::Session,
            step: Step(15),
        }
    }
}

impl Rounding {
    /// So long as it is paid for. Nothing stays nothing, `Nearest` rounds half up, and a length below
    /// zero counts as nothing.
    pub fn round(self, length: Seconds) -> Seconds {
        let step = i64::from(self.step.0) * 60;
        let length = length.0.max(0);
        let over = length % step;
        let down = length - over;
        let up = || {
            if over == 0 {
                down
            } else {
                down.saturating_add(step)
            }
        };
        Seconds(match self.mode {
            Mode::None => length,
            Mode::Down => down,
            Mode::Up => up(),
            Mode::Nearest if over * 2 >= step => up(),
            Mode::Nearest => down,
        })
    }

    /// The rule as people read it: `Each session is rounded up to a multiple of 15 minutes.`
    pub fn told(self) -> String {
        let what = match self.per {
            Per::Session => "Each session",
            Per::DayAndProject => "What each member does on a day",
        };
        let step = match self.step.minutes() {
            1 => "whole minute".to_owned(),
            minutes => format!("multiple of {minutes} minutes"),
        };
        match self.mode {
            Mode::None => "Time is paid to the second.".to_owned(),
            Mode::Up => format!("{what} is rounded up to a {step}."),
            Mode::Down => format!("{what} is rounded down to a {step}."),
            Mode::Nearest => format!("{what} is rounded to the nearest {step}."),
        }
    }
}

#[cfg(test)]
mod tests;
