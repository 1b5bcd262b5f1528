//! Forms on their way to the server, one after the other, whatever page they were sent from: they stay
//! on their way when that page gives way to another.

use crate::{
    domain::{Done, Instant, form::CommandForm},
    error::AppError,
};

#[cfg(feature = "hydrate")]
use {
    crate::{
        browser::{forms, page, ticker},
        domain::CommandId,
        server_fns::tracking::submit,
    },
    leptos::task::spawn_local,
    std::{cell::RefCell, collections::VecDeque, rc::Rc},
};

/// How long an answer may take, in milliseconds, until the person is told that none comes.
#[cfg(feature = "hydrate")]
const PATIENCE: i64 = 10_000;

/// A form, and what became of it.
pub type Answered = (CommandForm, Result<Done, AppError>);

#[cfg(feature = "hydrate")]
type Listener = Rc<dyn Fn(Answered)>;

#[cfg(feature = "hydrate")]
#[derive(Default)]
struct Outbox {
    /// The first is being sent.
    waiting: VecDeque<CommandForm>,
    /// Whether somebody sends what waits.
    busy: bool,
    /// When the first was sent, by the browser's clock, in milliseconds.
    sent: i64,
    /// Those of which nobody knows whether they arrived.
    lost: Vec<CommandForm>,
    /// When the last answer came, by the browser's clock, in milliseconds.
    answered: i64,
    /// Answers that came while no page stood.
    kept: Vec<Answered>,
    /// The page that is shown now.
    listener: Option<Listener>,
}

#[cfg(feature = "hydrate")]
thread_local! {
    static OUTBOX: RefCell<Outbox> = RefCell::default();
}

/// The form as it is sent at `at`: with an id, the moment and the zone. One whose answer was lost, and
/// that is pressed again, keeps those it had, so that it is not done twice. Nothing is sent if it makes or edits
/// a session and is on its way already.
#[cfg(feature = "hydrate")]
pub fn stamp(form: CommandForm, at: Instant) -> Option<CommandForm> {
    let mut form = form.spelled_out();
    OUTBOX.with_borrow_mut(|outbox| {
        let last = outbox.waiting.back();
        if last.is_some_and(|last| form.is_made_once() && form.repeats(last, at)) {
            return None;
        }
        let lost = &mut outbox.lost;
        match lost.iter().position(|lost| form.repeats(lost, at)) {
            Some(place) => form = lost.remove(place),
            None => {
                form.command = CommandId::new(at).to_string();
                form.at = at.timestamp().to_string();
                form.zone = page::time_zone().unwrap_or_default();
            }
        }
        Some(form)
    })
}

/// Has `answered` told of all answers from now on, instead of the page before. It may hear of forms of
/// that page, and of one that is no longer among those [`waiting`].
#[cfg(feature = "hydrate")]
pub fn on_answer(answered: impl Fn(Answered) + 'static) {
    let listener: Listener = Rc::new(answered);
    let kept = OUTBOX.with_borrow_mut(|outbox| {
        outbox.listener = Some(listener.clone());
        std::mem::take(&mut outbox.kept)
    });
    for answer in kept {
        listener(answer);
    }
}

/// When the last answer came, by the browser's clock, in milliseconds. A page asked for before does not know of it.
#[cfg(feature = "hydrate")]
pub fn answered() -> i64 {
    OUTBOX.with_borrow(|outbox| outbox.answered)
}

/// Keeps an answer for the next page, where the one that was shown is gone already.
#[cfg(feature = "hydrate")]
pub fn keep(answer: Answered) {
    OUTBOX.with_borrow_mut(|outbox| outbox.kept.push(answer));
}

/// The page shows what the server has by now, so that everybody sees whether a lost form arrived: what is
/// pressed from now on is meant anew. A form with typed times is still open, and says nothing of it.
#[cfg(feature = "hydrate")]
pub fn forget_lost() {
    OUTBOX.with_borrow_mut(|outbox| outbox.lost.retain(CommandForm::has_typed_times));
}

/// Sends a stamped form after those that wait.
#[cfg(feature = "hydrate")]
pub fn send(form: CommandForm) {
    let is_idle = OUTBOX.with_borrow_mut(|outbox| {
        outbox.waiting.push_back(form);
        !std::mem::replace(&mut outbox.busy, true)
    });
    if is_idle {
        spawn_local(send_waiting());
    }
}

#[cfg(feature = "hydrate")]
async fn send_waiting() {
    while let Some(form) = OUTBOX.with_borrow_mut(|outbox| {
        let next = outbox.waiting.front().cloned();
        outbox.busy = next.is_some();
        outbox.sent = ticker::milliseconds();
        next
    }) {
        let answer = submit(form.clone()).await;
        let listener = OUTBOX.with_borrow_mut(|outbox| {
            outbox.waiting.pop_front();
            outbox.answered = ticker::milliseconds();
            match &answer {
                Err(AppError::Unreachable | AppError::Busy | AppError::Internal) => {
                    outbox.lost.push(form.clone());
                }
                Ok(done) => outbox.lost.retain(|lost| !done.is_about(lost)),
                Err(_) => {}
            }
            outbox.listener.clone()
        });
        if let Some(answered) = listener {
            answered((form, answer));
        }
    }
}

/// The forms that are not answered yet, in order.
#[cfg(feature = "hydrate")]
pub fn waiting() -> Vec<CommandForm> {
    OUTBOX.with_borrow(|outbox| outbox.waiting.iter().cloned().collect())
}

/// Whether all forms are answered.
#[cfg(feature = "hydrate")]
pub fn is_empty() -> bool {
    OUTBOX.with_borrow(|outbox| outbox.waiting.is_empty())
}

/// Whether an answer takes so long that the server may be out of reach.
#[cfg(feature = "hydrate")]
pub fn is_late() -> bool {
    OUTBOX.with_borrow(|outbox| outbox.busy && ticker::milliseconds() - outbox.sent > PATIENCE)
}

/// When the pages are left for another site or document, which ends all their requests, sends once more
/// what is not answered yet. What had arrived is not done twice.
#[cfg(feature = "hydrate")]
pub fn empty_on_leave() {
    page::on_leave(|| {
        if !is_empty() {
            forms::send_off(waiting());
        }
    });
}

/// The form as it is sent at `at`, unless it is on its way already.
#[cfg(not(feature = "hydrate"))]
pub fn stamp(form: CommandForm, _at: Instant) -> Option<CommandForm> {
    Some(form)
}

/// Has `answered` told of all answers from now on.
#[cfg(not(feature = "hydrate"))]
pub fn on_answer(_answered: impl Fn(Answered) + 'static) {}

/// When the last answer came.
#[cfg(not(feature = "hydrate"))]
pub fn answered() -> i64 {
    0
}

/// Keeps an answer for the next page.
#[cfg(not(feature = "hydrate"))]
pub fn keep(_answer: Answered) {}

/// What is pressed from now on is meant anew.
#[cfg(not(feature = "hydrate"))]
pub fn forget_lost() {}

/// Sends a stamped form after those that wait.
#[cfg(not(feature = "hydrate"))]
pub fn send(_form: CommandForm) {}

/// The forms that are not answered yet, in order.
#[cfg(not(feature = "hydrate"))]
pub fn waiting() -> Vec<CommandForm> {
    Vec::new()
}

/// Whether all forms are answered.
#[cfg(not(feature = "hydrate"))]
pub fn is_empty() -> bool {
    true
}

/// Whether an answer takes so long that the server may be out of reach.
#[cfg(not(feature = "hydrate"))]
pub fn is_late() -> bool {
    false
}

/// Sends what is not answered yet once more when the pages are left.
#[cfg(not(feature = "hydrate"))]
pub fn empty_on_leave() {}
