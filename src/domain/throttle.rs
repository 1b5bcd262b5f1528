//! How long somebody who tries in vain is held back.

use super::session::Instant;
use chrono::TimeDelta;

/// What is allowed: so many failures, then ever longer pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Failures without a pause.
    pub free: i64,
    /// The first pause; each further failure doubles it.
    pub pause: TimeDelta,
    /// The longest pause.
    pub longest: TimeDelta,
}

impl Limit {
    /// Of an account, whoever tries: mistypers are not bothered, and a guesser gets about a
    /// hundred guesses a day.
    pub const ACCOUNT: Self = Self {
        free: 10,
        pause: TimeDelta::seconds(15),
        longest: TimeDelta::minutes(15),
    };
    /// Of one address, whatever is tried: a household or an office behind it still gets in.
    pub const ADDRESS: Self = Self {
        free: 30,
        pause: TimeDelta::seconds(15),
        longest: TimeDelta::minutes(15),
    };

    /// Failures are forgotten so long after the last one.
    pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(6);

    /// When the next try is allowed; `None` for at once.
    pub fn held_until(&self, failures: &Failures, now: Instant) -> Option<Instant> {
        let beyond = failures.count_at(now) - self.free;
        if beyond < 0 {
            return None;
        }
        let doublings = u32::try_from(beyond).unwrap_or(u32::MAX).min(20);
        let pause = self
            .pause
            .checked_mul(1 << doublings)
            .unwrap_or(self.longest);
        // A clock that went back holds nobody for longer than the pause.
        let until = failures.last.min(now) + pause.min(self.longest);
        (until > now).then_some(until)
    }
}

/// Tries that failed one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    pub count: i64,
    pub last: Instant,
}

impl Failures {
    /// How many of them still count.
    pub fn count_at(&self, now: Instant) -> i64 {
        if now - self.last >= Limit::FORGOTTEN_AFTER {
            0
        } else {
            self.count
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit {
        free: 3,
        pause: TimeDelta::seconds(10),
        longest: TimeDelta::seconds(60),
    };

    #[test]
    fn pauses_double_up_to_the_longest() {
        for (count, pause) in [
            (0, 0),
            (2, 0),
            (3, 10),
            (4, 20),
            (5, 40),
            (6, 60),
            (100, 60),
            (i64::MAX, 60),
        ] {
            check(count, 0, pause);
        }
    }

    #[test]
    fn waiting_helps_and_is_forgotten_in_the_end() {
        check(4, 5, 15);
        check(4, 19, 1);
        check(4, 20, 0);
        check(100, 6 * 3600, 0);
        let old = Failures {
            count: 9,
            last: Instant::UNIX_EPOCH,
        };
        assert_eq!(
            old.count_at(Instant::UNIX_EPOCH + Limit::FORGOTTEN_AFTER),
            0
        );
    }

    #[test]
    fn a_clock_that_went_back_locks_nobody_out() {
        check(3, -100_000, 10);
    }

    /// So many failures, the last one `ago` seconds ago: how many seconds to wait?
    fn check(count: i64, ago: i64, wait: i64) {
        let now = Instant::UNIX_EPOCH + TimeDelta::days(1000);
        let failures = Failures {
            count,
            last: now - TimeDelta::seconds(ago),
        };
        let held = LIMIT
            .held_until(&failures, now)
            .map_or(0, |until| (until - now).num_seconds());
        assert_eq!(held, wait, "{count} failures, {ago} s ago");
    }
}
