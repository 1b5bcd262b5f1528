//! The timer, and today.

use super::{
    forgotten::Forgotten,
    line::line,
    list::{AddSession, DayGroup, row_context},
    picture::Picture,
    sheet::SheetPage,
    sheet_state::SheetState,
};
use crate::{
    browser::page,
    components::{
        line::Line, panel::TimerPanel, shortcuts::Shortcuts, week_bars::WeekBars, worth::WorthLine,
    },
    domain::{
        Seconds, SessionId, Sheet, Tally,
        entry::Entry,
        form::{CommandForm, Origin, intent},
        history::Help,
    },
};
use leptos::prelude::*;

/// The page at `/`.
#[component]
pub fn TimerPage() -> impl IntoView {
    view! { <SheetPage period=Signal::stored(String::new()) view=timer/> }.into_any()
}

fn timer(state: SheetState) -> impl IntoView {
    let sheet = state.sheet.read_untracked();
    let origin = Origin::of(&sheet, state.is_timer());
    let settings = sheet.settings.clone();
    let running = state.running();
    let typed = sheet.refused.as_ref().filter(|refused| {
        [intent::START, intent::RENAME, intent::STOP].contains(&refused.form.intent.as_str())
    });
    let name = match typed {
        Some(refused) => refused.form.name.clone(),
        None => Entry::of_running(&sheet.running),
    };
    let is_running = Signal::derive(move || running.with(Option::is_some));
    let line = line("name", name, is_running);
    let Line {
        text: name, help, ..
    } = line;
    follow_running(state, name);
    Effect::new(|_| page::is_sent_to_name().then(|| page::focus("name")));
    // What was understood of a line is old when it is done, and so is one that only saved something.
    Effect::new(move |_| {
        if let Some(line) = state.carried.get() {
            help.set(Help::default());
            if !is_running.get_untracked() && name.with_untracked(|name| *name == line) {
                name.set(String::new());
            }
        }
    });
    take_once(state, name);
    let on_leave = Callback::new(move |()| rename(state, &name.get_untracked()));
    let offsets = Signal::derive(move || state.sheet.with(|sheet| sheet.overview.offsets.clone()));
    let today = Memo::new(move |_| state.sheet.with(|sheet| sheet.overview.days[0]));
    let shortcuts = Memo::new(move |_| state.sheet.with(|sheet| sheet.shortcuts.clone()));
    view! {
        <h1 class="visually-hidden">"Timer"</h1>
        <TimerPanel
            running=running
            now=state.now()
            settings=settings.clone()
            offsets=offsets
            origin=origin.clone()
            catalog=state.catalog()
            line=line
            on_leave=on_leave
        />
        <Forgotten state=state/>
        <Shortcuts shortcuts=shortcuts catalog=state.catalog() origin=origin/>
        <Picture state=state/>
        <div class="columns">
            <div class="column-main">
                <DayGroup state=state day=today context=row_context(state) heading="Today"/>
                <WorthLine sheet=state.sheet/>
                <AddSession state=state/>
            </div>
            <aside class="side" aria-label="Sums">
                <SideTotal state=state label="This week" pick=|sheet| sheet.week.as_ref()/>
                <ThisWeek state=state/>
                <SideTotal state=state label="This month" pick=|sheet| sheet.month.as_ref()/>
            </aside>
        </div>
    }
    .into_any()
}

/// One sum of finished sessions and the running one.
#[component]
fn SideTotal(
    state: SheetState,
    label: &'static str,
    pick: fn(&Sheet) -> Option<&Tally>,
) -> impl IntoView {
    let seconds = move || {
        let now = state.now().get();
        state
            .sheet
            .with(|sheet| pick(sheet).map_or(0, |tally| tally.total(sheet.running.as_ref(), now)))
    };
    let format = state
        .sheet
        .with_untracked(|sheet| sheet.settings.duration_format);
    view! {
        <section class="side-total" aria-label=label>
            <h2>{label}</h2>
            <p class="total-figure">{move || Seconds(seconds()).written(format)}</p>
        </section>
    }
    .into_any()
}

/// The days of this week as bars.
#[component]
fn ThisWeek(state: SheetState) -> impl IntoView {
    let seconds = Memo::new(move |_| {
        let now = state.now().get();
        state.sheet.with(|sheet| {
            sheet
                .week
                .as_ref()
                .map_or_else(Vec::new, |week| week.seconds(sheet.running.as_ref(), now))
        })
    });
    let format = state
        .sheet
        .with_untracked(|sheet| sheet.settings.duration_format);
    move || {
        let days = |sheet: &Sheet| Some((sheet.week.as_ref()?.days.clone(), sheet.today));
        let (days, today) = state.sheet.with(days)?;
        Some(view! { <WeekBars days seconds=seconds today format/> })
    }
}

/// Keeps the name field in step with the session that runs: another session's name replaces what
/// stands there; what somebody is typing stays.
fn follow_running(state: SheetState, name: RwSignal<String>) {
    let running = Memo::new(move |_| {
        state.sheet.with(|sheet| {
            sheet
                .running
                .as_ref()
                .map(|session| (session.id, session.name.clone()))
        })
    });
    Effect::new(
        move |before: Option<Option<(SessionId, crate::domain::Name)>>| {
            let current = running.get();
            if let Some(before) = before {
                let old = before
                    .as_ref()
                    .map_or_else(String::new, |(_, name)| Entry::of_name(name));
                let untouched = name.get_untracked().trim() == old;
                let refused = refused_name(state, current.as_ref().map(|(id, _)| *id));
                match &current {
                    _ if refused.is_some() => name.set(refused.unwrap_or_default()),
                    Some((_, new))
                        if untouched
                            || before.as_ref().map(|(id, _)| id)
                                != current.as_ref().map(|(id, _)| id) =>
                    {
                        name.set(Entry::of_name(new));
                    }
                    None if untouched => name.set(String::new()),
                    _ => {}
                }
            }
            current
        },
    );
}

/// Leaves nothing but the name in the field when a line was sent for what runs: its marks are not to be
/// read again when that is stopped. The line comes back if it is refused.
fn take_once(state: SheetState, name: RwSignal<String>) {
    let is = move |text: &str| name.with_untracked(|name| name == text);
    let name_in = |line: &str| Some(Entry::of_name(&Entry::read_untimed(line).ok()?.name));
    Effect::new(move |_| {
        if let Some(line) = state.renamed.get().filter(|line| is(line))
            && let Some(only_name) = name_in(&line)
        {
            name.set(only_name);
        }
    });
    Effect::new(move |_| {
        let refused = state.refused.get().map(|refused| refused.form);
        if let Some(form) = refused.filter(|form| form.intent == intent::RENAME)
            && name_in(&form.name).is_some_and(|only_name| is(&only_name))
        {
            name.set(form.name);
        }
    });
}

/// What was typed into the field, where the server has just refused it for this session (none for
/// one that was to start).
fn refused_name(state: SheetState, session: Option<SessionId>) -> Option<String> {
    state.refused.with_untracked(|refused| {
        let form = &refused.as_ref()?.form;
        let is_named = match form.intent.as_str() {
            intent::START | intent::RENAME => true,
            intent::STOP => !form.named.is_empty(),
            _ => false,
        };
        (is_named && form.optional_session().ok()? == session).then(|| form.name.clone())
    })
}

/// Sends the name in the field, if it is another one than the running session's.
fn rename(state: SheetState, typed: &str) {
    let running = state.sheet.with_untracked(|sheet| sheet.running.clone());
    if let Some(session) = running.filter(|session| Entry::of_name(&session.name) != typed.trim()) {
        state.send(CommandForm {
            intent: intent::RENAME.to_owned(),
            session: session.id.to_string(),
            name: typed.to_owned(),
            ..CommandForm::default()
        });
    }
}
