//! From what was typed to a command: local times become moments in the viewer's zone.

use super::{
    entry,
    zone::{self, Pick, Unclear},
};
use crate::domain::{
    Action, Command, FieldError, FieldErrors, HourFormat, Seconds, Settings, Span, WorkRevision,
    date,
    form::{CommandForm, intent, seconds},
    local::time_of_day,
    session::{Instant, whole_second},
};
use chrono::{Days, FixedOffset, NaiveDateTime, Offset, TimeDelta, Utc};

/// Reads a form of a viewer with these settings, all but what sessions shall belong to. Errors name
/// the field they belong to.
pub fn read_command(
    form: &CommandForm,
    settings: &Settings,
    now: Instant,
) -> Result<Command, FieldErrors> {
    let at = whole_second(form.at(now)?);
    let action = match form.action(&settings.zone())? {
        Some(action) => action,
        // Sent again later, it means the same times.
        None => read_local(form, settings, at)?,
    };
    Ok(Command {
        id: form.id()?,
        at,
        action,
    })
}

fn read_local(
    form: &CommandForm,
    settings: &Settings,
    now: Instant,
) -> Result<Action, FieldErrors> {
    let zone = settings.zone();
    let name = form.entry().map(|entry| entry.name);
    let start = Field {
        name: "start",
        typed: &form.start,
        pick: &form.start_pick,
        was: &form.start_was,
    };
    let stop = Field {
        name: "stop",
        typed: &form.stop,
        pick: &form.stop_pick,
        was: &form.stop_was,
    };
    match form.intent.as_str() {
        intent::START if form.start.is_empty() => entry::action(&form.entry()?, settings, now),
        intent::START => Ok(Action::Start {
            name: name?,
            zone,
            from: start.moment(settings)?,
            work: WorkRevision::default(),
        }),
        intent::STOP => Ok(Action::Stop {
            session: form.optional_session()?,
            to: stop.moment(settings)?,
            name: form.shown_name()?,
            work: WorkRevision::default(),
        }),
        intent::ADD => {
            let (name, (from, to)) = both(name, ends(&start, &stop, &form.duration, settings))?;
            let span = Span::done(
                from,
                to.ok_or_else(|| FieldErrors::one("stop", "Give a stop or a duration."))?,
            )?;
            Ok(Action::Add {
                name,
                zone,
                span,
                work: WorkRevision::default(),
            })
        }
        _ => {
            let (name, (from, to)) = both(name, ends(&start, &stop, &form.duration, settings))?;
            let span = match to {
                Some(to) => Span::done(from, to)?,
                None if form.stop_was.is_empty() => Span::Running { since: from },
                None => return Err(FieldErrors::one("stop", "Give a stop or a duration.")),
            };
            let version = form.version.parse().ok();
            Ok(Action::Edit {
                session: form.session()?,
                version,
                name,
                span,
                work: WorkRevision::default(),
            })
        }
    }
}

/// Both values, or what is wrong with either.
fn both<A, B>(a: Result<A, FieldErrors>, b: Result<B, FieldErrors>) -> Result<(A, B), FieldErrors> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(FieldErrors(mut a)), Err(FieldErrors(b))) => {
            a.extend(b);
            Err(FieldErrors(a))
        }
        (Err(errors), Ok(_)) | (Ok(_), Err(errors)) => Err(errors),
    }
}

/// The start, and the stop if there is one: two of start, stop and duration tell the third.
fn ends(
    start: &Field,
    stop: &Field,
    duration: &str,
    settings: &Settings,
) -> Result<(Instant, Option<Instant>), FieldErrors> {
    let length = match duration.trim() {
        "" => None,
        typed => Some(TimeDelta::seconds(Seconds::read(typed)?.0)),
    };
    let (from, to) = both(start.moment(settings), stop.moment(settings))?;
    match (from, to, length) {
        (Some(from), to, None) => Ok((from, to)),
        (Some(from), None, Some(length)) => Ok((from, Some(from + length))),
        (None, Some(to), Some(length)) => Ok((to - length, Some(to))),
        (Some(from), Some(to), Some(length)) if to - from == length => Ok((from, Some(to))),
        (Some(_), Some(_), Some(_)) => Err(FieldErrors::one(
            "duration",
            "Start, stop and duration do not agree. Leave one of them empty.",
        )),
        (None, _, _) => Err(FieldErrors::one(
            "start",
            "Give a start, or a stop and a duration.",
        )),
    }
}

/// A local date and time as typed.
struct Field<'a> {
    name: &'static str,
    typed: &'a str,
    pick: &'a str,
    was: &'a str,
}

impl Field<'_> {
    /// The moment meant; `None` for an empty field. A field that still shows the moment it was
    /// filled in from keeps that moment, to the second and in the right one of two equal hours.
    fn moment(&self, settings: &Settings) -> Result<Option<Instant>, FieldErrors> {
        let zone = settings.zone();
        if self.typed.trim().is_empty() {
            return Ok(None);
        }
        let local = read_local_time(self.typed).ok_or_else(|| {
            FieldErrors::one(self.name, "Write a date and time like 2026-11-20 09:30.")
        })?;
        let pick = match self.pick {
            "earlier" => Some(Pick::Earlier),
            "later" => Some(Pick::Later),
            _ => None,
        };
        if let (Some(was), None) = (seconds(self.was)?, pick)
            && zone::offsets(&zone, was, was).local(was) == local
        {
            return Ok(Some(was));
        }
        zone::resolve(&zone, local, pick)
            .map(Some)
            .map_err(|unclear| {
                explain_with_choice(self.name, local, &unclear, settings.hour_format)
            })
    }
}

/// As [`explain`], of a field that has another one beside it to choose which of two moments is meant: that one is
/// told how clocks show them, apart by a slash.
fn explain_with_choice(
    field: &str,
    local: NaiveDateTime,
    unclear: &Unclear,
    hours: HourFormat,
) -> FieldErrors {
    let clock = |local| time_of_day(local, hours);
    let with_offset = |at: Instant| {
        let seconds = (local - at.naive_utc()).num_seconds();
        let offset = i32::try_from(seconds).ok().and_then(FixedOffset::east_opt);
        format!("{} {}", clock(local), offset.unwrap_or(Utc.fix()))
    };
    let both = match unclear {
        Unclear::Gap { before, after } => around_gap(*before, *after, hours).join("/"),
        Unclear::Fold { earlier, later } => {
            format!("{}/{}", with_offset(*earlier), with_offset(*later))
        }
        Unclear::OutOfRange => return explain(field, unclear, hours),
    };
    FieldErrors(vec![
        FieldError::new(field, format!("{} Choose one:", why(unclear))),
        FieldError::new(&format!("{field}_pick"), both),
    ])
}

/// Why a local time in `field` is no moment, or not one alone; with times as `hours` has them.
pub fn explain(field: &str, unclear: &Unclear, hours: HourFormat) -> FieldErrors {
    let way_out = match unclear {
        Unclear::Gap { before, after } => {
            let [before, after] = around_gap(*before, *after, hours);
            format!(" Choose {before} or {after}.")
        }
        Unclear::Fold { .. } => " Choose the first or the second.".to_owned(),
        Unclear::OutOfRange => String::new(),
    };
    FieldErrors::one(field, format!("{}{way_out}", why(unclear)))
}

/// The times before and after a gap, with their dates where it goes over midnight.
fn around_gap(before: NaiveDateTime, after: NaiveDateTime, hours: HourFormat) -> [String; 2] {
    [before, after].map(|local| {
        let clock = time_of_day(local, hours);
        if before.date() == after.date() {
            clock
        } else {
            format!("{clock} on {}", date::long(local.date()))
        }
    })
}

fn why(unclear: &Unclear) -> String {
    match unclear {
        Unclear::Gap { before, after } if *after - *before >= TimeDelta::days(1) => format!(
            "There was no {} here: the calendar was put forward.",
            date::long(before.date() + Days::new(1)),
        ),
        Unclear::Gap { after, .. } => format!(
            "This time does not exist on {}: the clocks were put forward.",
            date::long(after.date()),
        ),
        Unclear::Fold { .. } => {
            "This time exists twice that day: the clocks were put back.".to_owned()
        }
        Unclear::OutOfRange => "Choose a time between the years 1970 and 2099.".to_owned(),
    }
}

/// What a date and time field sends, and what people write into a plain one.
fn read_local_time(typed: &str) -> Option<NaiveDateTime> {
    const FORMATS: [&str; 4] = [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d %H:%M",
    ];
    FORMATS
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(typed.trim(), format).ok())
}
