//! A sheet as it lives in the browser: shown at once, changed by commands before the server has
//! answered, and put right by the server's answer.

use super::{
    foresee::{foresee, foresee_waiting},
    newest::Newest,
    turn, unsaved,
};
use crate::{
    browser::{
        channel, forms,
        outbox::{self, Answered},
        page,
        ticker::{self, Ticker},
    },
    domain::{
        Catalog, Instant, Notice, Refused, Session, SessionId, Sheet, SheetQuery,
        entry::Entry,
        form::{CommandForm, SELECTION, intent, said},
        session::whole_second,
    },
    error::AppError,
    server_fns::tracking::load_sheet,
};
use leptos::{
    ev::{MouseEvent, SubmitEvent},
    prelude::*,
    task::spawn_local,
};

/// The state of one page of tracked time.
#[derive(Clone, Copy)]
pub struct SheetState {
    pub sheet: RwSignal<Sheet>,
    pub ticker: Ticker,
    pub editing: RwSignal<Option<SessionId>>,
    pub adding: RwSignal<bool>,
    pub notice: RwSignal<Option<Notice>>,
    pub refused: RwSignal<Option<Refused>>,
    /// The line of the last start that the server has carried out.
    pub carried: RwSignal<Option<String>>,
    /// The line that was last sent as the name of what runs.
    pub renamed: RwSignal<Option<String>>,
    /// Whether the last attempt to reach the server failed.
    pub offline: RwSignal<bool>,
    /// What the server last said, to return to when a command is refused.
    confirmed: StoredValue<Sheet>,
    period: StoredValue<String>,
    newest: Newest,
    /// How many clicks in a row the last one was.
    clicks: StoredValue<i32>,
}

impl SheetState {
    /// The state of a page that shows `sheet`, asked for at `asked` (browser clock, milliseconds; 0
    /// if it came with the page), for the period at the address `period`.
    pub fn new(
        (asked, sheet): (i64, Sheet),
        period: String,
        editing: Option<SessionId>,
        adding: bool,
    ) -> Self {
        let ticker = Ticker::starting_at(whole_second(sheet.now));
        let server_now = sheet.now;
        let state = Self {
            ticker,
            editing: RwSignal::new(editing),
            adding: RwSignal::new(adding),
            notice: RwSignal::new(
                sheet.notice.clone().or(sheet
                    .refused
                    .as_ref()
                    .map(|refused| Notice::error(&refused.message))),
            ),
            refused: RwSignal::new(sheet.refused.clone()),
            carried: RwSignal::new(None),
            renamed: RwSignal::new(None),
            offline: RwSignal::new(false),
            confirmed: StoredValue::new(sheet.clone()),
            period: StoredValue::new(period),
            newest: Newest::new(),
            clicks: StoredValue::new(0),
            sheet: RwSignal::new(sheet),
        };
        Effect::new(move |_| {
            ticker.run(server_now, asked, move || state.refresh());
            channel::on_change(move || state.refresh());
            if !outbox::is_empty() {
                state
                    .sheet
                    .update(|sheet| foresee_waiting(sheet, ticker.exact()));
            }
            outbox::forget_lost();
            outbox::on_answer(move |answer| state.take(answer));
            if asked < outbox::answered() {
                state.refresh();
            }
        });
        let rolls = state
            .period
            .with_value(|period| period.starts_with("last/"));
        turn::turn_over(state, rolls);
        state
    }

    /// Whether this is the timer page, which shows today whatever day it is.
    pub fn is_timer(self) -> bool {
        self.period.with_value(String::is_empty)
    }

    /// The present second, by the server's clock.
    pub fn now(&self) -> Signal<Instant> {
        self.ticker.now()
    }

    /// What runs, as it is shown.
    pub fn running(self) -> Signal<Option<Session>> {
        Memo::new(move |_| self.sheet.with(|sheet| sheet.running.clone())).into()
    }

    /// What sessions may belong to.
    pub fn catalog(self) -> Signal<Catalog> {
        Memo::new(move |_| self.sheet.with(|sheet| sheet.catalog.clone())).into()
    }

    /// Takes over a form that would have gone to the server with a new page.
    pub fn intercept(self, event: &SubmitEvent) {
        if let Some(form) = forms::read(event) {
            event.prevent_default();
            if !self.is_double_click(&form) {
                self.send(form);
            }
        } else if let Some(session) = forms::field(event, "edit") {
            event.prevent_default();
            self.open_form(session.parse().ok(), false);
        } else if forms::field(event, "add").is_some() {
            event.prevent_default();
            self.open_form(None, true);
        }
    }

    /// Opens the form of one session or the one to add one, unless that would lose what was typed into another.
    fn open_form(self, editing: Option<SessionId>, adding: bool) {
        let (open, refused) = (self.editing.get_untracked(), self.refused.get_untracked());
        let is_open = open.is_some() || self.adding.get_untracked();
        if is_open && unsaved::is_begun(open, refused.as_ref()) {
            return self.notice.set(Some(Notice::error(unsaved::TOLD)));
        }
        self.refused.set(None);
        self.notice.set(None);
        self.editing.set(editing);
        self.adding.set(adding);
    }

    /// Carries out a form: in the page at once where that can be told, then on the server.
    pub fn send(self, mut form: CommandForm) {
        let at = self.ticker.exact();
        form.account = self.confirmed.with_value(|sheet| said(sheet.account));
        if form.intent == intent::STOP {
            // Somebody else may have named it, which this page does not know yet.
            form.name_was = self
                .confirmed
                .with_value(|sheet| Entry::of_running(&sheet.running));
        }
        let Some(form) = outbox::stamp(form, at) else {
            return;
        };
        self.forget_refused_name();
        if form.intent == intent::RENAME {
            self.renamed.set(Some(form.name.clone()));
        }
        self.sheet.update(|sheet| foresee(sheet, &form, at));
        self.newest.changed();
        outbox::send(form);
    }

    /// Asks the server for the page again, unless commands are still on their way.
    pub fn refresh(self) {
        if outbox::is_empty() {
            spawn_local(self.reload());
        }
    }

    /// Notes a click, for the form that it may send.
    pub fn note_click(self, event: &MouseEvent) {
        self.clicks.set_value(event.detail());
    }

    /// The second click of a double click means nothing: it would stop what the first one started, or meet the row
    /// that has come under it. (The form about selected sessions stands where no click is noted.)
    fn is_double_click(self, form: &CommandForm) -> bool {
        form.sessions.is_empty() && self.clicks.get_value() > 1
    }

    /// Takes the server's answer to a form of this page or the one before, and its page when all are answered.
    fn take(self, (form, answer): Answered) {
        if answer.is_ok() {
            channel::announce();
        }
        if self.sheet.is_disposed() {
            outbox::keep((form, answer));
            return;
        }
        match answer {
            Ok(done) => {
                self.offline.set(false);
                self.refused.set(None);
                self.close_form(&form);
                self.confirmed
                    .update_value(|sheet| sheet.take(&done.changes, self.ticker.exact()));
                self.notice.set(Some(done.notice));
            }
            Err(error) => self.refuse(form, &error),
        }
        self.refresh();
    }

    /// A name that was refused is only shown again until the next try.
    fn forget_refused_name(self) {
        const NAMES: [&str; 3] = [intent::START, intent::RENAME, intent::STOP];
        let is_name = |refused: &Refused| NAMES.contains(&refused.form.intent.as_str());
        if self
            .refused
            .with_untracked(|it| it.as_ref().is_some_and(is_name))
        {
            self.refused.set(None);
        }
    }

    /// Whether a session was selected in a form that was refused, and so stays selected.
    pub fn stays_selected(self, session: SessionId) -> bool {
        let has = |refused: &Refused| refused.form.sessions.contains(&session.to_string());
        self.refused
            .with_untracked(|refused| refused.as_ref().is_some_and(has))
    }

    fn close_form(self, form: &CommandForm) {
        match form.intent.as_str() {
            intent::ADD => self.adding.set(false),
            // Another one may have been opened meanwhile.
            intent::EDIT => self.editing.update(|open| {
                *open = open.filter(|open| open.to_string() != form.session);
            }),
            intent::ASSIGN | intent::DELETE_ALL => page::reset(SELECTION),
            intent::START => self.carried.set(Some(form.name.clone())),
            _ => {}
        }
    }

    /// Says why, keeps what was typed, and shows what the server has with what is still to come.
    fn refuse(self, form: CommandForm, error: &AppError) {
        let mut sheet = self.confirmed.get_value();
        foresee_waiting(&mut sheet, self.ticker.exact());
        let edited = form.session.clone();
        let refused = error.refuse(form);
        let is_new = refused.form.intent == intent::ADD;
        let adding = self.adding.get_untracked();
        // Its form may be on another page, or have been about a session that is gone. One that was opened
        // since stays.
        if !is_new || !adding || edited.is_empty() {
            self.refused.set(Some(refused));
        }
        let editing = self.editing.get_untracked();
        if is_new && !adding && editing.is_none_or(|open| open.to_string() == edited) {
            self.editing.set(None);
            self.adding.set(true);
        }
        self.sheet.set(sheet);
        self.offline.set(*error == AppError::Unreachable);
        self.notice.set(Some(Notice::error(error)));
    }

    /// Shows what the server has; what stands there stays when it cannot be reached, or something newer came first.
    async fn reload(self) {
        let Some(period) = self.period.try_get_value() else {
            return;
        };
        let time = self.newest.ask();
        let asked = ticker::milliseconds();
        let answer = load_sheet(SheetQuery {
            period,
            ..SheetQuery::default()
        })
        .await;
        let is_current = outbox::is_empty() && self.newest.is_news(time);
        match answer {
            Ok(sheet) if is_current => {
                self.newest.shown(time);
                self.ticker
                    .correct(sheet.now, asked, ticker::milliseconds());
                self.offline.set(false);
                outbox::forget_lost();
                self.confirmed.set_value(sheet.clone());
                self.sheet.set(sheet);
            }
            Err(AppError::Unreachable) if is_current => self.offline.set(true),
            _ => {}
        }
    }
}
