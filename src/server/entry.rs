//! What a line says, carried over into moments and ids.

use super::{
    form::explain,
    zone::{self, Unclear},
};
use crate::domain::{
    Action, Catalog, FieldErrors, Instant, Settings, Span, WorkRevision, date,
    entry::{DayRef, Entry, Part, When},
    session::whole_second,
};
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

/// When a session of a day began that was given a length and no hour.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("nine o'clock exists");

/// What the line asks for, without project and tags: to start now or since a moment, or to save what
/// is over. Errors are those of the field `name`.
pub fn action(entry: &Entry, settings: &Settings, now: Instant) -> Result<Action, FieldErrors> {
    let (name, zone) = (entry.name.clone(), settings.zone());
    let work = WorkRevision::default();
    let Some(when) = &entry.when else {
        return Ok(Action::Start {
            name,
            zone,
            from: None,
            work,
        });
    };
    Ok(match span(when, settings, now)? {
        Span::Running { since } => Action::Start {
            name,
            zone,
            from: Some(since),
            work,
        },
        span => Action::Add {
            name,
            zone,
            span,
            work,
        },
    })
}

const TWICE: &str = "This time exists twice that day: the clocks were put back. \
    Add the session by its start and stop, where you can say which is meant.";

/// The moments that are meant. Where the day is not said, it is the last one on which the beginning
/// does not lie ahead. Today and yesterday begin when the account's days do.
fn span(when: &When, settings: &Settings, now: Instant) -> Result<Span, FieldErrors> {
    let zone = settings.zone();
    let moment = |date: NaiveDate, time: NaiveTime| {
        let moment = zone::resolve(&zone, date.and_time(time), None);
        moment.or_else(|unclear| match unclear {
            Unclear::Fold { earlier, later } if earlier <= now && now < later => Ok(earlier),
            // A line has no place to choose one of the two.
            Unclear::Fold { .. } => Err(FieldErrors::one("name", TWICE)),
            unclear => Err(explain("name", &unclear, settings.hour_format)),
        })
    };
    let day_start = settings.day_start();
    // What comes before the hour at which days begin has the next date.
    let date_within = |day: NaiveDate, time: NaiveTime| day + Days::new((time < day_start).into());
    let day_of = |begin: NaiveTime| match when.day {
        DayRef::Date(date) => date,
        DayRef::Today => date_within(zone::today(settings, now), begin),
        DayRef::Yesterday => date_within(zone::today(settings, now) - Days::new(1), begin),
        DayRef::Unsaid => {
            let local = zone::offsets(&zone, now, now).local(now);
            let is_ahead = match zone::resolve(&zone, local.date().and_time(begin), None) {
                Ok(at) | Err(Unclear::Fold { earlier: at, .. }) => at > now,
                Err(_) => begin > local.time(),
            };
            local.date() - Days::new(is_ahead.into())
        }
    };
    match when.part {
        Part::Since(time) => Ok(Span::Running {
            since: moment(day_of(time), time)?,
        }),
        Part::Range { from, to } => {
            let day = day_of(from);
            let last = if to < from { day + Days::new(1) } else { day };
            Span::done(moment(day, from)?, moment(last, to)?)
        }
        Part::Length(length) => {
            let length = TimeDelta::seconds(length.0);
            match when.day {
                // To the minute, so that the same line means the same a second later.
                DayRef::Unsaid | DayRef::Today => {
                    let now = whole_second(now);
                    let to = now - TimeDelta::seconds(now.timestamp().rem_euclid(60));
                    Span::done(to - length, to)
                }
                DayRef::Yesterday | DayRef::Date(_) => {
                    let morning = MORNING.max(day_start);
                    let from = moment(day_of(morning), morning)?;
                    Span::done(from, from + length)
                }
            }
        }
    }
}

/// What will be understood of a line, for whoever types it and can name what is in `catalog`; `None` where
/// that is nothing but a name. What would be made is called new.
pub fn preview(
    line: &str,
    catalog: &Catalog,
    settings: &Settings,
    is_running: bool,
    now: Instant,
) -> Option<String> {
    let entry = if is_running {
        Entry::read_untimed(line)
    } else {
        Entry::read(line)
    };
    let says_time = is_running && Entry::read(line).is_ok_and(|entry| entry.when.is_some());
    let entry = entry.ok().filter(|entry| says_time || !entry.is_plain())?;
    let mut parts = Vec::new();
    let name = entry.name.quoted();
    match &entry.when {
        None => parts.push(name),
        Some(when) => match span(when, settings, now) {
            Ok(span) => parts.push(format!("{name}, {}", told(&span, settings, now))),
            Err(errors) => return Some(errors.to_string()),
        },
    }
    let project = entry.project.as_ref();
    let known = project.and_then(|project| catalog.find_project(project));
    match (project, known) {
        (_, Some(known)) => parts.push(format!("project {}", known.path())),
        (Some(project), None) => match catalog.refuse_archived(project) {
            Ok(()) => parts.push(format!("new project {}", project.path())),
            Err(errors) => return Some(errors.to_string()),
        },
        (None, None) => {}
    }
    for tag in &entry.tags {
        let is_new = catalog.find_tag(tag).is_none();
        parts.push(format!("{}tag {tag}", if is_new { "new " } else { "" }));
    }
    if entry.toggles_billable {
        // What runs keeps its project unless the line names one; which that is, a line does not know.
        let turned = match known {
            _ if is_running && project.is_none() => "billable turned",
            Some(project) if project.billable => "not billable",
            _ => "billable",
        };
        parts.push(turned.to_owned());
    }
    if says_time {
        parts.push("times are not read here, but in the fields of “Add session”".to_owned());
    }
    let verb = match &entry.when {
        Some(When {
            part: Part::Range { .. } | Part::Length(_),
            ..
        }) => "Saves",
        _ if is_running => "Names it",
        _ => "Starts",
    };
    Some(format!("{verb} {}", parts.join(" · ")))
}

/// `9:30 – 11:00 on Fri 20 Nov, 1:30:00`.
pub fn told(span: &Span, settings: &Settings, now: Instant) -> String {
    let zone = settings.zone();
    let offsets = zone::offsets(&zone, span.from().min(now), span.end(now).max(now));
    let time = |at| offsets.time(at, settings.hour_format);
    let day = zone::today(settings, span.from());
    let on = if day == zone::today(settings, now) {
        String::new()
    } else {
        format!(" on {}", date::short(day))
    };
    match span.to() {
        None => format!("since {}{on}", time(span.from())),
        Some(to) => {
            let length = crate::domain::Seconds(span.seconds(now));
            let length = length.written(settings.duration_format);
            format!("{} – {}{on}, {length}", time(span.from()), time(to))
        }
    }
}

#[cfg(test)]
mod tests;
