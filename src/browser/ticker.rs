//! The only reader of the browser's clock. It follows the server's clock, computes every time
//! from it afresh and counts nothing, so it is right again at once after sleep or a clock change.

use crate::domain::Instant;
use leptos::prelude::*;

/// The server's time as this browser knows it.
#[derive(Clone, Copy)]
pub struct Ticker {
    now: RwSignal<Instant>,
    /// Server clock minus browser clock, milliseconds.
    skew: StoredValue<i64>,
}

impl Ticker {
    /// A clock that stands at the server's `now` until the browser moves it.
    pub fn starting_at(now: Instant) -> Self {
        Self {
            now: RwSignal::new(now),
            skew: StoredValue::new(0),
        }
    }

    /// Moves once a second in the browser; on the server it stands still.
    pub fn now(&self) -> Signal<Instant> {
        self.now.into()
    }

    /// The server said `server_now` at some moment between `asked` and `heard` (browser clock,
    /// milliseconds). If that can be true the clocks agree; else the smallest difference counts.
    pub fn correct(&self, server_now: Instant, asked: i64, heard: i64) {
        let server = server_now.timestamp_millis();
        let (least, most) = (server - heard, server - asked);
        self.skew.set_value(if least > 0 {
            least
        } else if most < 0 {
            most
        } else {
            0
        });
    }
}

#[cfg(feature = "hydrate")]
mod live {
    use super::{Instant, Ticker};
    use gloo_timers::callback::Interval;
    use leptos::prelude::*;
    use send_wrapper::SendWrapper;
    use std::cell::Cell;

    /// Short enough that no displayed second is skipped.
    const STEP_MILLISECONDS: u32 = 200;
    /// A clock that moved by so much more or less than time passed was set, or the computer slept.
    const JUMP_MILLISECONDS: i64 = 1_500;

    impl Ticker {
        /// Starts to tick; stops with the owner. `server_now` was asked for at `asked` (browser clock,
        /// milliseconds), or came with the page where that is 0. Calls `jumped` when the browser's
        /// clock can no longer be compared with the server's.
        pub fn run(self, server_now: Instant, asked: i64, jumped: impl Fn() + 'static) {
            let heard = milliseconds();
            let asked = if asked == 0 {
                heard - since_navigation()
            } else {
                asked
            };
            self.correct(server_now, asked, heard);
            let began = Cell::new(heard - since_navigation());
            let tick = move || {
                let at = self.exact();
                if self.now.get_untracked().timestamp() != at.timestamp() {
                    self.now.set(crate::domain::session::whole_second(at));
                }
                let begins = milliseconds() - since_navigation();
                if (begins - began.replace(begins)).abs() > JUMP_MILLISECONDS {
                    jumped();
                }
            };
            tick();
            let interval = SendWrapper::new(Interval::new(STEP_MILLISECONDS, tick));
            on_cleanup(move || drop(interval));
        }

        /// This very moment on the server's clock.
        pub fn exact(self) -> Instant {
            let millis = milliseconds() + self.skew.get_value();
            Instant::from_timestamp_millis(millis).unwrap_or_default()
        }
    }

    /// The browser's clock, milliseconds since the epoch.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place in the browser that reads a clock"
    )]
    pub fn milliseconds() -> i64 {
        js_sys::Date::now() as i64
    }

    /// Milliseconds since this page was asked for.
    fn since_navigation() -> i64 {
        window()
            .performance()
            .map_or(0, |performance| performance.now() as i64)
    }
}

#[cfg(not(feature = "hydrate"))]
mod still {
    use super::{Instant, Ticker};
    use leptos::prelude::GetUntracked;

    impl Ticker {
        /// Starts to tick; stops with the owner.
        pub fn run(self, _server_now: Instant, _asked: i64, _jumped: impl Fn() + 'static) {}

        /// This very moment on the server's clock.
        pub fn exact(self) -> Instant {
            self.now.get_untracked()
        }
    }

    /// The browser's clock, milliseconds since the epoch.
    pub fn milliseconds() -> i64 {
        0
    }
}

#[cfg(feature = "hydrate")]
pub use live::milliseconds;
#[cfg(not(feature = "hydrate"))]
pub use still::milliseconds;
