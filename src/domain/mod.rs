//! What Stint is about: sessions, commands, periods and totals.
//!
//! Pure and shared by both builds. Nothing here reads a clock, a database, a zone table or the
//! network; `now`, boundaries and offsets are arguments.

pub mod account;
pub mod apply;
pub mod catalog;
pub mod code;
pub mod colour;
pub mod command;
pub mod date;
pub mod device;
pub mod duration;
pub mod entry;
pub mod estimate;
pub mod favourite;
pub mod field;
pub mod form;
pub mod history;
pub mod id;
pub mod local;
pub mod login;
pub mod money;
pub mod naming;
pub mod overlap;
pub mod overview;
pub mod parts;
pub mod period;
pub mod project;
pub mod qr;
pub mod rate;
pub mod receipt;
pub mod record;
pub mod rounding;
pub mod session;
pub mod settings_form;
pub mod sheet;
pub mod tariff;
pub mod team;
pub mod throttle;
pub mod title;
pub mod work;

pub use account::{DurationFormat, HourFormat, Settings, Theme};
pub use apply::{Refusal, Scope, apply};
pub use catalog::{Catalog, ProjectLabel, Role, TagLabel};
pub use colour::Colour;
pub use command::{Action, Change, Command, End};
pub use device::{Device, DeviceKind, Token};
pub use duration::Seconds;
pub use entry::Entry;
pub use estimate::{Budget, Estimate};
pub use favourite::{Favourite, Habit};
pub use field::{FieldError, FieldErrors};
pub use id::{
    AccountId, ClientId, CommandId, DeviceId, FavouriteId, InvitationId, ProjectId, RateId,
    SessionId, TagId, TokenId,
};
pub use local::Offsets;
pub use login::{Denied, GuestChoice, Password, Username};
pub use money::{Currency, Money};
pub use overview::{Bucket, Overview, Tally};
pub use period::{Kind, Period, Rolling};
pub use project::{
    Client, ClientChoice, Member, OpenInvitation, Person, Project, ProjectDraft, ProjectRevision,
    ReceivedInvitation, Tag,
};
pub use rate::{Level, Rate, RateDraft, RateRevision, Rates};
pub use receipt::Receipt;
pub use record::{Place, Record};
pub use rounding::Rounding;
pub use session::{Instant, Name, Session, Span, ZoneName};
pub use sheet::{Done, Notice, Refused, Sheet, SheetQuery, Worth};
pub use tariff::Tariff;
pub use team::{MemberRecord, MemberTime, TeamPlace, TeamTime};
pub use title::Title;
pub use work::{Billing, Placement, Unusable, Usable, UsableProject, Work, WorkRevision};

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod properties;
