use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn week_of(day: &str, week_start: Weekday) -> String {
    Period::containing(Kind::Week, date(day), week_start).to_string()
}

#[test]
fn weeks_are_named_as_iso_8601_says() {
    let check = |day: &str, week: &str, weekday: u32| {
        assert_eq!(week_of(day, Weekday::Mon), format!("week/{week}"), "{day}");
        let (first, after) = Period::containing(Kind::Week, date(day), Weekday::Mon)
            .dates(Weekday::Mon)
            .unwrap();
        assert_eq!(
            date(day),
            first + Days::new(u64::from(weekday - 1)),
            "{day}"
        );
        assert_eq!(after, first + Days::new(7), "{day}");
    };
    check("2024-12-30", "2025-W01", 1);
    check("2026-12-31", "2026-W53", 4);
    check("2027-01-03", "2026-W53", 7);
    check("2027-01-04", "2027-W01", 1);
    check("2021-01-03", "2020-W53", 7);
    check("2028-02-29", "2028-W09", 2);
    check("2026-11-20", "2026-W47", 5);
    check("1970-01-01", "1970-W01", 4);
    check("2099-12-31", "2099-W53", 4);
}

#[test]
fn a_week_begins_on_the_chosen_day_and_is_named_by_its_thursday() {
    let check = |day: &str, week_start, week: &str, first: &str| {
        assert_eq!(
            week_of(day, week_start),
            format!("week/{week}"),
            "{day} {week_start}"
        );
        let dates = week_of(day, week_start)
            .parse::<Period>()
            .unwrap()
            .dates(week_start);
        assert_eq!(
            dates,
            Some((date(first), date(first) + Days::new(7))),
            "{day} {week_start}"
        );
    };
    check("2026-11-20", Weekday::Mon, "2026-W47", "2026-11-16");
    check("2026-11-20", Weekday::Sun, "2026-W47", "2026-11-15");
    check("2026-11-20", Weekday::Sat, "2026-W47", "2026-11-14");
    check("2026-11-21", Weekday::Sat, "2026-W48", "2026-11-21");
    check("2026-11-22", Weekday::Sun, "2026-W48", "2026-11-22");
    check("2026-11-22", Weekday::Mon, "2026-W47", "2026-11-16");
    check("2026-11-20", Weekday::Fri, "2026-W48", "2026-11-20");
    check("2026-11-19", Weekday::Thu, "2026-W47", "2026-11-19");
    check("2027-01-03", Weekday::Sun, "2027-W01", "2027-01-03");
    check("2028-02-29", Weekday::Sat, "2028-W09", "2028-02-26");
}

#[test]
fn months_and_days_hold_their_dates() {
    let check = |kind, day: &str, period: &str, first: &str, after: &str| {
        let found = Period::containing(kind, date(day), Weekday::Mon);
        assert_eq!(found.to_string(), period);
        assert_eq!(found.dates(Weekday::Mon), Some((date(first), date(after))));
    };
    check(
        Kind::Day,
        "2028-02-29",
        "day/2028-02-29",
        "2028-02-29",
        "2028-03-01",
    );
    check(
        Kind::Month,
        "2028-02-29",
        "month/2028-02",
        "2028-02-01",
        "2028-03-01",
    );
    check(
        Kind::Month,
        "2026-02-01",
        "month/2026-02",
        "2026-02-01",
        "2026-03-01",
    );
    check(
        Kind::Month,
        "2099-12-31",
        "month/2099-12",
        "2099-12-01",
        "2100-01-01",
    );
}

#[test]
fn previous_and_next_end_where_time_does() {
    let check = |period: &str, previous: Option<&str>, next: Option<&str>| {
        let period: Period = period.parse().unwrap();
        assert_eq!(
            period.previous().map(String::from).as_deref(),
            previous,
            "{period}"
        );
        assert_eq!(period.next().map(String::from).as_deref(), next, "{period}");
    };
    check(
        "day/2028-02-29",
        Some("day/2028-02-28"),
        Some("day/2028-03-01"),
    );
    check("day/1970-01-01", None, Some("day/1970-01-02"));
    check("day/2099-12-31", Some("day/2099-12-30"), None);
    check(
        "week/2026-W53",
        Some("week/2026-W52"),
        Some("week/2027-W01"),
    );
    check("week/1970-W01", None, Some("week/1970-W02"));
    check("week/2099-W53", Some("week/2099-W52"), None);
    check(
        "month/2026-01",
        Some("month/2025-12"),
        Some("month/2026-02"),
    );
    check("month/1970-01", None, Some("month/1970-02"));
    check("month/2099-12", Some("month/2099-11"), None);
    check("last/24-hours", None, None);
}

/// Every period from the first to the last, for every first day of the week: dates without gaps,
/// addresses that read back, neighbours that agree.
#[test]
fn periods_follow_each_other_without_gaps() {
    let week_starts = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    for first in ["day/1970-01-01", "week/1970-W01", "month/1970-01"] {
        let mut period: Period = first.parse().unwrap();
        loop {
            assert_eq!(period.to_string().parse(), Ok(period));
            assert_eq!(period.path(), format!("/{period}"));
            for week_start in week_starts {
                let (from, after) = period.dates(week_start).unwrap();
                let kind = period.kind().unwrap();
                assert_eq!(Period::containing(kind, from, week_start), period);
                assert_eq!(
                    Period::containing(kind, after - Days::new(1), week_start),
                    period
                );
                if let Some(next) = period.next() {
                    assert_eq!(
                        next.dates(week_start).unwrap().0,
                        after,
                        "{period} {week_start}"
                    );
                }
            }
            let Some(next) = period.next() else { break };
            assert_eq!(next.previous(), Some(period));
            period = next;
        }
        assert_eq!(
            period.dates(Weekday::Thu).unwrap().1.year(),
            2100,
            "{period} is the last"
        );
    }
}

#[test]
fn each_period_has_one_address() {
    for rolling in Rolling::ALL {
        assert_eq!(
            Period::Rolling(rolling).to_string().parse(),
            Ok(Period::Rolling(rolling))
        );
    }
    #[rustfmt::skip]
    let refused = [
        "", "day", "day/", "/day/2026-11-20", "day/2026-11-20/", "Day/2026-11-20", "day/2026-11-31",
        "day/2026-02-29", "day/2026-1-01", "day/2026-01-1", "day/ 2026-01-01", "day/2026-01-01 ",
        "day/20260101", "day/26-01-01", "day/+2026-01-01", "day/-2026-01-01", "day/1969-12-31",
        "day/2100-01-01", "day/262143-12-31", "day/-262143-01-01", "day/999999999-01-01", "day/２０２６-01-01",
        "day/today", "week/2026-47", "week/2026-W7", "week/2026-W00", "week/2025-W53", "week/2026-W54",
        "week/2026-w47", "week/2026-W47-4", "week/1969-W52", "week/2100-W01", "week/262142-W01",
        "week/-262143-W01", "month/2026", "month/2026-13", "month/2026-00", "month/2026-1",
        "month/2026-11-01", "month/1969-12", "month/2100-01", "month/262143-01", "last/", "last/24",
        "last/1-hours", "year/2026", "day/2026-11-20\u{0}", "day/../settings",
    ];
    for text in refused {
        assert_eq!(text.parse::<Period>(), Err(NoSuchPeriod), "{text:?}");
    }
}

#[test]
fn titles_are_for_people() {
    let check =
        |period: &str, title: &str| assert_eq!(period.parse::<Period>().unwrap().title(), title);
    check("day/2026-11-20", "Friday 20 November 2026");
    check("day/2026-11-01", "Sunday 1 November 2026");
    check("week/2026-W47", "Week 47, 2026");
    check("week/2025-W01", "Week 1, 2025");
    check("month/2026-11", "November 2026");
    check("last/4-weeks", "Last 4 weeks");
}

#[test]
fn a_period_is_its_address_on_the_wire() {
    let week: Period = "week/2026-W47".parse().unwrap();
    assert_eq!(serde_json::to_string(&week).unwrap(), "\"week/2026-W47\"");
    assert!(serde_json::from_str::<Period>("\"week/2026-W54\"").is_err());
}
