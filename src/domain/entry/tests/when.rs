use super::{check, check_plain};

#[test]
fn times_stand_at_either_end() {
    check("9:30-11 design @acme", "design | project=acme | 9:30-11:00");
    check("2h call #acme yesterday", "call | tag=acme | 2h yesterday");
    check("since 10:15", " | since 10:15");
    check("design 9:30-11:15", "design | 9:30-11:15");
    check("@acme 9-10:30 design", "design | project=acme | 9:00-10:30");
    check("design @acme 2h #x", "design | project=acme | tag=x | 2h");
    check("9:30–11 a", "a | 9:30-11:00");
    check("9:30 - 11 a", "a | 9:30-11:00");
    check("a 9 – 11:30", "a | 9:00-11:30");
    check("yesterday 9:30 - 11 a", "a | 9:30-11:00 yesterday");
    check("22:00-1:30 deploy", "deploy | 22:00-1:30");
    check("9:30:15-11 a", "a | 9:30:15-11:00");
    check("0:00-23:59 a", "a | 0:00-23:59");
    check("Since 10:15 a", "a | since 10:15");
    check("a since 09:05", "a | since 9:05");
}

#[test]
fn lengths() {
    let check_length = |length: &str, expected: &str| {
        check(&format!("{length} a"), &format!("a | {expected}"));
        check(&format!("a {length}"), &format!("a | {expected}"));
    };
    check_length("2h", "2h");
    check_length("1h30m", "1h30m");
    check_length("1h 30m", "1h30m");
    check_length("1h 30min", "1h30m");
    check_length("1:30h", "1h30m");
    check_length("90m", "1h30m");
    check_length("1.5h", "1h30m");
    check_length("1,5h", "1h30m");
    check_length("15min", "15m");
    check_length("0m45s", "0m45s");
    check("30m 1h a", "1h a | 30m");
    check("1h 2h a", "2h a | 1h");
    check("2h 9:00-11:00", "9:00-11:00 | 2h");
}

#[test]
fn twelve_hours() {
    check("9am-11:30am a", "a | 9:00-11:30");
    check("a since 2pm", "a | since 14:00");
    check("since 12AM a", "a | since 0:00");
    check("12pm-1PM a", "a | 12:00-13:00");
    check("9-11am a", "a | 9:00-11:00");
    check("11-1pm a", "a | 11:00-13:00");
    check("1-2:30pm a", "a | 13:00-14:30");
    check("9am-11 a", "a | 9:00-11:00");
    check("8:30am-12 a", "a | 8:30-12:00");
    check("11am-1:00 a", "a | 11:00-13:00");
    check("11pm-1am a", "a | 23:00-1:00");
    check("8:00-8pm a", "a | 8:00-20:00");
    check("8-8pm a", "a | 8:00-20:00");
    check("9am-9:00 a", "a | 9:00-21:00");
    #[rustfmt::skip]
    let lines = [
        "0am-1am a", "13pm-2pm a", "9am-13:00 a", "since 13am", "1:5pm-2pm a", "am-pm a",
        "9a-10a b", "9:00-9:00 a", "9:00-9 a", "9am-9am a",
    ];
    for line in lines {
        check_plain(line);
    }
}

#[test]
fn days_beside_a_time_or_at_the_other_end() {
    check("yesterday 2h a", "a | 2h yesterday");
    check("2h Yesterday a", "a | 2h yesterday");
    check("a today 2h", "a | 2h today");
    check("a 2h 2026-11-20", "a | 2h 2026-11-20");
    check("2026-11-20 a 9:30-11", "a | 9:30-11:00 2026-11-20");
    check("since 22:00 yesterday", " | since 22:00 yesterday");
    check("2h today a yesterday", "a yesterday | 2h today");
    check("yesterday a 2h today", "yesterday a | 2h today");
    #[rustfmt::skip]
    let lines = [
        "yesterday", "today a", "call mum today", "2026-11-20", "a 2026-11-20",
        "report 2026-11-20 final",
    ];
    for line in lines {
        check_plain(line);
    }
    check("2h a 2026-02-29", "a 2026-02-29 | 2h");
    check("2h a 2026-1-1", "a 2026-1-1 | 2h");
    check("2h a 2026-01-01-", "a 2026-01-01- | 2h");
}

#[test]
fn two_bare_hours_are_a_time_only_where_they_stand_apart() {
    check("9-11 design", "design | 9:00-11:00");
    check("9–11", " | 9:00-11:00");
    check("design @acme 9-11", "design | project=acme | 9:00-11:00");
    check("design 9-11 yesterday", "design | 9:00-11:00 yesterday");
    check("design yesterday 9-11", "design | 9:00-11:00 yesterday");
    check("yesterday 9-11", " | 9:00-11:00 yesterday");
    check("Version 2-3 @acme", "Version 2-3 | project=acme");
    check("Version 2-3 2h", "Version 2-3 | 2h");
    #[rustfmt::skip]
    let lines = [
        "Version 2-3", "design 9-11", "9-5 job", "11-9 a", "9-9 a", "9-24 a", "9 - 11 a",
        "1-2-3 a", "009-11 a",
    ];
    for line in lines {
        check_plain(line);
    }
}

#[test]
fn names_keep_their_numbers() {
    #[rustfmt::skip]
    let lines = [
        "Route 66", "66 Route", "Agenda 2030", "call 3", "3 calls", "3M", "3M audit",
        "90s playlist", "5k run", "2x4", "Customer since 2019", "since 10", "since 10 a", "since",
        "ever since", "9:30", "9:30 standup", "standup 9:30", "standup at 9:30-11 weekly",
        "the 2h rule", "2H a", "h", "m 2", "-2h", "+2h a", "2h-3h a", "0h a", "0m", "9:30- a",
        "-11 a", "9:60-10 a", "25:00-26:00 a", "9:5-10 a", "22-1:30 a", "11:30-1 a", "9000h a",
        "1.5 h", "2026-11-20 - a", "2h!", "(2h)", "2h, a", "h2", "٣h a", "Mars 24-25 2026",
    ];
    for line in lines {
        check_plain(line);
    }
}
