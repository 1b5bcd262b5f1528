//! What Stint is about: sessions, commands, periods and totals.
//!
//! Pure and shared by both builds. Nothing here reads a clock, a database, a zone table or the
//! network; `now`, boundaries and offsets are arguments.

pub mod account;
pub mod apply;
pub mod code;
pub mod command;
pub mod date;
pub mod device;
pub mod duration;
pub mod field;
pub mod form;
pub mod history;
pub mod id;
pub mod local;
pub mod login;
pub mod overlap;
pub mod overview;
pub mod period;
pub mod qr;
pub mod receipt;
pub mod record;
pub mod session;
pub mod settings_form;
pub mod sheet;
pub mod throttle;

pub use account::{DurationFormat, HourFormat, Settings, Theme};
pub use apply::{Refusal, Scope, apply};
pub use command::{Action, Change, Command, End};
pub use device::{Device, DeviceKind, Token};
pub use duration::Seconds;
pub use field::{FieldError, FieldErrors};
pub use id::{AccountId, CommandId, DeviceId, SessionId, TokenId};
pub use local::Offsets;
pub use login::{Denied, GuestChoice, Password, Username};
pub use overview::{Bucket, Overview, Tally};
pub use period::{Kind, Period, Rolling};
pub use receipt::Receipt;
pub use record::{Place, Record};
pub use session::{Instant, Name, Session, Span, ZoneName};
pub use sheet::{Done, Notice, Refused, Sheet};

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod properties;
