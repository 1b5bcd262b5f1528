//! Which answers are still news.

use leptos::prelude::*;

/// Numbers the times that the same thing is asked for, whose answers may overtake each other.
#[derive(Clone, Copy)]
pub struct Newest(StoredValue<Times>);

#[derive(Clone, Copy, Default)]
struct Times {
    asked: u32,
    /// The last one whose answer is old by now.
    outdated: u32,
}

impl Newest {
    /// Nothing was asked for yet.
    pub fn new() -> Self {
        Self(StoredValue::default())
    }

    /// The number of one more time.
    pub fn ask(self) -> u32 {
        self.0.update_value(|times| times.asked += 1);
        self.0.get_value().asked
    }

    /// Whether the answer to this time says more than what is shown. It does not where nobody looks any more.
    pub fn is_news(self, time: u32) -> bool {
        let times = self.0.try_get_value();
        times.is_some_and(|times| times.outdated < time)
    }

    /// The answer to this time is shown from now on.
    pub fn shown(self, time: u32) {
        self.0.update_value(|times| times.outdated = time);
    }

    /// Something is changed, which no answer knows that was asked for before.
    pub fn changed(self) {
        self.0.update_value(|times| times.outdated = times.asked);
    }
}
